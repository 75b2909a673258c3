using System.Buffers;
using System.Text;
using System.Text.Json;
using MotCua.CloudBridge.Commands;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.CloudBridge.Tests.Commands;

public sealed class CommandTrafficTests : IDisposable
{
    private readonly BridgeRig bridge = new();
    private readonly CentreId centre = new("viet-tri");

    public CommandTrafficTests() => Online();

    public void Dispose() => bridge.Dispose();

    [Fact]
    public void A_command_is_on_disk_before_it_is_sent_signed_to_its_centre_until_it_expires()
    {
        var storedBefore = false;
        bridge.Link.OnSent = message => storedBefore |= message.Topic == Topics.Command(centre) && bridge.Store.ReadCommands(centre, 10).Count == 1;
        var key = Give();
        Assert.True(storedBefore);
        var word = Assert.Single(Sent());
        Assert.Equal((key.Id, CommandKinds.Announce, bridge.Time.GetUtcNow().AddMinutes(60)), (word.Id.Value, word.Kind, word.Expires));
        Assert.Equal("Nghỉ trưa.", CommandKinds.TryRead<AnnounceBody>(word.Body, out _)?.Text);
        Assert.Equal(CommandStages.Sent, StateOf(key));
        Assert.Equal(("Trực ban", "Mất nước"), (bridge.Store.ReadAudit(1)[0].Who, bridge.Store.ReadAudit(1)[0].Reason));
    }

    [Fact]
    public void A_centre_that_is_not_there_gets_it_at_its_birth_and_the_same_word_each_time_until_it_answers()
    {
        bridge.Link.Deliver(Topics.State(centre), """{"state":"lost","session":2}"""u8.ToArray());
        var key = Give();
        Assert.Equal(CommandStages.Waiting, StateOf(key));
        bridge.Link.Sent.Clear();
        bridge.Time.Advance(TimeSpan.FromMinutes(10));
        bridge.Settle();
        Assert.Empty(Sent());

        Online();
        var first = Assert.Single(Sent());
        Assert.Equal(CommandStages.Sent, StateOf(key));
        Online();
        var second = Sent().Last();
        Assert.Equal((first.Id, first.Expires), (second.Id, second.Expires));
        Assert.Equal(2, Sent().Count);

        Answer(key, CommandState.Accepted);
        Online();
        bridge.Time.Advance(TimeSpan.FromMinutes(5));
        bridge.Settle();
        Assert.Equal(2, Sent().Count);
    }

    [Fact]
    public void What_nobody_answers_is_sent_again_each_minute_and_told_as_expired_in_the_end()
    {
        var key = Give(minutes: 5);
        for (var i = 0; i < 330; i++)
        {
            bridge.Time.Advance(TimeSpan.FromSeconds(1));
            bridge.Settle();
        }

        Assert.InRange(Sent().Count, 5, 6);
        Assert.Equal(CommandStages.Expired, StateOf(key));
        Online();
        Assert.InRange(Sent().Count, 5, 6);
    }

    [Fact]
    public void A_bridge_that_was_killed_sends_what_it_had_stored()
    {
        bridge.Link.Deliver(Topics.State(centre), """{"state":"lost","session":2}"""u8.ToArray());
        var key = Give();
        bridge.Restart();
        Online();
        Assert.Equal(key.Id, Assert.Single(Sent()).Id.Value);
    }

    [Fact]
    public void Answers_lead_through_the_states_with_their_times_and_pages_are_told()
    {
        var key = Give();
        var revision = bridge.Fleet.Revision;
        Answer(key, CommandState.Accepted);
        bridge.Time.Advance(TimeSpan.FromSeconds(2));
        Answer(key, CommandState.Running, "Đang xem loa.", 1, 16);
        bridge.Time.Advance(TimeSpan.FromSeconds(2));
        Answer(key, CommandState.Done, "Đã kiểm tra xong.", 16, 16);
        var read = bridge.Store.FindCommand(key)!;
        Assert.Equal((CommandState.Done, "Đã kiểm tra xong."), (read.State, read.Note));
        Assert.Equal(["waiting", "sent", "accepted", "running", "done"], read.History.Select(one => one.State));
        Assert.Equal(read.History.Select(one => one.At).Order(), read.History.Select(one => one.At));
        Assert.True(bridge.Fleet.Revision > revision);
        Assert.Equal(0, bridge.Status.Now.Quarantined);
    }

