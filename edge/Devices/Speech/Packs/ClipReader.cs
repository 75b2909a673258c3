using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Edge.Devices.Speech.Mixing;

namespace MotCua.Edge.Devices.Speech.Packs;

/// <summary>Reads a recorded clip, WAV or FLAC, and makes it ready to stand beside others.</summary>
/// <param name="store">Keeps what sox made of a clip; null keeps none.</param>
public sealed class ClipReader(TimeProvider time, SoundStore? store = null)
{
    /// <summary>Larger files are not read.</summary>
    public const int MaxFileBytes = SoundReader.MaxFileBytes;

    // Twenty seconds at 48,000 samples a second.
    private const int MaxReadBytes = 2 << 20;

    /// <summary>A longer clip is no phrase but a forgotten microphone.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly SoundReader sounds = new(time, Longest, MaxReadBytes, soxLimit: TimeSpan.FromSeconds(3), store);

    /// <exception cref="IOException">Unreadable, of an unknown format, too long, or only silence; the message says which.</exception>
    public ValueTask<Clip> ReadAsync(string path, CancellationToken stop) => sounds.ReadAsync(path, Clip.Prepare, stop);
}
