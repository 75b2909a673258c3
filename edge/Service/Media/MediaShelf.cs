using System.Collections.Immutable;

namespace MotCua.Edge.Media;

/// <summary>A picture or a film that televisions may show.</summary>
/// <param name="Name">Of the file, without a folder.</param>
/// <param name="Type">MIME type, by what stands in the file.</param>
public sealed record MediaFile(string Name, string Path, string Type, long Bytes)
{
    public bool IsFilm => Type.StartsWith("video/", StringComparison.Ordinal);
}

/// <summary>A folder of pictures and films beside the configuration. Read anew each time, so that files may come and go while the service runs.</summary>
/// <remarks>A file is served only when it stands in this list, so no name that a request brings ever becomes a path.</remarks>
public sealed class MediaShelf(string folder)
{
    /// <summary>More files than this are not seen, by name.</summary>
    public const int MostFiles = 48;

    /// <summary>A photo of a large screen; more is a mistake that a cheap TV would choke on.</summary>
    public const long LargestPicture = 5L << 20;

    /// <summary>Ten minutes at the rate of a good film.</summary>
    public const long LargestFilm = 200L << 20;

    private const int LongestName = 100;

    private static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".webp", ".mp4", ".webm"];

    /// <summary>What can be shown, by name, and what is wrong with the first file that cannot; null when nothing is.</summary>
    public (ImmutableArray<MediaFile> Files, string? Trouble) Look()
    {
        var files = ImmutableArray.CreateBuilder<MediaFile>();
        string? trouble = null;
        try
        {
            foreach (var name in Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)!).Where(name => name[0] != '.').Order(StringComparer.Ordinal).Take(MostFiles))
            {
                if (Read(name, out var problem) is { } file)
                {
                    files.Add(file);
                }
                else
                {
                    trouble ??= $"media/{name}: {problem}";
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No folder, nothing to show.
        }

        return (files.ToImmutable(), trouble);
    }

    /// <returns>Null when there is no such file to show.</returns>
    public MediaFile? Find(string name) => Look().Files.FirstOrDefault(file => file.Name == name);

    private MediaFile? Read(string name, out string problem)
    {
        problem = $"chỉ chiếu được tệp {string.Join(", ", Endings)}, tên không quá {LongestName} ký tự";
        if (name.Length > LongestName || name.Any(char.IsControl) || !Endings.Contains(Path.GetExtension(name).ToLowerInvariant()))
        {
            return null;
        }

        try
        {
            var path = Path.Combine(folder, name);
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            Span<byte> head = stackalloc byte[12];
            head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            if (TypeOf(head) is not { } type)
            {
                problem = "không phải ảnh JPG, PNG, WebP hoặc phim MP4, WebM";
                return null;
            }

            var media = new MediaFile(name, path, type, file.Length);
            var largest = media.IsFilm ? LargestFilm : LargestPicture;
            problem = $"lớn hơn {largest >> 20} MB";
            return media.Bytes <= largest ? media : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = e.Message;
            return null;
        }
    }

    // By its first bytes: a name that lies would be shown as a broken picture for twelve seconds.
    private static string? TypeOf(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? "image/png"
        : head.Length == 12 && head.StartsWith("RIFF"u8) && head[8..].SequenceEqual("WEBP"u8) ? "image/webp"
        : head.Length == 12 && head[4..8].SequenceEqual("ftyp"u8) ? "video/mp4"
        : head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) ? "video/webm"
        : null;
}
