using System.Collections.Immutable;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Devices.Speech.Engines;

/// <summary>Engines in the order in which a centre wants them: where one fails or is slow the next one speaks, within the time of one sentence.</summary>
/// <param name="standIn">Told why another than the first engine speaks, in words; null once the first speaks again.</param>
/// <param name="share">How long an engine may take where another could speak instead; null: <see cref="Share"/>.</param>
/// <remarks>Thread-safe as far as its engines are.</remarks>
public sealed class EngineChain(ImmutableArray<ISpeechEngine> engines, TimeProvider time, Action<string?> standIn, TimeSpan? share = null) : ISpeechEngine
{
    /// <summary>Half of what a sentence has (<see cref="SpeechOutput.SynthesisLimit"/>).</summary>
    public static readonly TimeSpan Share = SpeechOutput.SynthesisLimit / 2;

    /// <summary>How long an engine that failed is left alone, so that it makes one call late and not every one.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    // Monotonic moment from which an engine is asked again; 0 before it ever failed.
    private readonly long[] askedAgainAt = new long[engines.Length];
    private volatile bool standsIn;

    /// <inheritdoc/>
    public bool Speaks(LanguageCode language) => engines.Any(engine => engine.Speaks(language));

    /// <inheritdoc/>
    public ValueTask<WavFile> SynthesizeAsync(string text, LanguageCode language, CancellationToken stop) =>
        AskAsync(language, (engine, ct) => engine.SynthesizeAsync(text, language, ct), stop);

    /// <inheritdoc/>
    public ValueTask<WavFile> SynthesizeOnceAsync(string text, LanguageCode language, CancellationToken stop) =>
        AskAsync(language, (engine, ct) => engine.SynthesizeOnceAsync(text, language, ct), stop);

    private async ValueTask<WavFile> AskAsync(LanguageCode language, Func<ISpeechEngine, CancellationToken, ValueTask<WavFile>> say, CancellationToken stop)
    {
        var able = Enumerable.Range(0, engines.Length).Where(i => engines[i].Speaks(language)).ToList();
        foreach (var i in able.SkipLast(1).Where(i => Volatile.Read(ref askedAgainAt[i]) <= time.GetTimestamp()))
        {
            try
            {
                var sound = await Deadline.HoldAsync("Speech synthesis", share ?? Share, time, ct => say(engines[i], ct), stop);
                if (i == able[0] && standsIn)
                {
                    standsIn = false;
                    standIn(null);
                }

                return sound;
            }
            catch (Exception e) // Whatever an engine throws, the next one speaks.
            {
                stop.ThrowIfCancellationRequested();
                Volatile.Write(ref askedAgainAt[i], time.After(Rest));
                standsIn = true;
                standIn(e.Message);
            }
        }

        return able.Count > 0 ? await say(engines[able[^1]], stop) : throw new IOException($"No engine speaks '{language}'.");
    }
}
