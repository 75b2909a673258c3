using System.Text.Json;
using MotCua.CloudBridge.Configurations;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.Configuration;
using MotCua.Protocols.Events;
using MotCua.Protocols.State;
using Xunit;

namespace MotCua.CloudBridge.Tests.Configurations;

public sealed class ConfigurationTrafficTests : IDisposable
{
    private const string Text = "centre: viet-tri\nname: Phường Việt Trì\n";

    private readonly BridgeRig bridge = new();
    private readonly CentreId centre = new("viet-tri");
    private readonly SourceLog log = new("viet-tri");

    public ConfigurationTrafficTests() => Born();

    public void Dispose() => bridge.Dispose();

    [Fact]
    public void A_configuration_is_on_disk_before_the_broker_keeps_it_signed_for_its_centre()
    {
        var storedBefore = false;
        bridge.Link.OnSent = message => storedBefore |= message.Topic == Topics.Configuration(centre) && bridge.Store.Configurations.Read(centre, 5).Count == 1;
        var revision = Give();
        Assert.True(storedBefore);
        Assert.All(Messages(), message => Assert.True(message.Retain));
        Assert.Equal((revision, Text), (Assert.Single(Sent()).Revision, Sent()[0].Text));
        Assert.Equal(bridge.Time.GetUtcNow().ToUnixTimeSeconds(), revision);
        Assert.Equal(ConfigurationStages.Sent, StateOf(revision));
        Assert.Equal(("Trực ban", "configuration", "Thêm quầy"), (bridge.Store.ReadAudit(1)[0].Who, bridge.Store.ReadAudit(1)[0].Action, bridge.Store.ReadAudit(1)[0].Reason));
    }

    [Fact]
    public void What_the_centre_s_log_says_becomes_its_state_with_every_error()
    {
        var revision = Give();
        Say(revision, ConfigurationOutcome.Refused, null, "dòng 1, mqtt: có «(thiếu)», cần mục mqtt", "dòng 7, counters[0].number: có «x», cần số quầy 1–99");
        var record = bridge.Store.Configurations.Find(centre, revision)!;
        Assert.Equal("refused", record.State);
        Assert.Equal("dòng 1, mqtt: có «(thiếu)», cần mục mqtt\ndòng 7, counters[0].number: có «x», cần số quầy 1–99", record.Note);

        var second = Give();
        Assert.True(second > revision);
        Say(second, ConfigurationOutcome.Tried, null);
        Say(second, ConfigurationOutcome.RolledBack, "Trong 5 phút không được tỉnh xác nhận.");
        Assert.Equal("rolled-back", StateOf(second));
        Assert.Equal(["waiting", "sent", "tried", "rolled-back"], bridge.Store.Configurations.Find(centre, second)!.History.Select(moment => moment.State));
    }

    [Fact]
    public void A_broker_that_lost_it_is_given_it_again_at_the_birth_of_a_centre_that_has_not_seen_it()
    {
        var revision = Give();
        bridge.Link.Sent.Clear();
        Born();
        Assert.Equal(revision, Assert.Single(Sent()).Revision);
        Born(new BirthConfiguration(revision - 5, new string('a', 64), "kept"));
        Assert.Equal(2, Sent().Count);
        Born(new BirthConfiguration(revision, DesiredConfiguration.HashOf(Text), "tried"));
        Assert.Equal(2, Sent().Count);
    }

    [Fact]
    public void A_bridge_that_is_restarted_before_the_centre_answered_goes_on()
    {
        var revision = Give();
        bridge.Restart();
        Assert.Empty(Sent());
        Born();
        Assert.Equal(revision, Assert.Single(Sent()).Revision);
        Say(revision, ConfigurationOutcome.Kept, null);
        Assert.Equal("kept", StateOf(revision));
    }

    [Fact]
    public void What_could_not_be_sent_is_sent_when_the_line_is_back()
    {
        bridge.Link.Break();
        bridge.Settle();
        bridge.Link.AnswersConnect = false;
        var revision = Give();
        Assert.Equal(ConfigurationStages.Waiting, StateOf(revision));
        bridge.Restart();
        bridge.Settle();
        Assert.Equal(revision, Assert.Single(Sent()).Revision);
        Assert.Equal(ConfigurationStages.Sent, StateOf(revision));
    }

