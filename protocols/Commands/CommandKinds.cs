using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MotCua.Protocols.Commands;

/// <summary>The kinds of command that this version knows; each has a record for its body. A centre refuses any other, with a reason.</summary>
public static class CommandKinds
{
    /// <summary>Has a text spoken in the hall: <see cref="AnnounceBody"/>.</summary>
    public const string Announce = "announce";

    /// <summary>Has the centre try all its devices: <see cref="SelfTestBody"/>.</summary>
    public const string SelfTest = "self-test";

    /// <summary>Says which appointments the centre holds in a stretch of time: <see cref="AppointmentsBody"/>.</summary>
    public const string Appointments = "appointments";

    /// <summary>Has one picture taken and sent: <see cref="SnapshotBody"/>.</summary>
    public const string Snapshot = "snapshot";

    private static readonly (string Kind, JsonTypeInfo Info)[] Table =
    [
        (Announce, BodyJson.Default.AnnounceBody),
        (SelfTest, BodyJson.Default.SelfTestBody),
        (Appointments, BodyJson.Default.AppointmentsBody),
        (Snapshot, BodyJson.Default.SnapshotBody),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Table.Select(row => row.Kind)];

    /// <summary>How a kind's body is written and read; null for a kind that this version does not know.</summary>
    public static JsonTypeInfo? InfoOf(string kind) => Array.Find(Table, row => row.Kind == kind).Info;

    /// <summary>Reads a body; fields that nobody knows are ignored.</summary>
    /// <param name="reason">What is wrong, for technicians; empty on success.</param>
    /// <returns>Null when it is not a body of the kind.</returns>
    public static T? TryRead<T>(JsonElement body, out string reason)
        where T : class
    {
        try
        {
            var read = (T?)body.Deserialize(Array.Find(Table, row => row.Info.Type == typeof(T)).Info);
            reason = read is null ? "The body says nothing." : "";
            return read;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // The second: half of a surrogate pair, escaped.
        {
            reason = e.Message.Length <= 200 ? e.Message : e.Message[..200];
            return null;
        }
    }
}

/// <summary>Body of <c>announce</c>.</summary>
/// <param name="Text">What is said: 1 to <see cref="MaxText"/> characters on one line, with a letter or digit among them.</param>
/// <param name="At">When, within the next seven days; null: at once.</param>
public sealed record AnnounceBody(string Text, DateTimeOffset? At = null)
{
    public const int MaxText = 1000;

    /// <summary>Whether a loudspeaker can say the text at all; what else a centre asks of it, the centre answers.</summary>
    public static bool CanBeSaid(string text) => text.Trim().Length is > 0 and <= MaxText && !text.Any(char.IsControl) && text.Any(char.IsLetterOrDigit);
}

/// <summary>Body of <c>self-test</c>: an empty object.</summary>
public sealed record SelfTestBody;

/// <summary>Body of <c>appointments</c>: all of a stretch of time, so that sending it again, or a later one alone, ends at the same. What the centre has there and the list has not is cancelled.</summary>
/// <param name="From">The stretch begins with it.</param>
/// <param name="To">And ends before it, at most <see cref="Longest"/> later.</param>
/// <param name="Appointments">At most <see cref="Most"/>; a busy day is two stretches.</param>
/// <param name="AsOf">When the list was made. Two that are on their way at once may arrive the wrong way round, and then the older one is not taken; null: taken as it comes.</param>
public sealed record AppointmentsBody(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<BookedSlot> Appointments, DateTimeOffset? AsOf = null)
{
    /// <summary>So many of the longest ids and codes fit a signed token.</summary>
    public const int Most = 80;

    public static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>What is wrong with it, Vietnamese; null when nothing. Whether the centre has the services is the centre's question.</summary>
    public string? Problem() => this switch
    {
        _ when To <= From || To - From > Longest => "Lịch hẹn: to phải sau from, nhiều nhất 31 ngày.",
        _ when Appointments.Count > Most => $"Lịch hẹn: mỗi lệnh có nhiều nhất {Most} lịch hẹn; chia thành nhiều khoảng giờ.",
        _ when Appointments.Any(one => one is null || !one.IsWritable) => "Lịch hẹn: id có 1–40 chữ cái, chữ số hoặc '-'; service có 1–32 ký tự a–z, 0–9, '-'.",
        _ when Appointments.FirstOrDefault(one => one.Slot < From || one.Slot >= To) is { } outside => $"Lịch hẹn {outside.Id} có giờ nằm ngoài khoảng from–to.",
        _ when Appointments.GroupBy(one => one.Id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice => $"Lịch hẹn {twice.Key} có hai lần trong danh sách.",
        _ => null,
    };
}

/// <summary>An appointment of a citizen, who says the id or shows it as a code; no name.</summary>
/// <param name="Id">1 to 40 of <c>A–Z a–z 0–9 -</c>, unique in the centre.</param>
/// <param name="Service">Code of one of the centre's services.</param>
public sealed record BookedSlot(string Id, string Service, DateTimeOffset Slot)
{
    internal bool IsWritable => Id.Length is >= 1 and <= 40 && Id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        && Service.Length is >= 1 and <= 32 && Service.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AnnounceBody))]
[JsonSerializable(typeof(SelfTestBody))]
[JsonSerializable(typeof(AppointmentsBody))]
[JsonSerializable(typeof(SnapshotBody))]
internal sealed partial class BodyJson : JsonSerializerContext;
