using System.Collections.Immutable;
using System.Globalization;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Configuration;

/// <summary>The part <c>speech:</c> of <c>centre.yaml</c>: languages and voices, loudness by the hour, devices, guidance.</summary>
internal static class SpeechSection
{
    private const string Clock = "giờ, như \"07:30\"";
    private const string Device = "tên thiết bị ALSA, như default hoặc plughw:1: 1–64 ký tự, không có khoảng trắng";
    private const string Ear = "tên thiết bị ALSA như plughw:1, hoặc «camera» và tên (id) một camera có luồng vai trò sound, như camera camera-sanh";
    private const string Percent = "âm lượng 1–100 (%)";
    private const int MostSpans = 24;
    private const string Voice = "tên gói giọng đọc: 1–40 ký tự a–z, 0–9, '-'";
    private const string Engine = "espeak-ng hoặc command";
    private const string Program = "chương trình và các tham số, như [piper, --model, vi.onnx, --output_file, \"-\"]";

    // A call in more languages than these lasts longer than people listen.
    private const int MostLanguages = 3;

    /// <param name="hearing">Cameras whose sound is watched.</param>
    public static SpeechOptions Read(YamlField speech, IReadOnlyCollection<DeviceId> hearing)
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
        var southern = dialect == NumberDialect.Southern;
        dialect = new NumberDialect(
            speech.Optional("gap")?.Value(text => text switch { "linh" => GapWord.Linh, "le" => GapWord.Le, _ => throw new FormatException() }, "linh hoặc le") ?? dialect.Gap,
            speech.Optional("thousand")?.Value(text => text switch { "nghin" => ThousandWord.Nghin, "ngan" => ThousandWord.Ngan, _ => throw new FormatException() }, "nghin hoặc ngan") ?? dialect.Thousand);
        var reading = speech.Optional("reading")?.Value(
            text => text switch { "whole" => NumberReading.Whole, "digits" => NumberReading.Digits, _ => throw new FormatException() }, "whole (đọc cả số) hoặc digits (đọc từng chữ số)") ?? default;
        var chime = speech.Optional("chime")?.YesOrNo() ?? usual.Chime;
        var repeat = speech.Optional("repeat")?.YesOrNo() ?? usual.Repeat;
        var command = ReadCommand(speech);
        var spoken = speech.Optional("command-languages") is { } some ? ReadLanguages(some) : usual.CommandLanguages;
        if (spoken.Distinct().Count() < spoken.Length)
        {
            speech.Optional("command-languages")!.Fail("không trùng nhau");
        }

        var ear = speech.Optional("microphone")?.Value(text => ReadEar(text, hearing), Ear) ?? default;
        var cache = speech.Optional("cache")?.Integer(0, 1024, "0–1024 MB trên thẻ nhớ cho âm thanh đã tạo") ?? usual.CacheMegabytes;
        var options = new SpeechOptions(languages, voices, folder, new SpokenStyle(dialect, reading), chime, repeat, command, spoken, cache)
        {
            IsSouthern = southern,
            Volume = speech.Optional("volume")?.Integer(1, 100, Percent) ?? usual.Volume,
            Hours = [.. Spans(speech, "mute", withVolume: false), .. Spans(speech, "quiet", withVolume: true)],
            Speaker = speech.Optional("speaker")?.Value(DeviceName, Device) ?? usual.Speaker,
            Microphone = ear.Card,
            MicrophoneCamera = ear.Camera,
            Guidance = speech.Optional("guidance") is { } guidance ? ReadGuidance(guidance) : null,
        };
        speech.NothingElse();
        return options;
    }

    /// <exception cref="FormatException">Not the name of a voice pack.</exception>
    public static string ReadName(string text) => IsName(text) ? text : throw new FormatException($"Tên gói giọng đọc gồm 1–40 ký tự a–z, 0–9, '-', không phải «{text}».");

    /// <summary>What may be the name of a voice pack: a folder's name that leads nowhere else.</summary>
    public static bool IsName(string text) => text.Length is >= 1 and <= 40 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

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

    private static ImmutableArray<VolumeSpan> Spans(YamlField speech, string name, bool withVolume)
    {
        const string List = "danh sách khoảng giờ, nhiều nhất 24";
        var spans = speech.Optional(name)?.Items(List).Select(field => ReadSpan(field, withVolume)).OfType<VolumeSpan>().ToImmutableArray() ?? [];
        if (spans.Length > MostSpans)
        {
            speech.Optional(name)!.Fail(List);
        }

        return spans;
    }

    private static VolumeSpan? ReadSpan(YamlField field, bool withVolume)
    {
        var (from, to) = (At("from"), At("to"));
        var volume = withVolume ? field.Required("volume", Percent)?.Integer(1, 100, Percent) : 0;
        field.NothingElse();
        if (from == to && from is not null)
        {
            field.Fail("from khác to");
        }

        return from is { } first && to is { } end && volume is { } percent ? new VolumeSpan(first, end, percent) : null;

        TimeOnly? At(string name) => field.Required(name, Clock)?.Value<TimeOnly?>(text => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture), Clock);
    }

    private static GuidanceOptions ReadGuidance(YamlField field)
    {
        const string Waiting = "số người chờ 1–1000";
        var waiting = field.Required("waiting", Waiting)?.Integer(1, 1000, Waiting) ?? 1;
        var lasting = field.Optional("for")?.Duration(TimeSpan.Zero, TimeSpan.FromHours(2)) ?? TimeSpan.FromMinutes(5);
        var every = field.Optional("every")?.Duration(TimeSpan.FromMinutes(1), TimeSpan.FromHours(8)) ?? TimeSpan.FromMinutes(15);
        var after = field.Optional("after-call")?.Duration(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10)) ?? TimeSpan.FromSeconds(30);
        field.NothingElse();
        return new GuidanceOptions(waiting, lasting, every, after);
    }

    private static (string? Card, DeviceId? Camera) ReadEar(string text, IReadOnlyCollection<DeviceId> hearing) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["camera", var id] => (null, hearing.Where(camera => camera.Value == id).Select(camera => (DeviceId?)camera).FirstOrDefault() ?? throw new FormatException()),
        _ => (DeviceName(text), null),
    };

    private static string DeviceName(string text) => text is { Length: >= 1 and <= 64 } && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) ? text : throw new FormatException();
}
