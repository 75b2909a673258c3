using FsCheck;
using FsCheck.Fluent;
using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Virtual;
using Xunit;

namespace MotCua.Devices.Tests.Speech;

public sealed class AnnouncerTests : IDisposable
{
    private readonly AnnouncerRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task Calls_are_said_in_order_and_each_is_answered()
    {
        SayCalls(1, 2, 3);

        await rig.RunUntilRestAsync();

        Assert.Equal(["số 1", "số 2", "số 3"], rig.Played);
        Assert.Equal([(1, Delivery.Done), (2, Delivery.Done), (3, Delivery.Done)], rig.Receipts);
    }

    [Fact]
    public async Task A_step_says_one_announcement_and_rests_when_nothing_waits()
    {
        SayCalls(1, 2);

        Assert.Equal(TimeSpan.Zero, await rig.StepAsync());
        Assert.Single(rig.Played);
        Assert.Equal(Timeout.InfiniteTimeSpan, await rig.StepAsync());
        Assert.Equal(Timeout.InfiniteTimeSpan, await rig.StepAsync());
        Assert.Equal(2, rig.Played.Count);
    }

    [Fact]
    public async Task Saying_something_wakes_the_loop()
    {
        var wake = rig.Announcer.Wake.WaitAsync(Timeout.InfiniteTimeSpan, rig.Time, TestContext.Current.CancellationToken);
        SayCalls(1);

        await wake;
    }

    [Fact]
    public async Task A_call_is_answered_only_when_it_was_heard_whole()
    {
        var speaker = new VirtualSpeaker(new DeviceId("hall"), rig.Time);
        using var announcer = new Announcer(rig, speaker, rig, rig, rig.Time);
        announcer.Say(rig.Call(1));
        var step = announcer.StepAsync(TestContext.Current.CancellationToken).AsTask();

        rig.Time.Advance(AnnouncerRig.SoundLength - TimeSpan.FromTicks(1));
        Assert.Empty(rig.Receipts);

        rig.Time.Advance(TimeSpan.FromTicks(1));
        await step;
        Assert.Equal([(1, Delivery.Done)], rig.Receipts);
    }

    [Fact]
    public async Task A_call_that_waited_too_long_is_dropped_and_answered()
    {
        rig.Announcer.Say(rig.Call(1, goodForSeconds: 10));
        rig.Announcer.Say(rig.Call(2));
        rig.Time.Advance(TimeSpan.FromSeconds(11));

        await rig.RunUntilRestAsync();

        Assert.Equal(["số 2"], rig.Played);
        Assert.Equal([(1, Delivery.Expired), (2, Delivery.Done)], rig.Receipts);
    }

    [Fact]
    public async Task A_call_that_became_too_late_while_it_was_synthesised_is_not_played()
    {
        rig.OnSynthesis = (_, _) =>
        {
            rig.Time.Advance(TimeSpan.FromSeconds(3));
            return Task.CompletedTask;
        };
        rig.Announcer.Say(rig.Call(1, goodForSeconds: 2));

        await rig.StepAsync();

        Assert.Empty(rig.Played);
        Assert.Equal([(1, Delivery.Expired)], rig.Receipts);
    }

    [Fact]
    public async Task Calls_go_before_guidance()
    {
        rig.Announcer.Say(AnnouncerRig.Guidance("hướng dẫn"));
        SayCalls(1, 2);

        await rig.RunUntilRestAsync();
        rig.Time.Advance(AnnouncerOptions.Default.CalmAfterCall);
        await rig.RunUntilRestAsync();

        Assert.Equal(["số 1", "số 2", "hướng dẫn"], rig.Played);
    }

    [Fact]
    public async Task A_full_queue_refuses_the_next_call_aloud_and_recovers()
    {
        SayCalls([.. Enumerable.Range(1, Announcer.Capacity)]);

        Assert.False(rig.Announcer.Say(rig.Call(99)));
        Assert.Equal([(99, Delivery.Failed)], rig.Receipts);
        Assert.Equal((DeviceState.Degraded, FaultCode.SpeechOverloaded), (rig.Last("speech").State, rig.Last("speech").Fault!.Value));

        await rig.StepAsync();
        Assert.Equal(DeviceState.Degraded, rig.Last("speech").State); // Room for one more is no recovery.
        await rig.RunUntilRestAsync();
        Assert.Equal(DeviceState.Ready, rig.Last("speech").State);
        Assert.Equal(Announcer.Capacity, rig.Receipts.Count(r => r.Delivery == Delivery.Done));
    }

