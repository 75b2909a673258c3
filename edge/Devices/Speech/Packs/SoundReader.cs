using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Edge.Devices.Speech.Mixing;

namespace MotCua.Edge.Devices.Speech.Packs;

/// <summary>Reads a sound that somebody recorded: 16-bit mono WAV by itself, any other WAV or FLAC through sox.</summary>
/// <param name="longest">What lasts longer is refused.</param>
/// <param name="maxReadBytes">What may be in memory: a larger file goes through sox, which needs none of ours for it.</param>
/// <param name="store">Keeps what sox made of a file; null keeps none.</param>
internal sealed class SoundReader(TimeProvider time, TimeSpan longest, int maxReadBytes, TimeSpan soxLimit, SoundStore? store = null)
{
    /// <summary>16 MiB: half a minute in the finest format anyone records in, three in a usual one.</summary>
    public const int MaxFileBytes = 16 << 20;

    /// <param name="prepare">Trims and levels; null when there is only silence.</param>
    /// <exception cref="IOException">Unreadable, of an unknown format, too long, or only silence; the message names the file and says which.</exception>
    public async ValueTask<T> ReadAsync<T>(string path, Func<WavFile, T?> prepare, CancellationToken stop)
        where T : class
    {
        try
        {
            return prepare(await WholeAsync(path, stop)) ?? throw new IOException("only silence");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{Path.GetFileName(path)}: {e.Message}", e);
        }
    }

    private async ValueTask<WavFile> WholeAsync(string path, CancellationToken stop)
    {
        var about = new FileInfo(path);
        if (about.Length > MaxFileBytes)
        {
            throw new IOException($"larger than {MaxFileBytes} bytes");
        }

        var sound = about.Length <= maxReadBytes ? WavFile.TryWrap(await File.ReadAllBytesAsync(path, stop), out _) : null;
        sound ??= await ConvertedAsync(path, about, stop);
        return sound.Length <= longest ? sound : throw new IOException($"lasts {sound.Length.TotalSeconds:0} s, at most {longest.TotalSeconds:0} s");
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
            ["-V1", Path.GetFullPath(path), "-t", "wav", "-b", "16", "-c", "1", "-r", $"{Clip.Rate}", "-", "trim", "0", $"{longest.TotalSeconds + 1:0}"],
            "Install the package sox, or give the clip as WAV, 16 bit, one channel.");
        var asked = time.GetTimestamp();
        var answer = await Deadline.HoldAsync("sox", soxLimit, time, async ct => await sox.AskAsync("", maxReadBytes, ct), stop);
        var sound = WavFile.TryWrap(answer, out var problem) ?? throw new IOException(problem);
        store?.Keep(key, sound, time.GetElapsedTime(asked));
        return sound;
    }
}
