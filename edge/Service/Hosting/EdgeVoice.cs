using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Devices.Speech.Packs;

namespace MotCua.Edge.Hosting;

/// <summary><c>voice check</c>: tells whoever records a voice pack what it lacks and which of its files cannot be used.</summary>
internal static class EdgeVoice
{
    private const string Usage = """
        edge voice check [PACK] [--config centre.yaml] [--data DIR]
          PACK      name of a pack, or its folder; without one, every pack beside the centre's file or recorded on this box
          --config  the centre's file, default /etc/motcua/centre.yaml
          --data    folder of the service, where packs are recorded, default /var/lib/motcua-edge
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        string? pack = null;
        var config = "/etc/motcua/centre.yaml";
        var data = EdgeArguments.UsualData;
        for (var i = 1; i < args.Length; i++)
        {
            if (args[i] == "--config" && i + 1 < args.Length)
            {
                config = args[++i];
            }
            else if (args[i] == "--data" && i + 1 < args.Length)
            {
                data = args[++i];
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
            if (pack is not null && File.Exists(Path.Combine(pack, VoicePackFile.Name)))
            {
                return await CheckAsync(() => VoicePackFile.Read(pack), output) ? 0 : 1;
            }

            var library = new VoiceLibrary(Beside(config), Path.Combine(data, Rim.RecordedVoices));
            IReadOnlyList<string> names = pack is not null ? [SpeechSection.ReadName(pack)] : library.Names;
            if (names.Count == 0)
            {
                output.WriteLine($"Không thấy gói giọng đọc nào (thư mục có tệp {VoicePackFile.Name}).");
            }

            var whole = names.Count > 0;
            foreach (var name in names)
            {
                whole &= await CheckAsync(() => library.Read(name), output);
            }

            return whole ? 0 : 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ConfigurationException or FormatException)
        {
            output.WriteLine(e.Message);
            return 1;
        }
    }

    private static string Beside(string config) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(config))!, File.Exists(config) ? CentreFile.Read(config).Speech.VoicesFolder : SpeechOptions.Default.VoicesFolder);

    private static async Task<bool> CheckAsync(Func<VoicePack> read, TextWriter output)
    {
        VoicePack pack;
        try
        {
            pack = read();
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
