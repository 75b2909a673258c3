using MotCua.Edge.Devices.Boards;

namespace MotCua.Edge.Devices.Speech;

/// <summary>Something to say, in Vietnamese words ready for the voice.</summary>
/// <param name="Call">The call it belongs to, answered in receipts; null for other speech.</param>
/// <param name="Text">1 to 500 characters, no control characters.</param>
/// <param name="NotAfter">Monotonic moment, in <see cref="TimeProvider.GetTimestamp"/> units, after which saying it would mislead.</param>
public sealed record Announcement(CallId? Call, string Text, long NotAfter);

/// <summary>Turns text into sound. An engine that hangs is stopped at the deadline.</summary>
public interface ISpeechEngine
{
    /// <returns>A WAV file: 16-bit PCM, mono.</returns>
    /// <exception cref="IOException">The engine is missing, died, was too slow or answered rubbish.</exception>
    ValueTask<ReadOnlyMemory<byte>> SynthesizeAsync(string text, CancellationToken stop);
}

/// <summary>Where sound comes out.</summary>
public interface ISpeaker
{
    /// <summary>Plays the WAV file to its end.</summary>
    /// <exception cref="IOException">No device, or it failed past recovery.</exception>
    ValueTask PlayAsync(ReadOnlyMemory<byte> wav, CancellationToken stop);
}