    [Fact]
    public void A_revision_is_newer_than_all_that_the_centre_has_seen_also_by_a_bridge_from_a_backup()
    {
        var ahead = bridge.Time.GetUtcNow().ToUnixTimeSeconds() + 1_000;
        Born(new BirthConfiguration(ahead, new string('a', 64), "kept"));
        Assert.Equal(ahead + 1, Give());
        Assert.Equal(ahead + 2, Give());
    }

    [Fact]
    public void What_is_taken_back_the_broker_forgets_and_no_birth_brings_it_again()
    {
        var revision = Give();
        bridge.Link.Sent.Clear();
        Assert.IsType<ConfigurationWishOutcome.Stored>(Ask(new ConfigurationWish(centre, null, "Trực ban", "Nhầm tệp")));
        var cleared = Assert.Single(Messages());
        Assert.Equal((0, true), (cleared.Payload.Length, cleared.Retain));
        Born();
        Assert.Empty(Sent()); // A broker that was restored may keep it again: cleared once more at each birth.
        Assert.Equal(2, Messages().Count);
        Assert.Equal(ConfigurationStages.Withdrawn, StateOf(revision));
        Assert.IsType<ConfigurationWishOutcome.Nothing>(Ask(new ConfigurationWish(centre, null, "Trực ban", "Nhầm tệp")));
    }

