using MotCua.Edge.Assembly;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Hosting;

/// <summary><c>say</c>: makes a WAV of a text or of a call, as the hall would hear it with this centre's file.</summary>
internal static class EdgeSay
{
    private const string Usage = """
        edge say "…" --out FILE.wav [--language vi] [--config centre.yaml]
        edge say --ticket A105 --counter 3 --out FILE.wav [--language mtq] [--config centre.yaml]
          --language  of the text; of a call: said after the centre's languages (vi, en, mtq)
          --config    the centre's file; without one, the usual voice
          --data      folder of the service, where voices are recorded, default /var/lib/motcua-edge
          --wait      seconds that the program of speech.command may take for a sentence, 1 to 120; default 20. In the hall it has 2.5
        """;

    // Longer than a sentence may take in the hall: the first words of a large voice model are slow, and who chooses a voice wants to hear it.
    private const int Patience = 20;

    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        string? text = null;
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--out" or "--language" or "--config" or "--ticket" or "--counter" or "--wait" or "--data" && i + 1 < args.Length)
            {
                given[args[i]] = args[++i];
            }
            else if (text is null && !args[i].StartsWith("--", StringComparison.Ordinal))
            {
                text = args[i];
            }
            else
            {
                output.WriteLine(args[i] is "--help" ? Usage : $"Không hiểu · not understood: {args[i]}\n{Usage}");
                return EdgeArguments.UsageError;
            }
        }

        if (!given.TryGetValue("--out", out var file) || (text is null) == !given.ContainsKey("--ticket") || given.ContainsKey("--ticket") != given.ContainsKey("--counter"))
        {
            output.WriteLine(Usage);
            return EdgeArguments.UsageError;
        }

        try
        {
            return await RunAsync(text, given, file, output);
        }
        catch (ProgramMissingException e)
        {
            output.WriteLine(Words(FaultCode.SpeechEngineAbsent, e.Message));
            return 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ConfigurationException or ArgumentException or FormatException)
        {
            output.WriteLine(e.Message);
            return 1;
        }
    }

    private static async Task<int> RunAsync(string? text, Dictionary<string, string> given, string file, TextWriter output)
    {
        LanguageCode? language = given.TryGetValue("--language", out var code) ? SpokenLanguages.Parse(code) ?? throw new FormatException($"--language: {SpokenLanguages.Codes}") : null;
        if (text is not null && (text.Length is 0 or > Announcement.MaxTextLength || text.Any(char.IsControl)))
        {
            throw new FormatException($"Văn bản có 1 đến {Announcement.MaxTextLength} ký tự, không có ký tự điều khiển hay xuống dòng; ở đây có {text.Length} ký tự.");
        }

        var counter = Number(given, "--counter", 1, 99);
        var patience = TimeSpan.FromSeconds(Number(given, "--wait", 1, 120) ?? Patience);
        var config = given.GetValueOrDefault("--config");
        var options = config is null ? SpeechOptions.Default : CentreFile.Read(config).Speech;
        var recorded = Path.Combine(given.GetValueOrDefault("--data", EdgeArguments.UsualData), Rim.RecordedVoices);
        // The service's sounds are its own: this may run beside it, as another user.
        var seam = SpeechParts.Real(options with { CacheMegabytes = 0 }, config ?? "centre.yaml", sounds: "", recorded, TimeProvider.System, patience);
        var troubles = new List<string>();
        var voice = SpeechParts.Voice(options, seam, TimeProvider.System, (fault, detail) =>
        {
            if (detail is not null)
            {
                troubles.Add(Words(fault, detail));
            }
        }, patience);
        var script = text is not null
            ? Script.Of(text, language ?? LanguageCode.Vietnamese)
            : SpeechParts.Scripts(options).Call(given["--ticket"], counter!.Value, again: false, language);
        // Each engine has its deadline.
        var sound = await voice.RenderAsync(Announcement.Of(null, script, long.MaxValue), CancellationToken.None);
        await File.WriteAllBytesAsync(file, sound.Bytes, CancellationToken.None);
        troubles.ForEach(output.WriteLine);
        output.WriteLine($"{file}: {sound.Length.TotalSeconds:0.0} s, «{script.Text}»");
        return 0;
    }

    private static string Words(FaultCode fault, string detail) =>
        Protocols.Faults.FaultCatalogue.Find(fault.Value) is { } known ? $"{known.Title}. {known.WhatToDo} ({detail})" : detail;

    /// <returns>Null when it was not given.</returns>
    /// <exception cref="FormatException">Not a number of that range.</exception>
    private static int? Number(Dictionary<string, string> given, string name, int from, int to) => !given.TryGetValue(name, out var text) ? null
        : int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= from && number <= to ? number
        : throw new FormatException($"{name}: {from}–{to}");
}
