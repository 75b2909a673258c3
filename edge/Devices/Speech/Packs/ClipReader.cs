using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Edge.Devices.Speech.Mixing;

namespace MotCua.Edge.Devices.Speech.Packs;

/// <summary>Reads a recorded clip: 16-bit mono WAV by itself, any other WAV or FLAC through sox.</summary>
/// <param name="store">Keeps what sox made of a clip; null keeps none.</param>
public sealed class ClipReader(TimeProvider time, SoundStore? store = null)
{
    /// <summary>16 MiB: half a minute in the finest format anyone records in.</summary>
    public const int MaxFileBytes = 16 << 20;

    // Twenty seconds at 48,000 samples a second: what may be read without sox fits. sox itself needs no memory of ours for the file.
    private const int MaxReadBytes = 2 << 20;

    /// <summary>A longer clip is no phrase but a forgotten microphone.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan SoxLimit = TimeSpan.FromSeconds(3);

    /// <exception cref="IOException">Unreadable, of an unknown format, too long, or only silence; the message says which.</exception>
    public async ValueTask<Clip> ReadAsync(string path, CancellationToken stop)
    {
        try
        {
            var about = new FileInfo(path);
            if (about.Length > MaxFileBytes)
            {
                throw new IOException($"larger than {MaxFileBytes} bytes");
            }

            var sound = about.Length <= MaxReadBytes ? WavFile.TryRead(await File.ReadAllBytesAsync(path, stop), out _) : null;
            sound ??= await ConvertedAsync(path, about, stop);
            if (sound.Length > Longest)
            {
                throw new IOException($"lasts {sound.Length.TotalSeconds:0} s, at most {Longest.TotalSeconds:0} s");
            }

            return Clip.Prepare(sound) ?? throw new IOException("only silence");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{Path.GetFileName(path)}: {e.Message}", e);
        }
    }

    private async ValueTask<WavFile> ConvertedAsync(string path, FileInfo about, CancellationToken stop)
    {
        var key = $"sox\n{path}\n{about.Length}\n{about.LastWriteTimeUtc.Ticks}";
        if (store?.Find(key) is { } known)
        {
            return known;
        }

        // "-V1": errors only. The path is whole, so that no name can look like an option; trim bounds what a tiny file may unfold to.
        var sox = new SpeechProgram(
            "sox",
            ["-V1", Path.GetFullPath(path), "-t", "wav", "-b", "16", "-c", "1", "-r", $"{Clip.Rate}", "-", "trim", "0", $"{Longest.TotalSeconds + 1:0}"],
            "Install the package sox, or give the clip as WAV, 16 bit, one channel.");
        var answer = await Deadline.HoldAsync("sox", SoxLimit, time, async ct => await sox.AskAsync("", MaxReadBytes, ct), stop);
        var sound = WavFile.TryRead(answer.Span, out var problem) ?? throw new IOException(problem);
        store?.Keep(key, sound);
        return sound;
    }
}