    [Fact]
    public void An_answer_whose_message_was_lost_comes_with_the_log_and_both_together_do_no_harm()
    {
        var key = Give();
        var output = new ArrayBufferWriter<byte>();
        EventCodec.Write(
            output, new EventHeader(centre, new EpochId(7), 1, bridge.Time.GetUtcNow(), 1, "0badcafe", ClockTrust.Synced),
            new CommandAnswered(key.Id, CommandKinds.Announce, CommandState.Done, "Loa đã đọc xong.", bridge.Time.GetUtcNow(), bridge.Time.GetUtcNow()));
        bridge.Link.Deliver(Topics.Events(centre), new EventBatch(new EpochId(7), 1, ChainHash.Genesis, null, [output.WrittenMemory]).ToBytes());
        bridge.Settle();
        Assert.Equal(CommandState.Done, StateOf(key));
        Answer(key, CommandState.Running, "Đang chờ loa.", 1, 2);
        Assert.Equal(CommandState.Done, StateOf(key));
    }

    [Theory]
    [InlineData("""{"id":"$","state":"flying","reason":null,"at":"2026-11-23T01:00:00Z"}""")]
    [InlineData("""{"id":"another","state":"done","reason":null,"at":"2026-11-23T01:00:00Z"}""")]
    [InlineData("""{"id":"$","state":"running","reason":null,"at":"2026-11-23T01:00:00Z","step":-1}""")]
    [InlineData("""{"id":"$","state":"done","reason":"a\u0000b","at":"2026-11-23T01:00:00Z"}""")]
    [InlineData("""{"id":"$"}""")]
    [InlineData("{")]
    [InlineData("")]
    public void An_answer_that_is_none_goes_to_quarantine_and_changes_nothing(string payload)
    {
        var key = Give();
        bridge.Link.Deliver(Topics.Answer(centre, key.Id), Encoding.UTF8.GetBytes(payload.Replace("$", key.Id, StringComparison.Ordinal)));
        bridge.Settle();
        Assert.Equal(1, bridge.Status.Now.Quarantined);
        Assert.Equal(CommandStages.Sent, StateOf(key));
    }

    [Fact]
    public void An_answer_of_another_centre_or_to_nothing_or_too_long_or_not_text_goes_to_quarantine()
    {
        var key = Give();
        var answer = JsonSerializer.SerializeToUtf8Bytes(new CommandAnswer(key.Id, CommandState.Done, null, bridge.Time.GetUtcNow()), AnswerJson.Default.CommandAnswer);
        bridge.Link.Deliver(Topics.Answer(new CentreId("lam-thao"), key.Id), answer);
        bridge.Link.Deliver(Topics.Answer(centre, "nothing"), Encoding.UTF8.GetBytes("""{"id":"nothing","state":"done","reason":null,"at":"2026-11-23T01:00:00Z"}"""));
        bridge.Link.Deliver(Topics.Answer(centre, key.Id), new byte[10_000]);
        bridge.Link.Deliver(Topics.Answer(centre, key.Id), new byte[] { 0xff, 0xfe });
        bridge.Settle();
        Assert.Equal(4, bridge.Status.Now.Quarantined);
        Assert.Equal(CommandStages.Sent, StateOf(key));
    }

