using System.Collections.Frozen;
using System.Text;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Devices.Speech.Packs;
using MotCua.Edge.Queue;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MotCua.Edge.Configuration;

/// <summary>Reads a voice pack: a folder with <c>pack.yaml</c> (language, whether it is spoken with unasked, and what is not named as its clip) and a file a clip, <c>call.wav</c> or <c>call.flac</c>.</summary>
internal static class VoicePackFile
{
    public const string Name = "pack.yaml";

    /// <summary>A pack has some sixty clips; a folder with more files than these is another one.</summary>
    private const int MostFiles = 1000;

    private const int MaxBytes = 64 * 1024;
    private const string Clip = "tên tệp .wav hoặc .flac trong thư mục của gói";

    private static readonly string[] Endings = [".wav", ".flac"];

    /// <exception cref="ConfigurationException">The pack cannot be used; it lists every error.</exception>
    public static VoicePack Read(string folder)
    {
        var file = Path.Combine(folder, Name);
        var errors = new List<ConfigurationError>();
        try
        {
            var text = new FileInfo(file).Length <= MaxBytes ? Encoding.UTF8.GetString(File.ReadAllBytes(file)) : throw new IOException($"lớn hơn {MaxBytes} byte");
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents is [{ RootNode: YamlMappingNode root }, ..] && Read(new YamlField(root, "", errors), folder) is { } pack && errors.Count == 0)
            {
                return pack;
            }

            throw new ConfigurationException(file, errors.Count > 0 ? errors : [new ConfigurationError(1, "(tệp)", "(trống)", "mục language, như «language: vi»")]);
        }
        catch (YamlException e)
        {
            throw new ConfigurationException(file, [new ConfigurationError(Math.Max(1, (int)e.Start.Line), "(cú pháp)", e.Message, "YAML đúng cú pháp")]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(file, [new ConfigurationError(1, "(tệp)", e.Message, "một tệp đọc được")]);
        }
    }

    private static VoicePack? Read(YamlField root, string folder)
    {
        var language = root.Required("language", $"một trong: {SpokenLanguages.Codes}")?.Value<LanguageCode?>(text => SpokenLanguages.Parse(text) ?? throw new FormatException(), $"một trong: {SpokenLanguages.Codes}");
        // For people; the folder's name is what the centre's file names.
        root.Optional("name")?.Value(text => text is { Length: >= 1 and <= 100 } ? text : throw new FormatException(), "1–100 ký tự");
        var chosen = root.Optional("use")?.YesOrNo() ?? false;
        if (language is not { } spoken)
        {
            return null;
        }

        var words = SpokenLanguages.Find(spoken)!;
        var known = words.Clips.Concat(words.RareClips).Select(clip => clip.Name).ToHashSet(StringComparer.Ordinal);
        var found = Directory.EnumerateFiles(folder).Take(MostFiles).Select(Path.GetFileName).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var files = known.Select(clip => KeyValuePair.Create(clip, Endings.Select(ending => clip + ending).FirstOrDefault(found.Contains)))
            .Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => Path.Combine(folder, pair.Value!), StringComparer.Ordinal);
        var clips = root.Optional("clips");
        foreach (var clip in clips is null ? [] : known)
        {
            if (clips!.Optional(clip)?.Value(text => IsPlain(text) ? text : throw new FormatException(), Clip) is { } named)
            {
                files[clip] = Path.Combine(folder, named);
            }
        }

        clips?.NothingElse();
        root.NothingElse();
        return new VoicePack(Path.GetFileName(Path.GetFullPath(folder)), spoken, files.ToFrozenDictionary()) { IsChosen = chosen };
    }

    /// <summary>Writes the file of a pack that is recorded on this box; the folder is made when it is missing.</summary>
    /// <param name="use">As <see cref="VoicePack.IsChosen"/>.</param>
    /// <exception cref="IOException">The card took it not; the file that was there stands.</exception>
    public static void Write(string folder, LanguageCode language, bool use)
    {
        var file = Path.Combine(folder, Name);
        try
        {
            Directory.CreateDirectory(folder);
            using (var fresh = new FileStream(file + ".new", FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                fresh.Write(Encoding.UTF8.GetBytes($"# Ghi trên trang ghi giọng đọc (/recorder).\nlanguage: {language.Value}\nuse: {(use ? "yes" : "no")}\n"));
                fresh.Flush(flushToDisk: true);
            }

            File.Move(file + ".new", file, overwrite: true);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    private static bool IsPlain(string name) => name.Length is >= 5 and <= 100 && Path.GetFileName(name) == name && name[0] != '.' && !name.Contains('\0') && Endings.Contains(Path.GetExtension(name));
}
