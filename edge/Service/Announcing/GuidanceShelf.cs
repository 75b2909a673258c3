using System.Text;
using MotCua.Edge.Devices.Speech;

namespace MotCua.Edge.Announcing;

/// <summary>One piece of guidance: words to speak, or a recording.</summary>
/// <param name="Text">Null for a recording.</param>
public sealed record GuidanceClip(string Name, string? Text, WavFile? Sound);

/// <summary>Where the centre's guidance lies.</summary>
public interface IGuidanceShelf
{
    /// <summary>Names of what could be played, in order.</summary>
    IReadOnlyList<string> Names();

    /// <returns>Null when it cannot be played, with the reason in <paramref name="problem"/>.</returns>
    GuidanceClip? Load(string name, out string? problem);
}

/// <summary>A folder of <c>.txt</c> (UTF-8) and <c>.wav</c> files beside the configuration. Read anew each time, so that files may come and go while the service runs.</summary>
public sealed class GuidanceShelf(string folder) : IGuidanceShelf
{
    /// <summary>More files than this are not seen, by name.</summary>
    public const int MostFiles = 64;

    /// <summary>Longest text, in characters: some two minutes aloud.</summary>
    public const int MaxTextLength = 2_000;

    /// <summary>Largest recording: ninety seconds at 44,100 samples a second.</summary>
    public const int MaxSoundBytes = 8 << 20;

    public IReadOnlyList<string> Names()
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file))
                .Where(name => name.Length <= 100 && Path.GetExtension(name) is ".txt" or ".wav").Order(StringComparer.Ordinal).Take(MostFiles)];
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
            return name.EndsWith(".wav", StringComparison.Ordinal) ? LoadSound(name, out problem) : LoadText(name, out problem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = e.Message;
            return null;
        }
    }

    private GuidanceClip? LoadSound(string name, out string? problem)
    {
        var sound = WavFile.TryRead(Bytes(name, MaxSoundBytes), out var why);
        problem = why is null ? null : $"không phải tệp WAV 16 bit một kênh ({why})";
        return sound is null ? null : new GuidanceClip(name, null, sound);
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

        problem = text.Length is 0 or > MaxTextLength ? $"cần 1–{MaxTextLength} ký tự" : text.Any(char.IsControl) ? "có ký tự điều khiển" : null;
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
