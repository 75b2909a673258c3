using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Announcing;

/// <summary>Plays the centre's guidance, piece after piece, when many have waited for a while. The voice itself keeps it away from calls and their repeats.</summary>
/// <param name="run">Differs from start to start; see <see cref="CentreTexts"/>.</param>
/// <param name="waiting">How many wait now.</param>
/// <param name="fault">Told of a file that cannot be played, and null when one could.</param>
public sealed class GuidanceLoop(GuidanceOptions options, IGuidanceShelf shelf, VoiceDesk desk, string run, Func<int> waiting, TimeProvider time, Action<string?> fault) : ISteppedLoop
{
    // Guidance that waited longer for a calm moment than this is left out; the next piece comes by itself.
    private static readonly TimeSpan UsefulFor = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    // A damaged recording shows when it is to be played; the next piece takes its turn.
    private static readonly TimeSpan AfterDamaged = TimeSpan.FromSeconds(10);

    private long? crowdedSince;
    private long notBefore = long.MinValue;
    private int damaged;
    private string? last;
    private long played;

    public string Name => "guidance";

    public WakeSignal Wake { get; } = new();

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        crowdedSince = waiting() < options.Waiting ? null : crowdedSince ?? time.GetTimestamp();
        if (crowdedSince is { } since && time.GetElapsedTime(since) >= options.For && time.GetTimestamp() >= Volatile.Read(ref notBefore) && Next() is { } clip)
        {
            var text = SpokenText.OfClip($"huong-dan-{run}-{++played}", SpeechKind.Guidance, clip, time.After(UsefulFor));
            // Before it is handed in, since a damaged one is told on the voice's thread.
            var before = Interlocked.Exchange(ref notBefore, time.After(options.Every));
            if (!desk.TrySay(text))
            {
                Volatile.Write(ref notBefore, before);
            }
        }

        return ValueTask.FromResult(Pace);
    }

    // The one after the last, round and round; a bad file is told and left out.
    private GuidanceClip? Next()
    {
        var names = shelf.Names();
        var first = names.TakeWhile(name => string.CompareOrdinal(name, last) <= 0).Count();
        string? trouble = null;
        for (var i = 0; i < names.Count; i++)
        {
            var name = names[(first + i) % names.Count];
            if (shelf.Load(name, out var problem) is { } clip)
            {
                last = name;
                if (clip.Recording is null || trouble is not null)
                {
                    fault(trouble);
                }

                var isFirstTry = true;
                return clip.ToldTo(fault, otherwise: trouble, whole =>
                {
                    if (whole || isFirstTry)
                    {
                        WasWhole(whole, names.Count);
                    }

                    isFirstTry = false;
                });
            }

            trouble ??= GuidanceClip.Trouble(name, problem);
        }

        fault(trouble);
        return null;
    }

    // On the voice's thread. Once round the shelf at most, so that a card full of damage is not read all day.
    private void WasWhole(bool whole, int pieces)
    {
        damaged = whole ? 0 : damaged + 1;
        if (!whole && damaged < pieces)
        {
            Volatile.Write(ref notBefore, time.After(AfterDamaged));
        }
        else if (!whole)
        {
            damaged = 0;
        }
    }
}
