using System.Globalization;
using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Edge.Devices.Speech.Packs;
using MotCua.Edge.Queue;

namespace MotCua.Bench;

/// <summary>A call handed to the announcer → its first sample at the speaker, with the real espeak-ng and sounds on a real card. What a sound card adds is not in it.</summary>
internal static class VoiceBench
{
    private const int Calls = 40;

    public static async Task<IEnumerable<Row>> RunAsync(string folder)
    {
        var store = new SoundStore(Path.Combine(folder, "sounds"), 256 << 20, TimeProvider.System);
        var speaker = new FirstSample();
        var voice = new VoiceComposer(ProgramEngine.Espeak(new EspeakVoice(), TimeProvider.System, store), [], new ClipReader(TimeProvider.System, store), (_, _) => { });
        using var announcer = new Announcer(voice, speaker, speaker, speaker, TimeProvider.System);
        var scripts = new CallScripts([LanguageCode.Vietnamese], default, chime: true, repeat: false);
        // The first call compiles, a box does that once; the second time a text is said it is kept.
        await RoundAsync(0, 5);
        var first = await RoundAsync(100, Calls);
        await RoundAsync(100, Calls);
        var kept = await RoundAsync(100, Calls);
        return
        [
            new Row("call → first sample, never said before, p99", Math.Round(first.At(0.99), 1), "ms", 600, null, "one espeak-ng process a sentence"),
            new Row("call → first sample, kept on the card, p99", Math.Round(kept.At(0.99), 1), "ms", 150, null, null),
        ];

        async Task<Samples> RoundAsync(int from, int calls)
        {
            var samples = new Samples(calls);
            for (var i = 0; i < calls; i++)
            {
                var begun = TimeProvider.System.GetTimestamp();
                announcer.Say(Announcement.Of(new CallId(from + i + 1), scripts.Call(string.Create(CultureInfo.InvariantCulture, $"A{from + i:000}"), 3, again: false, own: null), long.MaxValue));
                await announcer.StepAsync(CancellationToken.None);
                samples.Add(TimeProvider.System.GetElapsedTime(begun, speaker.Began));
            }

            return samples;
        }
    }

    private sealed class FirstSample : ISpeaker, ISpeechReceipts, IDeviceReports
    {
        public DeviceId Id { get; } = new("speaker");

        public long Began { get; private set; }

        public ValueTask<Playback> PlayAsync(Utterance utterance, CancellationToken stop)
        {
            Began = TimeProvider.System.GetTimestamp();
            return ValueTask.FromResult(new Playback(utterance.Sound.Length));
        }

        public void Said(Announcement announcement, DeviceId speaker, SpeechReceipt receipt)
        {
            if (receipt.Delivery != Delivery.Done)
            {
                throw new InvalidOperationException($"Call {announcement.Call} was not said.");
            }
        }

        public void Report(DeviceReport report)
        {
            if (report.State != DeviceState.Ready)
            {
                throw new InvalidOperationException(report.Detail);
            }
        }
    }
}
