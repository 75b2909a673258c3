using System.Collections.Immutable;
using System.Globalization;

namespace MotCua.Edge.Configuration;

/// <summary>The part <c>speech</c> of <c>centre.yaml</c>: loudness by the hour, devices, guidance.</summary>
internal static class SpeechSection
{
    private const string Clock = "giờ, như \"07:30\"";
    private const string Device = "tên thiết bị ALSA, như default hoặc plughw:1: 1–64 ký tự, không có khoảng trắng";
    private const string Percent = "âm lượng 1–100 (%)";
    private const int MostSpans = 24;

    public static SpeechOptions Read(YamlField speech)
    {
        var usual = SpeechOptions.Default;
        var mute = Spans(speech, "mute", withVolume: false);
        var quiet = Spans(speech, "quiet", withVolume: true);
        var options = usual with
        {
            Volume = speech.Optional("volume")?.Integer(1, 100, Percent) ?? usual.Volume,
            Hours = [.. mute, .. quiet],
            Speaker = speech.Optional("speaker")?.Value(DeviceName, Device) ?? usual.Speaker,
            Microphone = speech.Optional("microphone")?.Value(DeviceName, Device),
            Guidance = speech.Optional("guidance") is { } guidance ? ReadGuidance(guidance) : null,
        };
        speech.NothingElse();
        return options;
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

    private static string DeviceName(string text) => text is { Length: >= 1 and <= 64 } && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) ? text : throw new FormatException();
}
