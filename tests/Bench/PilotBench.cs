using MotCua.Edge.Devices.Speech.Proof;
using MotCua.Testing;

namespace MotCua.Bench;

/// <summary>How surely the pilot before a call is heard in a room as loud as itself, and how seldom a room alone is taken for it.</summary>
internal static class PilotBench
{
    private const int Trials = 20_000;
    private const double SnrDecibel = 0;
    private const double RecordSeconds = 2;
    private const double QuietSeconds = 4;

    private static readonly SoundCode[] Codes = [SoundCode.None, SoundCode.MuLaw, SoundCode.ALaw];

    public static IEnumerable<Row> Run()
    {
        var pilot = Pilot.Samples(NoisyRoom.Rate);
        foreach (var noise in (RoomNoise[])[RoomNoise.Pink, RoomNoise.Voices])
        {
            var name = noise == RoomNoise.Pink ? "pink noise" : "voices";
            var (missed, taken) = (0, 0);
            for (var seed = 0; seed < Trials / 2; seed++)
            {
                var code = Codes[seed % Codes.Length];
                missed += Heard(new NoisyRoom(seed).Record(RecordSeconds, noise, pilot, 0.2 + (seed % 97 * 0.01), SnrDecibel, code)) ? 0 : 1;
                taken += Heard(new NoisyRoom(seed + Trials).Record(QuietSeconds, noise, null, 0, 0, code)) ? 1 : 0;
            }

            var limit = $"{Trials / 2:N0} rooms with echo of 0.3 to 0.9 s, drifting clocks, each level, plain and G.711";
            yield return new Row($"pilot missed in {name} at 0 dB", 100.0 * missed / (Trials / 2), "%", 1, null, limit);
            yield return new Row($"{name} of 4 s taken for the pilot", 100.0 * taken / (Trials / 2), "%", 0.1, null, limit);
        }
    }

    private static bool Heard(short[] samples)
    {
        var detector = new PilotDetector(NoisyRoom.Rate);
        detector.Feed(samples);
        return detector.Heard;
    }
}
