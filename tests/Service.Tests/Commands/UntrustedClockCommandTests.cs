using MotCua.Edge.Assembly.Tests;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;
using MotCua.Protocols.Mqtt;
using MotCua.Testing;
using Xunit;

namespace MotCua.Edge.Commands.Tests;

public sealed class UntrustedClockCommandTests : IDisposable
{
    private readonly Province province = new();
    private readonly SettableTrust trust = new() { Trust = ClockTrust.Unsynced };

    public UntrustedClockCommandTests() => province.Time.StepWallClock(TimeSpan.FromDays(-365 * 50));

    public void Dispose() => province.Dispose();

    [Fact]
    public async Task A_box_that_thinks_it_is_1976_obeys_as_soon_as_the_province_has_signed_for_an_event_of_this_boot()
    {
        using var box = province.Box(clock: trust);
        province.Bridge.Silent = true;
        await box.RunAsync(3);
        province.Send(province.Announce("lenh-1"));
        await box.RunAsync(5);
        Assert.Empty(province.Answers);
        Assert.Empty(box.Spoken);

        province.Bridge.Silent = false;
        await box.RunAsync(65, strideMs: 100);
        Assert.Equal(["Trung tâm nghỉ trưa."], box.Spoken);
        Assert.Equal(CommandState.Done, province.Answers[^1].State);
    }

    [Fact]
    public async Task An_expired_command_is_refused_though_the_box_thinks_that_it_is_far_from_expired()
    {
        using var box = province.Box(clock: trust);
        var word = province.Announce("lenh-1", minutes: 5);
        province.Time.Advance(TimeSpan.FromMinutes(6));
        await box.RunAsync(3);
        province.Send(word);
        await box.RunAsync(3);
        Assert.Equal((CommandState.Refused, "Lệnh đã hết hạn khi đến trung tâm."), (province.Answers[^1].State, province.Answers[^1].Reason));
        Assert.Empty(box.Spoken);
    }

    [Fact]
    public async Task A_broker_that_keeps_an_acknowledgement_back_and_then_an_old_command_gains_nothing()
    {
        using var box = province.Box(clock: trust);
        var (delivered, kept) = (province.Link.Subscriber!, new List<MqttMessage>());
        province.Link.Subscriber = message =>
        {
            // The province hears everything at once; the box hears it late.
            if (message.Topic.EndsWith("/up/evt", StringComparison.Ordinal))
            {
                province.Bridge.Silent = true;
                delivered(message);
                province.Bridge.Silent = false;
                kept.Add(new MqttMessage(Protocols.Topics.Ack(Loop.Tests.LoopBench.Centre), province.Bridge.AckOf(box.Centre.Journal.Epoch), MqttQuality.AtLeastOnce));
            }
            else
            {
                delivered(message);
            }
        };
        await box.RunAsync(5);
        var word = province.Announce("lenh-1", minutes: 5);
        var (old, token) = (kept[^1], word.Sign(province.Bridge.Key));
        province.Time.Advance(TimeSpan.FromMinutes(6));
        province.Link.Deliver(old.Topic, old.Payload.ToArray());
        province.Send(token);
        await box.RunAsync(2);
        Assert.Empty(box.Spoken);
        Assert.Equal((CommandState.Refused, "Lệnh đã hết hạn khi đến trung tâm."), (province.Answers[^1].State, province.Answers[^1].Reason));
    }

    [Fact]
    public async Task After_a_restart_an_acknowledgement_of_the_boot_before_tells_no_time()
    {
        var before = province.Box(clock: trust);
        await before.RunAsync(5);
        var old = province.Bridge.AckOf(before.Centre.Journal.Epoch);
        var word = province.Announce("lenh-1", minutes: 5);
        before.PowerCut();
        province.Time.Advance(TimeSpan.FromMinutes(6));
        province.Bridge.Silent = true;
        using var after = province.Box(before.Disk, seed: 2, clock: trust);
        await after.RunAsync(3);
        province.Link.Deliver(Protocols.Topics.Ack(Loop.Tests.LoopBench.Centre), old);
        province.Send(word);
        await after.RunAsync(3);
        Assert.Empty(after.Spoken);
        Assert.Empty(province.Answers);
    }

    [Fact]
    public void The_tightest_proof_counts_and_a_looser_one_replaces_it_only_once_it_is_old()
    {
        var time = new ManualTime();
        var clock = new ProvinceClock(time, trust);
        var (at, zero) = (Province.Morning, 100_000L); // The manual clock begins at 100 s.
        Assert.Null(clock.Now());
        Assert.True(clock.WantsWitness);
        clock.Written(5, zero);
        Assert.False(clock.WantsWitness);
        clock.Acknowledged(4, at); // Not of our witness.
        clock.Acknowledged(5, default); // Signed at no time.
        Assert.Null(clock.Now());
        time.Advance(TimeSpan.FromSeconds(2));
        clock.Acknowledged(5, at);
        Assert.Equal(new ProvinceTime(at.AddSeconds(2), at.AddSeconds(3)), clock.Now()); // Two have passed since, and one was cut.

        clock.Written(9, zero);
        time.Advance(TimeSpan.FromSeconds(60));
        clock.Acknowledged(9, at.AddSeconds(50)); // The true time of signing, but of an event that is a minute older.
        Assert.Equal(new ProvinceTime(at.AddSeconds(62), at.AddSeconds(63)), clock.Now());
        time.Advance(TimeSpan.FromHours(2));
        clock.Written(12, zero + 7_262_000);
        clock.Acknowledged(12, at.AddSeconds(7300));
        Assert.Equal(at.AddSeconds(7301), clock.Now()?.Latest);

        trust.Trust = ClockTrust.Holdover;
        Assert.Equal(new ProvinceTime(time.GetUtcNow(), time.GetUtcNow()), clock.Now());
    }

    [Fact]
    public void A_command_is_begun_when_it_surely_lives_refused_when_it_surely_does_not_and_waits_between()
    {
        var at = Province.Morning;
        Assert.False(CommandJudge.HasExpired(at, new ProvinceTime(at.AddMinutes(-9), at.AddSeconds(30))));
        Assert.Null(CommandJudge.HasExpired(at, new ProvinceTime(at.AddMinutes(-9), at.AddSeconds(31))));
        Assert.True(CommandJudge.HasExpired(at, new ProvinceTime(at.AddSeconds(31), at.AddMinutes(9))));
    }
}
