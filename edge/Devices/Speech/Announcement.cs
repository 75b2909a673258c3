using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Devices.Speech;

/// <summary>Something to say.</summary>
/// <param name="Call">The call it belongs to, answered in receipts; null for other speech, which waits behind calls.</param>
/// <param name="Text">All of it as a person reads it, 1 to 1,000 characters, no control characters.</param>
/// <param name="NotAfter">Monotonic moment, in <see cref="TimeProvider.GetTimestamp"/> units, after which saying it would mislead.</param>
/// <exception cref="ArgumentException">The text is empty, too long or holds a control character.</exception>
public sealed record Announcement(CallId? Call, string Text, long NotAfter)
{
    public const int MaxTextLength = 1000;

    public string Text { get; } = Text.Length is >= 1 and <= MaxTextLength && !Text.Any(char.IsControl) ? Text
        : throw new ArgumentException($"An announcement has 1 to {MaxTextLength} characters and no control characters.", nameof(Text));

    /// <summary>What is said and how it is put together; by default the text in Vietnamese, without a chime.</summary>
    public Script Script { get; init; } = Script.Of(Text, LanguageCode.Vietnamese);

    public static Announcement Of(CallId? call, Script script, long notAfter) => new(call, script.Text, notAfter) { Script = script };
}

/// <summary>An announcement that has become sound.</summary>
public sealed record Utterance(Announcement Announcement, WavFile Sound);

/// <summary>Turns announcements into sound.</summary>
public interface IVoice
{
    /// <exception cref="IOException">Nothing of it could become sound; boards show it all the same.</exception>
    ValueTask<WavFile> RenderAsync(Announcement announcement, CancellationToken stop);
}

/// <summary>Turns text into sound. An engine that hangs is stopped at its deadline.</summary>
public interface ISpeechEngine
{
    bool Speaks(LanguageCode language);

    /// <param name="text">As for <see cref="Announcement.Text"/>.</param>
    /// <exception cref="IOException">The engine is missing, died, was too slow or answered rubbish.</exception>
    ValueTask<WavFile> SynthesizeAsync(string text, LanguageCode language, CancellationToken stop);
}

/// <summary>Where sound comes out.</summary>
public interface ISpeaker
{
    DeviceId Id { get; }

    /// <summary>Plays the sound to its end; when it returns, people have heard the whole of it.</summary>
    /// <exception cref="IOException">No device, or it failed past recovery.</exception>
    ValueTask PlayAsync(Utterance utterance, CancellationToken stop);
}
