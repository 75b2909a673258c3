using MotCua.Edge.Queue;

namespace MotCua.Edge.Devices.Speech.Espeak;

/// <summary>Speaks through espeak-ng, one process a text: it holds no memory while nobody is called, and a crash harms one text only.</summary>
/// <remarks>Thread-safe. Sounds said lately come from memory.</remarks>
public sealed class EspeakEngine(SpeechProgram program, EspeakOptions options, TimeProvider time) : ISpeechEngine
{
    private readonly SoundCache cache = new(options.CacheBytes);

    /// <inheritdoc/>
    public bool Speaks(LanguageCode language) => language == LanguageCode.Vietnamese;

    /// <inheritdoc/>
    public async ValueTask<WavFile> SynthesizeAsync(string text, LanguageCode language, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (cache.Find(text) is { } known)
        {
            return known;
        }

        var answer = await AskAsync(ForEspeak(text), stop);
        var sound = WavFile.TryRead(answer.Span, out var problem)
            ?? throw new IOException($"{program.Path} answered with {problem}.");
        cache.Keep(text, sound);
        return sound;
    }

    private async Task<ReadOnlyMemory<byte>> AskAsync(string text, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(options.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            return await program.AskAsync(text, options.MaxAnswerBytes, either.Token);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new IOException($"{program.Path} did not answer within {options.Deadline.TotalSeconds:0.#} s and was stopped.", e);
        }
    }

    // Double brackets would be read as espeak-ng's phoneme codes.
    private static string ForEspeak(string text) => LetterNames.SpellOut(text).Replace('[', ' ').Replace(']', ' ') + "\n";
}