    [Fact]
    public void A_store_that_takes_nothing_has_nothing_sent_and_answers_that_came_meanwhile_are_kept()
    {
        var key = Give();
        bridge.Link.Sent.Clear();
        bridge.Store.Fails = true;
        Answer(key, CommandState.Done);
        var lost = bridge.Door.GiveAsync(Wish(), TestContext.Current.CancellationToken);
        bridge.Settle();
        Assert.IsType<WishOutcome.NotStored>(Now(lost));
        Assert.Empty(Sent());
        bridge.Store.Fails = false;
        bridge.Time.Advance(TimeSpan.FromSeconds(30));
        bridge.Settle();
        Assert.Equal(CommandState.Done, StateOf(key));
        Assert.Single(bridge.Store.ReadCommands(centre, 10));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_command_of_which_nobody_knows_whether_it_was_stored_is_told_when_the_store_is_back_and_sent_only_if_it_was(bool stored)
    {
        bridge.Store.NextIsInDoubt = stored;
        var outcome = bridge.Door.GiveAsync(Wish(), TestContext.Current.CancellationToken);
        bridge.Settle();
        Assert.False(outcome.IsCompleted);
        Assert.Empty(Sent());
        bridge.Time.Advance(TimeSpan.FromSeconds(30));
        bridge.Settle();
        Assert.Equal(stored, Now(outcome) is WishOutcome.Stored);
        Assert.Equal(stored ? 1 : 0, Sent().Count);
        Assert.Equal(stored ? 1 : 0, bridge.Store.ReadCommands(centre, 10).Count);
    }

    [Fact]
    public void A_centre_that_floods_the_bridge_with_answers_while_the_store_is_down_costs_no_other_centre_its_own()
    {
        var other = new CentreId("lam-thao");
        bridge.Link.Deliver(Topics.State(other), """{"state":"online","session":2}"""u8.ToArray());
        var outcome = bridge.Door.GiveAsync(Wish() with { Centre = other }, TestContext.Current.CancellationToken);
        bridge.Settle();
        var quiet = Assert.IsType<WishOutcome.Stored>(Now(outcome)).Key;
        // Invented answers in the log of one centre, more than may wait of it, in the same group as the other's honest one.
        var log = new SourceLog(centre.Value, epoch: 7);
        for (var i = 0; i < 1_000; i++)
        {
            log.Add(bridge.Time.GetUtcNow(), new CommandAnswered($"bia-{i}", CommandKinds.Announce, CommandState.Done, null, bridge.Time.GetUtcNow(), bridge.Time.GetUtcNow()));
        }

        for (var from = 1; from <= log.Length; from += 100)
        {
            bridge.Deliver(log, from, from + 99);
        }

        Answer(quiet, CommandState.Done);
        Assert.Equal(CommandState.Done, StateOf(quiet));
        Assert.Equal(1_000, bridge.End(log).UpTo);
    }

    [Fact]
    public void Sixteen_unanswered_commands_are_enough_for_a_centre()
    {
        for (var i = 0; i < CommandTraffic.MostOfACentre; i++)
        {
            Give();
        }

        var one = bridge.Door.GiveAsync(Wish(), TestContext.Current.CancellationToken);
        bridge.Settle();
        Assert.IsType<WishOutcome.TooMany>(Now(one));
        Answer(bridge.Store.ReadCommands(centre, 1)[0].Given.Key, CommandState.Refused);
        Give();
    }

    private void Online()
    {
        bridge.Link.Deliver(Topics.State(centre), """{"state":"online","session":2}"""u8.ToArray());
        bridge.Link.Deliver(Topics.Birth(centre), """{"session":2,"name":"Việt Trì","version":"1","configuration":"","epochs":[],"devices":[]}"""u8.ToArray());
        bridge.Settle();
    }

    private CommandWish Wish(double minutes = 60) => new(centre, CommandKinds.Announce, """{"text":"Nghỉ trưa."}""", TimeSpan.FromMinutes(minutes), "Trực ban", "Mất nước");

    private CommandKey Give(double minutes = 60)
    {
        var outcome = bridge.Door.GiveAsync(Wish(minutes), TestContext.Current.CancellationToken);
        bridge.Settle();
        return Assert.IsType<WishOutcome.Stored>(Now(outcome)).Key;
    }

    private void Answer(CommandKey key, string state, string? reason = null, int? step = null, int? steps = null)
    {
        bridge.Link.Deliver(
            Topics.Answer(key.Centre, key.Id), JsonSerializer.SerializeToUtf8Bytes(new CommandAnswer(key.Id, state, reason, bridge.Time.GetUtcNow(), step, steps), AnswerJson.Default.CommandAnswer));
        bridge.Settle();
    }

    private string? StateOf(CommandKey key) => bridge.Store.FindCommand(key)?.State;

    private List<Command> Sent() => [.. bridge.Link.Sent.Where(message => message.Topic == Topics.Command(centre))
        .Select(message => Command.TryVerify(bridge.Key, centre, message.Payload.Span, out var reason) ?? throw new InvalidOperationException(reason))];

    private static WishOutcome Now(Task<WishOutcome> outcome)
    {
        // Its answer is given to the pool; it comes at once.
        Assert.True(outcome.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        return outcome.GetAwaiter().GetResult();
    }
}
