using System.Globalization;
using MotCua.Edge.Assembly;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Edge.Devices.Speech.Proof;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Devices.Virtual;
using MotCua.Edge.Journal;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;

namespace MotCua.Bench;

/// <summary>
/// The commit of a call → its first sample at the speaker, in a whole centre on its own loops: journal and sounds on a real card, the real espeak-ng in two languages, and a microphone that is
/// opened for each call and must hear it. What a sound card adds is not in it.
/// </summary>
internal static class VoiceBench
{
    private const int Calls = 40;
    private const int WarmUp = 5;

    // The second that is played, and what the microphone has for its answer.
    private static readonly TimeSpan UntilHeard = TimeSpan.FromSeconds(1.6);

    // Answers wait two seconds at most for company on their way to the card.
    private static readonly TimeSpan UntilTold = TimeSpan.FromSeconds(3);

    private static readonly string Yaml = BenchCentre.Yaml.Replace("speech: { chime: no }", "speech: { languages: [vi, en], microphone: default }", StringComparison.Ordinal);

    public static async Task<IEnumerable<Row>> RunAsync(string folder)
    {
        // Compiling is not what citizens hear: a box serves for months. Its sounds are kept elsewhere, so that none of them is known below.
        await RoundAsync(folder, "warm-up", "warm-up-sounds", WarmUp);
        var first = await RoundAsync(folder, "first", "sounds", Calls);
        await RoundAsync(folder, "second", "sounds", Calls); // The second time a text is said it is kept.
        var kept = await RoundAsync(folder, "third", "sounds", Calls);
        const string Limit = "Vietnamese and English, with the microphone opened before";
        return
        [
            new Row("commit of a call → first sample, never said before, p99", Math.Round(first.At(0.99), 1), "ms", 600, null, $"one espeak-ng process a sentence; {Limit}"),
            new Row("commit of a call → first sample, kept on the card, p99", Math.Round(kept.At(0.99), 1), "ms", 150, null, Limit),
        ];
    }

    private static async Task<Samples> RoundAsync(string folder, string journal, string sounds, int calls)
    {
        var card = new StampedFolder(new DiskFolder(Path.Combine(folder, journal)));
        var store = new SoundStore(Path.Combine(folder, sounds), 256 << 20, TimeProvider.System);
        var speech = new SpeechSeam([ProgramEngine.Espeak(new EspeakVoice(), TimeProvider.System, store)], "", store);
        FirstSecond? speaker = null;
        var (centre, _) = BenchCentre.Make(card, Yaml, speech, box => new Hall(box, speaker = new FirstSecond(box.Loudspeaker)));
        using var one = centre;
        using var stop = new CancellationTokenSource();
        var commits = new Commits(card);
        centre.Feed.Join(commits);
        centre.Loop.CallersMayWrite = true;
        var runner = new LoopRunner(TimeProvider.System, (loop, e) => Console.Error.WriteLine($"{loop.Name}: {e}"));
        var running = centre.Loops.Select(loop => Task.Run(() => runner.RunAsync(loop, stop.Token))).ToList();
        var samples = new Samples(calls);
        for (var i = 0; i < calls; i++)
        {
            var began = speaker!.NextAsync();
            await DoAsync(centre, new IssueTicket(new ServiceCode("chung-thuc"), new FollowToken(i.ToString("D22", CultureInfo.InvariantCulture)), "bench"));
            await DoAsync(centre, new CallNext(new CounterId(1)));
            var sounded = await began;
            samples.Add(TimeProvider.System.GetElapsedTime(commits.OfLastCall, sounded));
            await Task.Delay(UntilHeard, TimeProvider.System);
        }

        await Task.Delay(UntilTold, TimeProvider.System);
        await stop.CancelAsync();
        await Task.WhenAll(running);
        return commits.Heard == calls ? samples : throw new InvalidOperationException($"Of {calls} calls the microphone heard {commits.Heard}.");
    }

    private static async Task DoAsync(EdgeCentre centre, QueueCommand command)
    {
        if (await centre.Loop.SubmitAsync(command, CancellationToken.None) is not Outcome.Accepted)
        {
            throw new InvalidOperationException($"{command} was refused.");
        }
    }

    /// <summary>When each call was durable, and how many were heard.</summary>
    private sealed class Commits(StampedFolder card) : ICommitSink
    {
        private long ofLastCall;
        private int heard;

        public long OfLastCall => Volatile.Read(ref ofLastCall);

        public int Heard => Volatile.Read(ref heard);

        public void Accept(Committed committed)
        {
            foreach (var happened in committed.Events)
            {
                if (happened.Data is Protocols.Events.TicketCalled)
                {
                    Volatile.Write(ref ofLastCall, card.Synced);
                }
                else if (happened.Data is CallDelivered { Output: CentreFold.SpeakerOutput, Result: "done", Heard: true })
                {
                    Interlocked.Increment(ref heard);
                }
            }
        }
    }

    /// <summary>Plays the first second of each sound only, which holds the pilot: what follows would take a quarter of an hour.</summary>
    private sealed class FirstSecond(VirtualSpeaker speaker) : ISpeaker
    {
        private TaskCompletionSource<long> next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public DeviceId Id => speaker.Id;

        public Task<long> NextAsync()
        {
            next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return next.Task;
        }

        public async ValueTask<Playback> PlayAsync(Utterance utterance, CancellationToken stop)
        {
            next.TrySetResult(TimeProvider.System.GetTimestamp());
            var sound = utterance.Sound;
            await speaker.PlayAsync(utterance with { Sound = WavFile.FromSamples(sound.SampleRate, sound.Samples.Span[..(sound.SampleRate * WavFile.BytesPerSample)]) }, stop);
            return new Playback(sound.Length);
        }
    }

    /// <summary>The simulated box with that speaker.</summary>
    private sealed class Hall(VirtualHardware box, ISpeaker speaker) : IHardware
    {
        public IGpioPort Gpio => box.Gpio;

        public II2cBus I2c => box.I2c;

        public ISpeaker Speaker => speaker;

        public IMicrophone? Microphone => box.Microphone;

        public ISpiDevice OpenSpi(int chipSelect) => box.OpenSpi(chipSelect);

        public IByteLine OpenPrinter(PrinterOptions wired) => box.OpenPrinter(wired);

        public void Dispose() => box.Dispose();
    }
}