    [Fact]
    public void A_store_that_fails_stores_and_sends_nothing_and_says_so()
    {
        bridge.Store.Fails = true;
        Assert.IsType<ConfigurationWishOutcome.NotStored>(Ask(Wish()));
        Assert.Empty(Messages());
        bridge.Store.Fails = false;
        bridge.Time.Advance(TimeSpan.FromMinutes(1));
        bridge.Settle();
        Give();
        Assert.Single(Sent());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_a_commit_in_doubt_nobody_says_that_it_was_done_and_what_was_done_is_sent(bool done)
    {
        bridge.Store.NextIsInDoubt = done;
        Assert.IsType<ConfigurationWishOutcome.InDoubt>(Ask(Wish()));
        bridge.Time.Advance(TimeSpan.FromMinutes(1));
        bridge.Settle();
        bridge.Settle();
        Assert.Equal(done ? 1 : 0, Sent().Count);
    }

    [Fact]
    public void A_thousand_invented_words_of_one_centre_change_nothing_of_another_s_nor_their_log()
    {
        var revision = Give();
        var liar = new SourceLog("lam-thao", epoch: 7);
        for (var i = 0; i < 1_000; i++)
        {
            liar.Add(bridge.Time.GetUtcNow(), new ConfigurationChanged(revision, new string('a', 64), ConfigurationOutcome.Refused, "\u0001\ud800", [new string('x', 5_000)]));
        }

        liar.Add(bridge.Time.GetUtcNow(), new ConfigurationChanged(revision, new string('a', 64), ConfigurationOutcome.Kept, "Bịa\0", []));
        for (var from = 1L; from <= liar.Length; from += 10)
        {
            bridge.Deliver(liar, from, Math.Min(from + 9, liar.Length));
        }

        Say(revision, ConfigurationOutcome.Kept, null);
        Assert.Equal("kept", StateOf(revision));
        Assert.Equal(liar.Length, bridge.End(liar).UpTo);
        Assert.Empty(bridge.Store.Configurations.Read(liar.Centre, 5));
    }

    [Fact]
    public void What_was_taken_back_is_cleared_until_the_broker_has_said_so_and_by_the_next_bridge_also()
    {
        Give();
        bridge.Link.Sent.Clear();
        bridge.Link.PublishCode = null;
        Assert.IsType<ConfigurationWishOutcome.Stored>(Ask(new ConfigurationWish(centre, null, "Trực ban", "Nhầm tệp")));
        Assert.Single(Messages());
        bridge.Settle();
        Assert.Single(Messages()); // On its way; not said over and over.
        bridge.Link.Break();
        bridge.Settle();
        bridge.Link.PublishCode = 0;
        bridge.Time.Advance(TimeSpan.FromMinutes(1));
        bridge.Settle();
        Assert.Equal(2, Messages().Count);
        bridge.Restart();
        Assert.Equal(0, Assert.Single(Messages()).Payload.Length);
    }

    [Fact]
    public void What_the_broker_refuses_is_not_sent_yet_and_comes_again()
    {
        bridge.Link.PublishCode = 0x97;
        var revision = Give();
        Assert.Equal(ConfigurationStages.Waiting, StateOf(revision));
        bridge.Link.PublishCode = 0;
        bridge.Time.Advance(TimeSpan.FromMinutes(2));
        bridge.Settle();
        Assert.Equal(ConfigurationStages.Sent, StateOf(revision));
        Assert.Equal(2, Sent().Count);
    }

    [Fact]
    public async Task Wishes_for_one_centre_that_come_at_once_are_taken_one_after_another()
    {
        var (stop, first) = (TestContext.Current.CancellationToken, Text.Replace("Phường", "Xã", StringComparison.Ordinal));
        Task<ConfigurationWishOutcome>[] asked =
        [
            bridge.ConfigurationDoor.GiveAsync(Wish() with { Text = first }, stop), bridge.ConfigurationDoor.GiveAsync(Wish() with { Text = null }, stop), bridge.ConfigurationDoor.GiveAsync(Wish(), stop),
        ];
        bridge.Settle();
        var outcomes = (await Task.WhenAll(asked)).Select(outcome => Assert.IsType<ConfigurationWishOutcome.Stored>(outcome).Revision).ToList();
        Assert.Equal(outcomes[0], outcomes[1]); // That one was taken back.
        Assert.Equal((outcomes[2], true), (bridge.Store.Configurations.Read(centre, 1)[0].Given.Revision, bridge.Store.Configurations.Read(centre, 1)[0].IsWanted));
        Assert.Equal(ConfigurationStages.Withdrawn, StateOf(outcomes[0]));
        Assert.Equal(outcomes[2], Sent()[^1].Revision);
        Assert.NotEmpty(Messages()[^1].Payload.ToArray());
    }

    [Theory]
    [InlineData(0, "a", "kept")]
    [InlineData(long.MaxValue, "a", "kept")]
    [InlineData(5, "x", "kept")]
    [InlineData(5, "a", "nothing")]
    public void A_birth_that_says_what_no_centre_can_have_seen_is_put_aside(long revision, string digit, string state)
    {
        Born(new BirthConfiguration(revision, string.Concat(Enumerable.Repeat(digit, 64)), state));
        Assert.Contains("pushed", Assert.Single(bridge.Store.ReadQuarantine(10)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_centre_that_says_it_has_seen_what_is_years_ahead_does_not_push_the_revisions_there()
    {
        Born(new BirthConfiguration(1L << 52, new string('a', 64), "kept"));
        Assert.Equal(bridge.Time.GetUtcNow().ToUnixTimeSeconds(), Give());
    }

    private ConfigurationWish Wish() => new(centre, Text, "Trực ban", "Thêm quầy");

    private long Give() => Assert.IsType<ConfigurationWishOutcome.Stored>(Ask(Wish())).Revision;

    private ConfigurationWishOutcome Ask(ConfigurationWish wish)
    {
        var outcome = bridge.ConfigurationDoor.GiveAsync(wish, TestContext.Current.CancellationToken);
        bridge.Settle();
        Assert.True(outcome.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        return outcome.GetAwaiter().GetResult();
    }

    private void Born(BirthConfiguration? pushed = null)
    {
        bridge.Link.Deliver(Topics.Birth(centre), JsonSerializer.SerializeToUtf8Bytes(new BirthMessage(2, "Việt Trì", "1", new string('b', 64), [], [], pushed), StateJson.Default.BirthMessage));
        bridge.Settle();
    }

    private void Say(long revision, string outcome, string? reason, params string[] errors)
    {
        log.Add(bridge.Time.GetUtcNow(), ConfigurationChanged.Of(revision, DesiredConfiguration.HashOf(Text), outcome, reason, errors));
        bridge.Deliver(log, log.Length, log.Length);
        bridge.Settle();
    }

    private string? StateOf(long revision) => bridge.Store.Configurations.Find(centre, revision)?.State;

    private List<Protocols.Mqtt.MqttMessage> Messages() => [.. bridge.Link.Sent.Where(message => message.Topic == Topics.Configuration(centre))];

    private List<DesiredConfiguration> Sent() => [.. Messages().Where(message => !message.Payload.IsEmpty)
        .Select(message => DesiredConfiguration.TryVerify(bridge.Key, centre, message.Payload.Span, out var reason) ?? throw new InvalidOperationException(reason))];
}
