using MotCua.Edge.Queue;

namespace MotCua.Edge.Configuration;

/// <summary>Reads what a button asks for: <c>press</c>, <c>hold</c>, or both, and how long a hold lasts.</summary>
internal static class PressFields
{
    private const string OnlyHeld = "«open-day» chỉ dùng với hold (giữ nút), để không ai mở ngày mới vì lỡ chạm: hold: open-day";

    /// <summary>Longer than a visitor rests a finger on a button, shorter than anyone's patience.</summary>
    public static readonly TimeSpan UsualHold = TimeSpan.FromMilliseconds(1200);

    /// <returns>An action that is not given is <see cref="PressAction.None"/>; the hold time is null for a button without a hold.</returns>
    public static (PressSpec Press, PressSpec Hold, TimeSpan? HoldAfter) Read(YamlField field, IReadOnlySet<ServiceCode> services, IReadOnlySet<PriorityCode> groups, IReadOnlySet<CounterId> counters)
    {
        const string Expected = PressSpec.Expected + ", với lĩnh vực, nhóm và quầy có trong tệp";
        var held = field.Optional("hold");
        var pressed = held is null ? field.Required("press", PressSpec.Expected) : field.Optional("press");
        var press = pressed?.Value(Parse, Expected) ?? default;
        if (press.Action == PressAction.OpenDay)
        {
            pressed!.Fail(OnlyHeld);
        }

        var hold = held?.Value(Parse, Expected) ?? default;
        var time = field.Optional("hold-ms");
        if (time is not null && held is null)
        {
            time.Fail("hold-ms chỉ dùng cùng với hold");
        }

        var after = time?.Integer(500, 10_000, "thời gian giữ nút 500–10000 mili giây") is { } ms ? TimeSpan.FromMilliseconds(ms) : UsualHold;
        return (press, hold, held is null ? null : after);

        PressSpec Parse(string text) => PressSpec.Parse(text, services, groups, counters);
    }
}
