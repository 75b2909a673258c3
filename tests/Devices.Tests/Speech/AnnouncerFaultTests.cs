using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using Xunit;

namespace MotCua.Devices.Tests.Speech;

/// <summary>A broken engine or speaker costs its own announcement only, and is seen.</summary>
public sealed class AnnouncerFaultTests : IDisposable
{
    private readonly AnnouncerRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task A_failure_is_tried_once_more()
    {
        var failures = 1;
        rig.OnSynthesis = (_, _) => failures-- > 0 ? throw new IOException("no voice") : Task.CompletedTask;
        await SayAsync(1);

        Assert.Equal([(1, Delivery.Done)], rig.Receipts);
        Assert.Equal(
            [DeviceState.Failed, DeviceState.Ready],
            rig.Reports.Where(r => r.Device.Value == "speech").Select(r => r.State));
    }

    [Fact]
    public async Task A_broken_engine_fails_the_call_and_is_ready_after_the_next_success()
    {
        rig.OnSynthesis = (text, _) => text == "số 1" ? throw new IOException("no voice") : Task.CompletedTask;
        await SayAsync(1);
        Assert.Equal([(1, Delivery.Failed)], rig.Receipts);
        Assert.Equal(new DeviceReport(new("speech"), DeviceState.Failed, FaultCode.SpeechEngineFailed, "no voice"), rig.Last("speech"));

        await SayAsync(2);
        Assert.Equal([(1, Delivery.Failed), (2, Delivery.Done)], rig.Receipts);
        Assert.Equal(new DeviceReport(new("speech"), DeviceState.Ready), rig.Last("speech"));
    }

    [Fact]
    public async Task A_broken_speaker_fails_the_call_and_is_ready_after_the_next_success()
    {
        rig.OnPlay = (text, _) => text == "số 1" ? throw new IOException("No such device") : Task.CompletedTask;
        await SayAsync(1);
        Assert.Equal([(1, Delivery.Failed)], rig.Receipts);
        Assert.Equal(new DeviceReport(new("hall"), DeviceState.Failed, FaultCode.SpeakerFailed, "No such device"), rig.Last("hall"));
        Assert.Equal(DeviceState.Ready, rig.Last("speech").State);

        await SayAsync(2);
        Assert.Equal(new DeviceReport(new("hall"), DeviceState.Ready), rig.Last("hall"));
    }

    [Theory]
    [InlineData("speech.speaker-busy", DeviceState.Failed)]
    [InlineData("speech.speaker-absent", DeviceState.Absent)]
    [InlineData("speech.library-absent", DeviceState.Failed)]
    public async Task A_speaker_that_is_busy_one_that_is_away_and_a_library_that_is_missing_are_told_apart(string fault, DeviceState state)
    {
        rig.OnPlay = (_, _) => throw new SpeakerException(new FaultCode(fault), "Speaker 'default' cannot be opened.");
        await SayAsync(1);

        Assert.Equal(new DeviceReport(new("hall"), state, new FaultCode(fault), "Speaker 'default' cannot be opened."), rig.Last("hall"));
    }

    [Fact]
    public async Task A_hanging_engine_is_stopped_twice_and_the_next_call_goes_on()
    {
        rig.OnSynthesis = (text, stop) => text == "số 1" ? AnnouncerRig.HangAsync(stop) : Task.CompletedTask;
        rig.Announcer.Say(rig.Call(1));
        rig.Announcer.Say(rig.Call(2));
        var step = rig.StepAsync().AsTask();
        await rig.BegunAsync("synthesis số 1");
        rig.Time.Advance(TimeSpan.FromSeconds(5));
        await rig.BegunAsync("synthesis số 1");
        rig.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.Zero, await step);
        Assert.Equal("Speech synthesis did not end within 5 s.", rig.Last("speech").Detail);
        await rig.RunUntilRestAsync();
        Assert.Equal([(1, Delivery.Failed), (2, Delivery.Done)], rig.Receipts);
    }

    [Fact]
    public async Task A_hanging_speaker_has_the_length_of_the_sound_and_three_seconds()
    {
        rig.OnPlay = (_, stop) => AnnouncerRig.HangAsync(stop);
        rig.Announcer.Say(rig.Call(1));
        var step = rig.StepAsync().AsTask();
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await rig.BegunAsync("play số 1");
            rig.Time.Advance(TimeSpan.FromSeconds(6.9));
            Assert.False(step.IsCompleted);
            rig.Time.Advance(TimeSpan.FromSeconds(0.1));
        }

        await step;
        Assert.Equal([(1, Delivery.Failed)], rig.Receipts);
        Assert.Equal("Playing did not end within 7 s.", rig.Last("hall").Detail);
    }

    [Fact]
    public async Task A_driver_deaf_to_cancellation_does_not_hold_the_queue()
    {
        var never = new TaskCompletionSource();
        rig.OnPlay = (_, _) => never.Task;
        rig.Announcer.Say(rig.Call(1));
        var step = rig.StepAsync().AsTask();
        await rig.BegunAsync("play số 1");
        rig.Time.Advance(TimeSpan.FromSeconds(7));
        await rig.BegunAsync("play số 1");
        rig.Time.Advance(TimeSpan.FromSeconds(7));

        await step;
        Assert.Equal([(1, Delivery.Failed)], rig.Receipts);
    }

    [Fact]
    public async Task An_exception_that_nobody_foresaw_is_a_fault_like_any_other()
    {
        rig.OnSynthesis = (_, _) => throw new InvalidOperationException("surprise");
        await SayAsync(1);

        Assert.Equal([(1, Delivery.Failed)], rig.Receipts);
        Assert.Equal("surprise", rig.Last("speech").Detail);
    }

    [Fact]
    public async Task A_long_explanation_is_cut_to_what_a_report_holds()
    {
        rig.OnPlay = (_, _) => throw new IOException(new string('x', 5000));
        await SayAsync(1);

        Assert.Equal(200, rig.Last("hall").Detail!.Length);
    }

    [Fact]
    public async Task A_failure_caused_by_the_stop_of_the_service_is_no_fault()
    {
        using var stop = new CancellationTokenSource();
        rig.OnPlay = (_, _) =>
        {
            stop.Cancel();
            throw new IOException("closed under its hands");
        };
        rig.Announcer.Say(rig.Call(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.Announcer.StepAsync(stop.Token).AsTask());
        Assert.Empty(rig.Receipts);
        Assert.DoesNotContain(rig.Reports, r => r.State == DeviceState.Failed);
    }

    private async Task SayAsync(int call)
    {
        rig.Announcer.Say(rig.Call(call));
        await rig.RunUntilRestAsync();
    }
}
