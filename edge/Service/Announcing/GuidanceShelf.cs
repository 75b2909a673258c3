using System.Buffers.Binary;
using System.Text;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Packs;

namespace MotCua.Edge.Announcing;

/// <summary>One piece of guidance: words to speak, or a recording.</summary>
/// <param name="Text">Null for a recording.</param>
/// <param name="Recording">As <see cref="Announcement.Recording"/>; null for words.</param>
public sealed record GuidanceClip(string Name, string? Text, Func<CancellationToken, ValueTask<WavFile>>? Recording)
{
    public static string Trouble(string name, string? problem) => $"guidance/{name}: {problem}";

    /// <summary>The same; but that a recording is damaged, which shows only when it is to be played, is told, and so is that it was read.</summary>
    /// <param name="fault">Told what is wrong.</param>
    /// <param name="otherwise">Told in place of it once the recording was read; null: nothing is wrong.</param>
    /// <param name="whole">Told whether it could be read.</param>
    public GuidanceClip ToldTo(Action<string?> fault, string? otherwise, Action<bool>? whole = null) => Recording is not { } read ? this : this with
    {
        Recording = async stop =>
        {
            try
            {
                var sound = await read(stop);
                whole?.Invoke(true);
                fault(otherwise);
                return sound;
            }
            catch (IOException e)
            {
                whole?.Invoke(false);
                fault(Trouble(Name, e.Message));
                throw;
            }
        },
    };
}

/// <summary>Where the centre's guidance lies.</summary>
public interface IGuidanceShelf
{
    /// <summary>Names of what could be played, in order.</summary>
    IReadOnlyList<string> Names();

    /// <summary>Reads words; of a recording only as much as tells whether it is one.</summary>
    /// <returns>Null when it cannot be played, with the reason in <paramref name="problem"/>.</returns>
    GuidanceClip? Load(string name, out string? problem);
}

/// <summary>A folder of <c>.txt</c> (UTF-8), <c>.wav</c> and <c>.flac</c> files beside the configuration. Read anew each time, so that files may come and go while the service runs.</summary>
public sealed class GuidanceShelf(string folder, TimeProvider time) : IGuidanceShelf
{
    /// <summary>More files than this are not seen, by name.</summary>
    public const int MostFiles = 64;

    /// <summary>Longest text, in characters: some two minutes aloud.</summary>
    public const int MaxTextLength = 2_000;

    private static readonly string[] Endings = [".txt", ".wav", ".flac"];

    private readonly RecordingReader recordings = new(time);

    public IReadOnlyList<string> Names()
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file))
                .Where(name => name.Length <= 100 && Endings.Contains(Path.GetExtension(name))).Order(StringComparer.Ordinal).Take(MostFiles)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // No folder, no guidance.
        }
    }

    public GuidanceClip? Load(string name, out string? problem)
    {
        if (!Names().Contains(name, StringComparer.Ordinal))
        {
            problem = "không có tệp này trong thư mục guidance";
            return null;
        }

        try
        {
            return Path.GetExtension(name) == ".txt" ? LoadText(name, out problem) : LoadSound(name, out problem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = e.Message;
            return null;
        }
    }

    private GuidanceClip? LoadSound(string name, out string? problem)
    {
        var path = Path.Combine(folder, name);
        problem = ProblemOf(path);
        return problem is null ? new GuidanceClip(name, null, stop => recordings.ReadAsync(path, stop)) : null;
    }

    // The rest is told when it is to be played.
    private static string? ProblemOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        Span<byte> head = stackalloc byte[36];
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (!head.StartsWith("fLaC"u8) && !(head.Length == 36 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WAVE"u8)))
        {
            return "không phải tệp âm thanh WAV hoặc FLAC";
        }

        // Bytes a second, where the format stands first, as nearly always.
        var rate = head.StartsWith("RIFF"u8) && head[12..].StartsWith("fmt "u8) ? BinaryPrimitives.ReadUInt32LittleEndian(head[28..]) : 0;
        return file.Length > RecordingReader.MaxFileBytes || (rate > 0 && file.Length / rate > RecordingReader.Longest.TotalSeconds)
            ? $"dài hơn {RecordingReader.Longest.TotalSeconds:0} giây hoặc lớn hơn {RecordingReader.MaxFileBytes >> 20} MB"
            : null;
    }

    private GuidanceClip? LoadText(string name, out string? problem)
    {
        string text;
        try
        {
            // Each line is a sentence or the rest of one; a mark of the byte order is left out.
            text = string.Join(' ', new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Bytes(name, 4 * MaxTextLength)).TrimStart('\uFEFF')
                .Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }
        catch (ArgumentException)
        {
            problem = "không phải văn bản UTF-8";
            return null;
        }

        problem = text.Length is 0 or > MaxTextLength ? $"cần 1–{MaxTextLength} ký tự"
            : text.Any(char.IsControl) ? "có ký tự điều khiển"
            : Sentences.Of(text).Count > VoiceDesk.MostPieces ? "có quá nhiều chữ số nên đọc quá lâu"
            : null;
        return problem is null ? new GuidanceClip(name, text, null) : null;
    }

    private byte[] Bytes(string name, int most)
    {
        using var file = new FileStream(Path.Combine(folder, name), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (file.Length > most)
        {
            throw new IOException($"lớn hơn {most} byte");
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
