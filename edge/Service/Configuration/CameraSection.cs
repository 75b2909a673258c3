using System.Collections.Immutable;
using System.Globalization;
using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Configuration;

/// <summary>A camera as the file names it.</summary>
/// <param name="LoginFile">Where its name and password stand; null for a camera that lets everybody in.</param>
/// <param name="Camera">Without its login, which is read when the centre is put together.</param>
public sealed record CameraEntry(Camera Camera, string? LoginFile)
{
    /// <summary>Counters that it looks at; empty for one that sees the hall.</summary>
    public ImmutableArray<int> Counters { get; init; } = [];

    /// <summary>Those of a centre that see a counter: its own and the hall's, or all where nobody wrote down which does.</summary>
    public static IEnumerable<Camera> Seeing(int counter, ImmutableArray<CameraEntry> all) =>
        all.Where(one => one.Counters.IsEmpty || one.Counters.Contains(counter)).Select(one => one.Camera) is var seeing && seeing.Any() ? seeing : all.Select(one => one.Camera);
}

/// <summary>Reads <c>cameras</c>: the cameras of the hall and what their streams are for.</summary>
internal static class CameraSection
{
    /// <summary>A large provincial centre has twelve; each holds a connection and a decoder.</summary>
    private const int Most = 16;

    /// <summary>What the unit's limits (MemoryHigh, TasksMax) hold beside the calls; more would be killed over and over.</summary>
    private const int MostDetect = 4;

    private const int MostStreams = 3;

    // What was meant for another field may stand there, a password as well; errors go into logs and on to the province.
    private const string SomeAddress = "(địa chỉ)";
    private const string SomeFile = "(tệp)";

    private const string Address = "địa chỉ rtsp:// của một luồng, không có tên và mật khẩu (ghi chúng trong tệp login)";
    private const string RoleNames = "record, detect hoặc sound";
    private const string Login = "tên một tệp, không có dấu «:»; trong tệp ghi một dòng «tên:mật-khẩu», chỉ dịch vụ đọc được";
    private const string Service = "địa chỉ dịch vụ ONVIF, như http://192.168.1.64/onvif/device_service";
    private const string Id = "tên camera: nhiều nhất 24 ký tự";

    private static readonly TimeSpan UsualDeafAfter = TimeSpan.FromSeconds(60);

    /// <param name="devices">Names that are taken.</param>
    /// <param name="counters">Those of the centre.</param>
    public static ImmutableArray<CameraEntry> Read(YamlField root, Func<YamlField, DeviceId> idOf, IEnumerable<DeviceId> devices, IReadOnlySet<CounterId> counters)
    {
        if (root.Optional("cameras") is not { } section)
        {
            return [];
        }

        var taken = devices.ToHashSet();
        var read = ImmutableArray.CreateBuilder<CameraEntry>();
        foreach (var item in section.Items("danh sách camera", Most))
        {
            if (ReadOne(item, idOf, counters) is { } entry)
            {
                foreach (var device in entry.Camera.Devices.Where(device => !taken.Add(device)))
                {
                    item.Note(device.Value, "tên thiết bị không trùng nhau");
                }

                read.Add(entry);
            }
        }

        if (read.Sum(entry => entry.Camera.Streams.Count(stream => stream.Roles.HasFlag(StreamRoles.Detect))) is > MostDetect and var detect)
        {
            section.Note(
                $"{detect} luồng có vai trò detect",
                $"nhiều nhất {MostDetect} luồng detect: mỗi luồng cần một bộ giải mã hình đến 70 MB, nhiều hơn thì hộp thiếu bộ nhớ và gọi số bị chậm; các camera còn lại chỉ ghi record, sound");
        }

        return read.ToImmutable();
    }

    private static CameraEntry? ReadOne(YamlField field, Func<YamlField, DeviceId> idOf, IReadOnlySet<CounterId> counters)
    {
        var id = idOf(field);
        if (id.Value?.Length > Camera.LongestId)
        {
            field.Optional("id")!.Fail(Id);
            id = default;
        }

        var name = field.Required("name", "tên gọi, như Camera sảnh")?.Value(text => text is { Length: > 0 and <= 60 } ? text : throw new FormatException(), "1–60 ký tự") ?? "";
        var login = field.Optional("login")?.Value(text => text is { Length: > 0 and <= 200 } && !text.Contains('\0') && !text.Contains(':') ? text : throw new FormatException(), Login, SomeFile);
        var deaf = field.Optional("deaf-after")?.Duration(TimeSpan.FromSeconds(30), TimeSpan.FromHours(8)) ?? UsualDeafAfter;
        var onvif = field.Optional("onvif")?.Value(ReadService, Service, SomeAddress);
        var expected = $"số quầy mà camera nhìn thấy, trong các quầy: {string.Join(", ", counters.Select(counter => counter.Value).Order())}";
        var seen = field.Optional("counters")?.OneOrMore(expected).Select(item => item.Value<int?>(
            text => counters.Contains(new CounterId(int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture))) ? int.Parse(text, CultureInfo.InvariantCulture) : throw new FormatException(),
            expected)).OfType<int>().ToImmutableArray() ?? [];
        var streams = field.Required("streams", "danh sách {url, roles}")?.SomeItems("danh sách {url, roles}").Take(MostStreams + 1).Select(ReadStream).ToList() ?? [];
        if (streams.Count > MostStreams)
        {
            field.Optional("streams")!.Fail($"nhiều nhất {MostStreams} luồng");
        }

        var whole = streams.OfType<CameraFeed>().ToImmutableArray();
        foreach (var role in ((StreamRoles[])[StreamRoles.Detect, StreamRoles.Record, StreamRoles.Sound]).Where(role => whole.Count(stream => stream.Roles.HasFlag(role)) > 1))
        {
            field.Optional("streams")!.Note(Camera.NameOf(role), "mỗi vai trò ở một luồng");
        }

        field.NothingElse();
        return id != default && whole.Length > 0 ? new CameraEntry(new Camera(id, name, whole, null, deaf) { Onvif = onvif }, login) { Counters = seen } : null;
    }

    private static CameraFeed? ReadStream(YamlField field)
    {
        var url = field.Required("url", Address)?.Value(ReadUrl, Address, SomeAddress);
        var roles = field.Required("roles", RoleNames)?.OneOrMore(RoleNames).Select(item => item.Value(ReadRole, RoleNames)).Aggregate(StreamRoles.None, (all, one) => all | one) ?? StreamRoles.None;
        field.NothingElse();
        return url is not null && roles != StreamRoles.None ? new CameraFeed(url, roles) : null;
    }

    private static Uri ReadUrl(string text) =>
        text.Length <= 300 && Uri.TryCreate(text, UriKind.Absolute, out var where) && where.Scheme == "rtsp" && where.UserInfo.Length == 0 && where.Host.Length > 0 && where.Fragment.Length == 0
            ? where
            : throw new FormatException();

    private static Uri ReadService(string text) =>
        text.Length <= 300 && Uri.TryCreate(text, UriKind.Absolute, out var where) && where.Scheme is "http" or "https" && where.UserInfo.Length == 0 && where.Fragment.Length == 0 ? where : throw new FormatException();

    private static StreamRoles ReadRole(string text) => text switch
    {
        "record" => StreamRoles.Record,
        "detect" => StreamRoles.Detect,
        "sound" => StreamRoles.Sound,
        _ => throw new FormatException(),
    };
}
