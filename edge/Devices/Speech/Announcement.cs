using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Speech;

/// <summary>Something to say, in Vietnamese words ready for the voice.</summary>
/// <param name="Call">The call it belongs to, answered in receipts; null for other speech, which waits behind calls.</param>
/// <param name="Text">1 to 500 characters, no control characters.</param>
/// <param name="NotAfter">Monotonic moment, in <see cref="TimeProvider.GetTimestamp"/> units, after which saying it would mislead.</param>
/// <exception cref="ArgumentException">The text is empty, too long or holds a control character.</exception>
public sealed record Announcement(CallId? Call, string Text, long NotAfter)
{
    public const int MaxTextLength = 500;

    public string Text { get; } = Text.Length is >= 1 and <= MaxTextLength && !Text.Any(char.IsControl) ? Text
        : throw new ArgumentException($"An announcement has 1 to {MaxTextLength} characters and no control characters.", nameof(Text));
}

/// <summary>An announcement that has become sound.</summary>
public sealed record Utterance(Announcement Announcement, WavFile Sound);

/// <summary>Turns text into sound. An engine that hangs is stopped at the deadline.</summary>
public interface ISpeechEngine
{
    /// <param name="text">As for <see cref="Announcement.Text"/>.</param>
    /// <exception cref="IOException">The engine is missing, died, was too slow or answered rubbish.</exception>
    ValueTask<WavFile> SynthesizeAsync(string text, CancellationToken stop);
}

/// <summary>Where sound comes out.</summary>
public interface ISpeaker
{
    DeviceId Id { get; }

    /// <summary>Plays the sound to its end; when it returns, people have heard the whole of it.</summary>
    /// <exception cref="IOException">No device, or it failed past recovery.</exception>
    ValueTask PlayAsync(Utterance utterance, CancellationToken stop);
}
