using MotCua.Edge.Devices.Speech.Mixing;

namespace MotCua.Edge.Devices.Speech.Packs;

/// <summary>Reads a recording of guidance, WAV or FLAC: without the silence around it and as loud as everything else that is said.</summary>
public sealed class RecordingReader(TimeProvider time)
{
    /// <summary>Larger files are not read.</summary>
    public const int MaxFileBytes = SoundReader.MaxFileBytes;

    /// <summary>Longer than people listen, and what fits <see cref="MaxReadBytes"/> at the rate that sox makes.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    /// <summary>4 MiB: the service has 48 for everything, and a second copy is made on the way.</summary>
    private const int MaxReadBytes = 4 << 20;

    private readonly SoundReader sounds = new(time, Longest, MaxReadBytes, soxLimit: TimeSpan.FromSeconds(12));

    /// <exception cref="IOException">Unreadable, of an unknown format, too long, or only silence; the message says which.</exception>
    public ValueTask<WavFile> ReadAsync(string path, CancellationToken stop) => sounds.ReadAsync(path, Clip.Polish, stop);
}
