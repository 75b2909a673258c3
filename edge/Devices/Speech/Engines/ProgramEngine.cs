using System.Collections.Frozen;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Devices.Speech.Engines;

/// <summary>Bounds of an engine that is a program.</summary>
public sealed record ProgramBounds
{
    /// <summary>How long one text may take; default 5 s. A call of four seconds takes espeak-ng some 20 ms on a PC.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The largest answer taken; default 4 MiB, which is 95 s of speech.</summary>
    public int MaxAnswerBytes { get; init; } = 4 << 20;
}

/// <summary>Speaks through a program, one process a text: it holds no memory while nobody is called, and a crash harms one text only.</summary>
/// <param name="voices">The program for each language that it speaks.</param>
/// <param name="store">Where sounds are kept; null keeps none.</param>
/// <remarks>Thread-safe.</remarks>
public sealed class ProgramEngine(FrozenDictionary<LanguageCode, SpeechProgram> voices, ProgramBounds bounds, TimeProvider time, SoundStore? store = null) : ISpeechEngine
{
    /// <summary>espeak-ng, which speaks Vietnamese and English.</summary>
    public static ProgramEngine Espeak(EspeakVoice voice, TimeProvider time, SoundStore? store = null, ProgramBounds? bounds = null) => new(
        new Dictionary<LanguageCode, SpeechProgram>
        {
            [LanguageCode.Vietnamese] = SpeechProgram.Espeak(voice),
            [new LanguageCode("en")] = SpeechProgram.Espeak(voice with { Voice = "en" }),
        }.ToFrozenDictionary(),
        bounds ?? new ProgramBounds(), time, store);

    /// <inheritdoc/>
    public bool Speaks(LanguageCode language) => voices.ContainsKey(language);

    /// <inheritdoc/>
    public ValueTask<WavFile> SynthesizeAsync(string text, LanguageCode language, CancellationToken stop) => SayAsync(text, language, store, stop);

    /// <inheritdoc/>
    public ValueTask<WavFile> SynthesizeOnceAsync(string text, LanguageCode language, CancellationToken stop) => SayAsync(text, language, null, stop);

    private async ValueTask<WavFile> SayAsync(string text, LanguageCode language, SoundStore? kept, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var program = voices.GetValueOrDefault(language) ?? throw new IOException($"No program speaks '{language}'.");
        var key = $"{program.Path} {string.Join(' ', program.Arguments)}\n{text}";
        if (kept?.Find(key) is { } known)
        {
            return known;
        }

        var asked = time.GetTimestamp();
        var answer = await AskAsync(program, ForPrograms(text, language), stop);
        var sound = WavFile.TryWrap(answer, out var problem)
            ?? throw new IOException($"{program.Path} answered with {problem}.");
        kept?.Keep(key, sound, time.GetElapsedTime(asked));
        return sound;
    }

    private async Task<ReadOnlyMemory<byte>> AskAsync(SpeechProgram program, string text, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(bounds.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            return await program.AskAsync(text, bounds.MaxAnswerBytes, either.Token);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new IOException($"{program.Path} did not answer within {bounds.Deadline.TotalSeconds:0.#} s and was stopped.", e);
        }
    }

    // Double brackets would be read as espeak-ng's phoneme codes.
    private static string ForPrograms(string text, LanguageCode language) =>
        (language == LanguageCode.Vietnamese ? LetterNames.SpellOut(text) : text).Replace('[', ' ').Replace(']', ' ') + "\n";
}
