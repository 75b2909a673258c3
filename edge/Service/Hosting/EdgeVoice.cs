using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Devices.Speech.Packs;

namespace MotCua.Edge.Hosting;

/// <summary><c>voice check</c>: tells whoever records a voice pack what it lacks and which of its files cannot be used.</summary>
internal static class EdgeVoice
{
    private const string Usage = """
        edge voice check [PACK] [--config centre.yaml]
          PACK      name of a pack, or its folder; without one, every pack beside the centre's file
          --config  the centre's file, default /etc/motcua/centre.yaml
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        string? pack = null;
        var config = "/etc/motcua/centre.yaml";
        for (var i = 1; i < args.Length; i++)
        {
            if (args[i] == "--config" && i + 1 < args.Length)
            {
                config = args[++i];
            }
            else if (pack is null && !args[i].StartsWith("--", StringComparison.Ordinal))
            {
                pack = args[i];
            }
            else
            {
                args = [];
            }
        }

        if (args is not ["check", ..])
        {
            output.WriteLine(Usage);
            return EdgeArguments.UsageError;
        }

        try
        {
            var folders = Folders(pack, config);
            if (folders.Count == 0)
            {
                output.WriteLine($"Không thấy gói giọng đọc nào (thư mục có tệp {VoicePackFile.Name}).");
            }

            var whole = folders.Count > 0;
            foreach (var folder in folders)
            {
                whole &= await CheckAsync(folder, output);
            }

            return whole ? 0 : 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ConfigurationException)
        {
            output.WriteLine(e.Message);
            return 1;
        }
    }

    private static List<string> Folders(string? pack, string config)
    {
        if (pack is not null && File.Exists(Path.Combine(pack, VoicePackFile.Name)))
        {
            return [pack];
        }

        var voices = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(config))!, File.Exists(config) ? CentreFile.Read(config).Speech.VoicesFolder : SpeechOptions.Default.VoicesFolder);
        return pack is not null ? [Path.Combine(voices, pack)]
            : Directory.Exists(voices) ? [.. Directory.EnumerateDirectories(voices).Where(folder => File.Exists(Path.Combine(folder, VoicePackFile.Name))).Order(StringComparer.Ordinal)] : [];
    }

    private static async Task<bool> CheckAsync(string folder, TextWriter output)
    {
        VoicePack pack;
        try
        {
            pack = VoicePackFile.Read(folder);
        }
        catch (ConfigurationException e)
        {
            output.WriteLine(e.Message);
            return false;
        }

        var language = SpokenLanguages.Find(pack.Language)!;
        var lacking = pack.Lacking.ToList();
        var bad = new List<string>();
        var clips = new ClipReader(TimeProvider.System);
        foreach (var (_, path) in pack.Files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            try
            {
                await clips.ReadAsync(path, CancellationToken.None);
            }
            catch (IOException e)
            {
                bad.Add(e.Message);
            }
        }

        output.WriteLine($"{pack.Name} ({language.Name}): dùng được {pack.Files.Count - bad.Count} trên {language.Clips.Length + language.RareClips.Count(clip => pack.Files.ContainsKey(clip.Name))} từ.");
        lacking.ForEach(clip => output.WriteLine($"  thiếu {clip.Name}: «{clip.Words}»"));
        bad.ForEach(problem => output.WriteLine($"  hỏng {problem}"));
        if (lacking.Count + bad.Count > 0)
        {
            output.WriteLine(language.IsOnlyRecorded
                ? "  Câu có từ thiếu hoặc hỏng không được đọc bằng thứ tiếng này; tiếng Việt vẫn được đọc."
                : "  Từ thiếu hoặc hỏng được đọc bằng giọng máy.");
        }

        return lacking.Count + bad.Count == 0;
    }
}