    [Fact]
    public async Task In_a_full_queue_a_call_takes_the_place_of_guidance_but_guidance_of_nothing()
    {
        rig.Announcer.Say(AnnouncerRig.Guidance("một"));
        rig.Announcer.Say(AnnouncerRig.Guidance("hai"));
        SayCalls([.. Enumerable.Range(1, Announcer.Capacity - 2)]);

        Assert.False(rig.Announcer.Say(AnnouncerRig.Guidance("ba")));
        Assert.True(rig.Announcer.Say(rig.Call(99)));
        Assert.Equal(("hai", Delivery.Expired), (rig.Answers.Last().Text, rig.Answers.Last().Receipt.Delivery));
        await rig.RunUntilRestAsync();
        rig.Time.Advance(AnnouncerOptions.Default.CalmAfterCall);
        await rig.RunUntilRestAsync();

        Assert.Equal("số 99", rig.Played[^2]);
        Assert.Equal("một", rig.Played[^1]);
    }

    [Fact]
    public void In_a_full_queue_what_is_too_late_makes_room()
    {
        rig.Announcer.Say(rig.Call(1, goodForSeconds: 1));
        SayCalls([.. Enumerable.Range(2, Announcer.Capacity - 1)]);
        rig.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.True(rig.Announcer.Say(rig.Call(99)));
        Assert.Equal([(1, Delivery.Expired)], rig.Receipts);
        Assert.Empty(rig.Reports);
    }

    [Fact]
    public async Task A_stop_leaves_the_call_unanswered_so_that_it_is_said_again()
    {
        using var stop = new CancellationTokenSource();
        rig.OnPlay = (_, ct) => AnnouncerRig.HangAsync(ct);
        SayCalls(1);
        var step = rig.Announcer.StepAsync(stop.Token).AsTask();
        await rig.BegunAsync("play số 1");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => step);
        Assert.Empty(rig.Receipts);
        Assert.DoesNotContain(rig.Reports, r => r.State == DeviceState.Failed);
    }

    [Fact]
    public void A_speaker_cannot_share_its_name_with_speech_itself() => Assert.Throws<ArgumentException>(() =>
        new Announcer(rig, new VirtualSpeaker(new DeviceId("speech"), rig.Time), rig, rig, rig.Time));

    [Fact]
    public void Whatever_fails_every_call_is_answered_exactly_once() =>
        Prop.ForAll(Gen.Choose(0, 5).ListOf().Resize(80).ToArbitrary(), static plan =>
        {
            using var storm = new AnnouncerRig();
            var faults = new Queue<int>(plan);
            Task Break(int kind) => faults.TryDequeue(out var fault) && fault == kind ? throw new IOException("broken") : Task.CompletedTask;
            storm.OnSynthesis = (_, _) => Break(1);
            storm.OnPlay = (_, _) => Break(2);
            for (var i = 0; i < plan.Count; i++)
            {
                storm.Announcer.Say(storm.Call(i, goodForSeconds: 1 + plan[i]));
                storm.Time.Advance(TimeSpan.FromSeconds(plan[i] * 0.3));
                if (plan[i] == 3)
                {
                    storm.StepAsync().AsTask().GetAwaiter().GetResult();
                }
            }

            storm.RunUntilRestAsync().GetAwaiter().GetResult();
            return storm.Receipts.Select(r => r.Call).Order().SequenceEqual(Enumerable.Range(0, plan.Count).Select(i => (long)i))
                && storm.Played.Count == storm.Receipts.Count(r => r.Delivery == Delivery.Done);
        }).QuickCheckThrowOnFailure();

    private void SayCalls(params int[] calls) => Array.ForEach(calls, seq => Assert.True(rig.Announcer.Say(rig.Call(seq))));
}
