using System.Collections.Concurrent;
using System.Diagnostics;
using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Alsa;
using MotCua.Edge.Devices.Speech.Proof;
using MotCua.Hil.Rig;
using Xunit;

namespace MotCua.Hil;

/// <summary>A sound card of the kernel whose output is wired to its input (snd-aloop): what the speaker plays, a microphone really gets.</summary>
/// <remarks>Source: sound/drivers/aloop.c: substream N of device 0 comes in at substream N of device 1.</remarks>
public sealed class SoundCardTests : IVoice, ISpeechReceipts, IDeviceReports
{
    private const int Rate = 22_050;

    private readonly ConcurrentQueue<DeviceReport> reports = new();
    private readonly ConcurrentQueue<SpeechReceipt> receipts = new();

    public SoundCardTests() => Machine.MustBeVirtual();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_that_is_played_is_heard_on_the_other_end()
    {
        await CallAsync(calls: 1, speaker: "plughw:Loopback,0,0", microphone: "plughw:Loopback,1,0");
        var receipt = Assert.Single(receipts);
        Assert.Equal((Delivery.Done, true), (receipt.Delivery, receipt.Heard));
        Assert.InRange(receipt.Sounded!.Value.TotalSeconds, 1.0, 3.0); // The tone and the pilot before it.
        Assert.Equal([DeviceState.Ready, DeviceState.Ready], new[] { "hall", "ear" }.Select(device => Last(device).State));
    }

    [Fact]
    public async Task Three_calls_that_play_and_reach_no_microphone_are_a_silent_speaker()
    {
        await CallAsync(calls: SoundProof.SilentCalls, speaker: "plughw:Loopback,0,0", microphone: "plughw:Loopback,1,1");
        Assert.All(receipts, receipt => Assert.Equal((Delivery.Done, false), (receipt.Delivery, receipt.Heard)));
        Assert.Equal((DeviceState.Degraded, FaultCode.SpeakerSilent), (Last("hall").State, Last("hall").Fault!.Value));
    }

    [Fact]
    public async Task A_card_that_another_program_holds_is_told_as_busy_and_plays_when_it_is_free()
    {
        using var other = new AlsaSpeaker(new DeviceId("other"), "plughw:Loopback,0,2", TimeProvider.System);
        using var speaker = new AlsaSpeaker(new DeviceId("hall"), "plughw:Loopback,0,2", TimeProvider.System);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var music = other.PlayAsync(Sound(seconds: 60), enough.Token).AsTask();
        SpeakerException? refused = null;
        Machine.Until(() => (refused = Refusal(speaker)) is not null);
        Assert.Equal(FaultCode.SpeakerBusy, refused!.Fault);

        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => music);
        Machine.Until(() => Refusal(speaker) is null);
        Assert.Equal(1, (await speaker.PlayAsync(Sound(seconds: 1), Stop)).Sounded.TotalSeconds, tolerance: 0.1);
    }

    [Fact]
    public async Task A_card_that_was_pulled_out_is_told_as_absent_and_plays_when_it_is_back()
    {
        using var speaker = new AlsaSpeaker(new DeviceId("hall"), "plughw:Loopback,0,3", TimeProvider.System);
        speaker.Check();
        Run("rmmod", "snd_aloop");
        try
        {
            Assert.False(AlsaSpeaker.HasCard());
            Assert.Equal(FaultCode.SpeakerAbsent, Assert.ThrowsAny<SpeakerException>(speaker.Check).Fault);
        }
        finally
        {
            Run("insmod", "/modules/snd-aloop.ko");
        }

        Assert.True(AlsaSpeaker.HasCard());
        Assert.Equal(1, (await speaker.PlayAsync(Sound(seconds: 1), Stop)).Sounded.TotalSeconds, tolerance: 0.1);
    }

    [Fact]
    public async Task A_buffer_that_ran_empty_is_counted_and_the_sound_is_played_to_its_end()
    {
        // The board stands still for longer than the buffer lasts, each time the player rests.
        using var speaker = new AlsaSpeaker(new DeviceId("hall"), "plughw:Loopback,0,4", new StallingTime(TimeSpan.FromSeconds(2)));
        var played = await speaker.PlayAsync(Sound(seconds: 3), Stop);
        Assert.Equal(3, played.Sounded.TotalSeconds, tolerance: 0.1);
        Assert.True(played.Underruns > 0);
        Assert.Equal(played.Underruns, speaker.Underruns);
    }

    ValueTask<WavFile> IVoice.RenderAsync(Announcement announcement, CancellationToken stop) => ValueTask.FromResult(Tone(seconds: 1));

    void ISpeechReceipts.Said(Announcement announcement, DeviceId speaker, SpeechReceipt receipt) => receipts.Enqueue(receipt);

    void IDeviceReports.Report(DeviceReport report) => reports.Enqueue(report);

    private async Task CallAsync(int calls, string speaker, string microphone)
    {
        using var card = new AlsaSpeaker(new DeviceId("hall"), speaker, TimeProvider.System);
        using var proof = new SoundProof(card, new AlsaMicrophone(new DeviceId("ear"), microphone), this, this, TimeProvider.System);
        using var announcer = new Announcer(this, proof, proof, proof, TimeProvider.System, AnnouncerOptions.Default with { Pilot = true });
        for (var call = 1; call <= calls; call++)
        {
            announcer.Say(new Announcement(new CallId(call), $"Số {call}", long.MaxValue));
        }

        using var done = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var ear = ListenAsync(proof, done.Token);
        while (receipts.Count < calls)
        {
            if (await announcer.StepAsync(Stop) != TimeSpan.Zero)
            {
                Machine.Until(() => receipts.Count == calls, () => $"{receipts.Count} of {calls} calls are answered; {string.Join(", ", reports)}");
            }
        }

        await done.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ear);
    }

    private static Task ListenAsync(SoundProof proof, CancellationToken stop) => Task.Run(
        async () =>
        {
            while (true)
            {
                var rest = await proof.StepAsync(stop);
                await Task.Delay(rest == Timeout.InfiniteTimeSpan ? TimeSpan.FromMilliseconds(50) : rest, TimeProvider.System, stop);
            }
        },
        stop);

    private DeviceReport Last(string device) => reports.Last(report => report.Device.Value == device);

    private static SpeakerException? Refusal(AlsaSpeaker speaker)
    {
        try
        {
            speaker.Check();
            return null;
        }
        catch (SpeakerException e)
        {
            return e;
        }
    }

    private static Utterance Sound(double seconds) => new(new Announcement(null, "Thử loa", long.MaxValue), Tone(seconds));

    private static WavFile Tone(double seconds) => WavFile.FromSamples(
        Rate, [.. Enumerable.Range(0, (int)(seconds * Rate)).SelectMany(i => BitConverter.GetBytes((short)(8000 * Math.Sin(2 * Math.PI * 440 * i / Rate))))]);

    private static void Run(string program, string argument)
    {
        using var run = Process.Start("/bin/" + program, [argument]);
        run.WaitForExit();
        Assert.Equal(0, run.ExitCode);
    }

    /// <summary>Every wait takes this long.</summary>
    private sealed class StallingTime(TimeSpan stall) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, stall, period);
    }
}
