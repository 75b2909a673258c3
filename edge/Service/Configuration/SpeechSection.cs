using System.Collections.Immutable;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Configuration;

/// <summary>The part <c>speech:</c> of <c>centre.yaml</c>.</summary>
internal static class SpeechSection
{
    private const string Voice = "tên gói giọng đọc: 1–40 ký tự a–z, 0–9, '-'";
    private const string Engine = "espeak-ng hoặc command";
    private const string Program = "chương trình và các tham số, như [piper, --model, vi.onnx, --output_file, \"-\"]";

    // A call in more languages than these lasts longer than people listen.
    private const int MostLanguages = 3;

    public static SpeechOptions Read(YamlField speech)
    {
        var usual = SpeechOptions.Default;
        var languages = speech.Optional("languages") is { } list ? ReadLanguages(list) : usual.Languages;
        if (languages.IsEmpty || languages[0] != LanguageCode.Vietnamese || languages.Distinct().Count() < languages.Length || languages.Length > MostLanguages)
        {
            speech.Optional("languages")?.Fail($"tiếng Việt (vi) trước hết, không trùng nhau, nhiều nhất {MostLanguages} thứ tiếng");
        }

        var voices = speech.Optional("voice")?.OneOrMore(Voice).Select(field => field.Value(ReadName, Voice)).OfType<string>().ToImmutableArray() ?? [];
        var folder = speech.Optional("voices")?.Value(text => text is { Length: >= 1 and <= 200 } && !text.Contains('\0') ? text : throw new FormatException(), "thư mục chứa các gói giọng đọc") ?? usual.VoicesFolder;
        var dialect = speech.Optional("dialect")?.Value(
            text => text switch { "bac" => NumberDialect.Northern, "nam" => NumberDialect.Southern, _ => throw new FormatException() }, "bac hoặc nam") ?? default;
        var reading = speech.Optional("reading")?.Value(
            text => text switch { "whole" => NumberReading.Whole, "digits" => NumberReading.Digits, _ => throw new FormatException() }, "whole (đọc cả số) hoặc digits (đọc từng chữ số)") ?? default;
        var chime = speech.Optional("chime")?.YesOrNo() ?? usual.Chime;
        var repeat = speech.Optional("repeat")?.YesOrNo() ?? usual.Repeat;
        var command = ReadCommand(speech);
        var spoken = speech.Optional("command-languages") is { } some ? ReadLanguages(some) : usual.CommandLanguages;
        var cache = speech.Optional("cache")?.Integer(0, 1024, "0–1024 MB trên thẻ nhớ cho âm thanh đã tạo") ?? usual.CacheMegabytes;
        speech.NothingElse();
        return new SpeechOptions(languages, voices, folder, new SpokenStyle(dialect, reading), chime, repeat, command, spoken, cache);
    }

    /// <exception cref="FormatException">Not the name of a voice pack.</exception>
    public static string ReadName(string text) => text.Length is >= 1 and <= 40 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? text : throw new FormatException();

    public static ImmutableArray<LanguageCode> ReadLanguages(YamlField field) =>
        [.. field.OneOrMore("danh sách thứ tiếng").Select(item => item.Value(text => SpokenLanguages.Parse(text) ?? throw new FormatException(), $"một trong: {SpokenLanguages.Codes}")).Where(code => code != default)];

    private static ImmutableArray<string>? ReadCommand(YamlField speech)
    {
        var command = speech.Optional("command");
        var engine = speech.Optional("engine")?.Value(text => text is "espeak-ng" or "command" ? text : throw new FormatException(), Engine) ?? (command is null ? "espeak-ng" : "command");
        ImmutableArray<string> words = [.. command?.SomeItems(Program).Select(item => item.Value(text => text is { Length: <= 500 } && !text.Contains('\0') ? text : throw new FormatException(), Program)).OfType<string>() ?? []];
        if (engine == "command" && command is null)
        {
            speech.Required("command", Program);
        }

        return engine == "command" && words is [{ Length: > 0 }, ..] ? words : null;
    }
}
