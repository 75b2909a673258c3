using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Proof;
using MotCua.Edge.Devices.Virtual;
using Xunit;

namespace MotCua.Devices.Tests.Speech.Proof;

/// <summary>An announcer whose calls a microphone listens for, in one room of simulated air.</summary>
public sealed class SoundProofTests : IDisposable
{
    private readonly AnnouncerRig rig = new();
    private readonly VirtualSpeaker speaker;
    private readonly VirtualMicrophone microphone;
    private readonly SoundProof proof;
    private readonly Announcer announcer;

    public SoundProofTests()
    {
        speaker = new VirtualSpeaker(rig.Id, rig.Time);
        microphone = new VirtualMicrophone(new DeviceId("microphone"), speaker, rig.Time, new Random(1));
        proof = new SoundProof(speaker, microphone, rig, rig, rig.Time);
        announcer = new Announcer(rig, proof, proof, proof, rig.Time, new AnnouncerOptions { Pilot = true });
    }

    public void Dispose()
    {
        announcer.Dispose();
        proof.Dispose();
        rig.Dispose();
    }

    [Fact]
    public async Task A_call_that_sounds_is_heard_and_its_receipt_says_so()
    {
        await CallAsync(1);

        Assert.Equal(new SpeechReceipt(Delivery.Done, speaker.Heard[^1].Sound.Length, Heard: true), rig.Answers.Single().Receipt);
        Assert.Equal(DeviceState.Ready, rig.Last("hall").State);
        Assert.Equal(DeviceState.Ready, rig.Last("microphone").State);
    }

    [Fact]
    public async Task Three_calls_that_nobody_heard_are_a_fault_that_ends_when_one_is_heard_again()
    {
        await CallAsync(1);
        speaker.Silent = true;
        await CallAsync(2);
        await CallAsync(3);
        Assert.Equal(DeviceState.Ready, rig.Last("hall").State);
        await CallAsync(4);
        Assert.Equal((DeviceState.Degraded, FaultCode.SpeakerSilent), (rig.Last("hall").State, rig.Last("hall").Fault!.Value));
        Assert.Equal([true, false, false, false], rig.Answers.Select(a => a.Receipt.Heard));

        speaker.Silent = false;
        await CallAsync(5);
        Assert.Equal(DeviceState.Ready, rig.Last("hall").State);
    }

    [Fact]
    public async Task A_call_heard_in_between_begins_the_count_anew()
    {
        for (var call = 1; call <= 6; call++)
        {
            speaker.Silent = call % 3 != 0;
            await CallAsync(call);
        }

        Assert.DoesNotContain(rig.Reports, r => r.Fault == FaultCode.SpeakerSilent);
    }

    [Fact]
    public async Task A_microphone_that_fails_is_told_and_says_nothing_about_the_speaker()
    {
        microphone.Unplugged = true;
        for (var call = 1; call <= 4; call++)
        {
            await CallAsync(call);
        }

        Assert.All(rig.Answers, answer => Assert.Null(answer.Receipt.Heard));
        Assert.Equal((DeviceState.Failed, FaultCode.MicrophoneFailed), (rig.Last("microphone").State, rig.Last("microphone").Fault!.Value));
        Assert.Equal(DeviceState.Ready, rig.Last("hall").State);
    }

    [Fact]
    public async Task A_microphone_pulled_while_it_listens_leaves_the_call_answered_as_spoken()
    {
        (speaker.Silent, microphone.Noise) = (true, 500);
        announcer.Say(rig.Call(1));
        var step = await BegunAsync();
        await RunAsync(1);
        microphone.Unplugged = true;
        await RunAsync(8);
        await step;

        Assert.Equal((Delivery.Done, (bool?)null), (rig.Answers.Single().Receipt.Delivery, rig.Answers.Single().Receipt.Heard));
    }

    [Fact]
    public async Task What_is_no_call_carries_no_pilot_and_is_answered_at_once()
    {
        announcer.Say(new Announcement(null, "thông báo", long.MaxValue));
        var step = announcer.StepAsync(TestContext.Current.CancellationToken).AsTask();
        rig.Time.Advance(AnnouncerRig.SoundLength);
        await step;

        Assert.Equal(new SpeechReceipt(Delivery.Done, AnnouncerRig.SoundLength), rig.Answers.Single().Receipt);
    }

    [Fact]
    public async Task Two_calls_close_together_are_each_judged_by_their_own_pilot()
    {
        announcer.Say(rig.Call(1));
        announcer.Say(rig.Call(2));
        var step = await BegunAsync();
        await RunAsync(5);
        await step;
        speaker.Silent = true;
        step = await BegunAsync();
        await RunAsync(8);
        await step;

        Assert.Equal([("số 1", true), ("số 2", false)], rig.Answers.Select(a => (a.Text, a.Receipt.Heard!.Value)));
    }

