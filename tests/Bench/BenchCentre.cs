using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MotCua.Edge.Assembly;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Journal;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;

namespace MotCua.Bench;

/// <summary>A centre in this process, with virtual hardware and a real card.</summary>
internal static class BenchCentre
{
    public const string Yaml = """
        centre: bench-1
        name: Phường Đo
        drivers: virtual
        clock: battery
        services:
          - { code: chung-thuc, name: Chứng thực, series: A }
        counters:
          - { number: 1, services: [chung-thuc] }
        queue: { guard: 0s }
        devices:
          buttons:
            - { id: nut, line: 5, press: ticket chung-thuc }
            - { id: tiep, line: 6, press: next 1 }
          boards:
            - { id: lcd, chip: hd44780, i2c: 0x27 }
            - { id: sign, chip: max7219, spi: 0 }
        speech: { chime: no }
        """;

    /// <param name="speech">Null: a click a sentence.</param>
    /// <param name="around">What the centre is given in place of the simulated box; null: the box itself.</param>
    public static (EdgeCentre Centre, VirtualHardware Box) Make(IJournalFolder card, string yaml = Yaml, SpeechSeam? speech = null, Func<VirtualHardware, IHardware>? around = null)
    {
        var options = CentreFile.Parse("bench", Encoding.UTF8.GetBytes(yaml));
        var random = new Random(1);
        var box = new VirtualHardware(options, TimeProvider.System, random);
        var next = 0L;
        var seams = new EdgeSeams(
            TimeProvider.System, random,
            new EdgeIdentity(options.Centre, "00000000", new BatteryClock(), () => new FollowToken(Interlocked.Increment(ref next).ToString("D22"))),
            () => new EpochId(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8))),
            card, new JournalOptions(), around?.Invoke(box) ?? box, speech ?? new SpeechSeam([new Mute()], "", Store: null), Link: null, NullLoggerFactory.Instance);
        return (new EdgeCentre(options, null, _ => throw new NotSupportedException(), seams), box);
    }

    // The voice has rows of its own.
    private sealed class Mute : ISpeechEngine
    {
        private static readonly WavFile Click = WavFile.FromSamples(8000, [.. Enumerable.Repeat((byte)16, 160)]);

        public bool Speaks(LanguageCode language) => true;

        public ValueTask<WavFile> SynthesizeAsync(string text, LanguageCode language, CancellationToken stop) => ValueTask.FromResult(Click);
    }
}