    [Fact]
    public async Task A_call_that_failed_is_answered_as_failed_whatever_was_heard()
    {
        speaker.Unplugged = true;
        announcer.Say(rig.Call(1));
        await announcer.StepAsync(TestContext.Current.CancellationToken);

        Assert.Equal([(1, Delivery.Failed)], rig.Receipts);
        Assert.Null(rig.Answers.Single().Receipt.Heard);
    }

    [Fact]
    public async Task A_microphone_whose_driver_blocks_holds_neither_calls_nor_reports_up_and_its_calls_are_spoken()
    {
        var blocking = new BlockingMicrophone();
        using var deaf = new SoundProof(speaker, blocking, rig, rig, rig.Time);
        using var voice = new Announcer(rig, deaf, deaf, deaf, rig.Time, new AnnouncerOptions { Pilot = true });
        voice.Say(rig.Call(1));
        var step = voice.StepAsync(TestContext.Current.CancellationToken).AsTask();
        await blocking.Asked.Task;
        deaf.Report(new DeviceReport(rig.Id, DeviceState.Ready));
        Assert.Empty(speaker.Heard);

        rig.Time.Advance(TimeSpan.FromSeconds(1));
        await PlayedAsync(step, deaf);
        Assert.Equal((DeviceState.Failed, FaultCode.MicrophoneFailed), (rig.Last("microphone").State, rig.Last("microphone").Fault!.Value));

        // The next one does not even wait.
        voice.Say(rig.Call(2));
        await PlayedAsync(voice.StepAsync(TestContext.Current.CancellationToken).AsTask(), deaf);
        Assert.Equal([(1, Delivery.Done), (2, Delivery.Done)], rig.Receipts);
        Assert.All(rig.Answers, answer => Assert.Null(answer.Receipt.Heard));
        Assert.Equal(1, blocking.Times);

        blocking.LetGo.Set();
        while (blocking.Closed == 0) // The one that opened too late.
        {
            await Task.Yield();
        }

        voice.Say(rig.Call(3));
        await PlayedAsync(voice.StepAsync(TestContext.Current.CancellationToken).AsTask(), deaf);
        Assert.Equal((3, false), (rig.Receipts.Count, rig.Answers.Last().Receipt.Heard));
        Assert.Equal(DeviceState.Ready, rig.Last("microphone").State);
    }

    [Fact]
    public async Task The_end_of_the_service_keeps_no_receipt()
    {
        speaker.Silent = true;
        announcer.Say(rig.Call(1));
        var step = await BegunAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(6));
        await step;
        Assert.Empty(rig.Answers);

        proof.Dispose();
        Assert.Equal(Delivery.Done, rig.Answers.Single().Receipt.Delivery);
    }

    // The microphone opens on a thread of the pool, which manual time does not wait for.
    private async Task<Task> BegunAsync()
    {
        var before = speaker.Heard.LastOrDefault();
        var step = announcer.StepAsync(TestContext.Current.CancellationToken).AsTask();
        while (!step.IsCompleted && speaker.Heard.LastOrDefault()?.Number == before?.Number)
        {
            await Task.Yield();
        }

        return step;
    }

    private async Task PlayedAsync(Task step, SoundProof ear)
    {
        var calls = speaker.Heard.Count(sound => sound.Whole);
        while (speaker.Heard.Length == calls)
        {
            await Task.Yield();
        }

        rig.Time.Advance(TimeSpan.FromSeconds(8));
        await step;
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        await ear.StepAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A driver whose open does not return.</summary>
    private sealed class BlockingMicrophone : IMicrophone, IListening
    {
        private int closed;

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ManualResetEventSlim LetGo { get; } = new();

        public int Times { get; private set; }

        public int Closed => Volatile.Read(ref closed);

        public DeviceId Id { get; } = new("microphone");

        public TimeSpan Delay { get; } = TimeSpan.FromMilliseconds(500);

        public int Rate => 8000;

        public IListening Listen()
        {
            Times++;
            Asked.TrySetResult();
            LetGo.Wait(TestContext.Current.CancellationToken);
            return this;
        }

        public int Read(Span<short> samples) => 0;

        public void Dispose() => Interlocked.Increment(ref closed);
    }

    private async Task CallAsync(int seq)
    {
        announcer.Say(rig.Call(seq));
        var step = await BegunAsync();
        await RunAsync(8);
        await step;
    }

    private async Task RunAsync(double seconds)
    {
        for (var left = seconds; left > 0; left -= 0.1)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(0.1));
            await proof.StepAsync(TestContext.Current.CancellationToken);
        }
    }
}
