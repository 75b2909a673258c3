using System.Collections.Immutable;
using MotCua.Edge.Devices.Cameras.Recording;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Configuration;

/// <summary>A recorder as the file names it.</summary>
/// <param name="Recorder">Without its login, which is read when the centre is put together.</param>
/// <param name="LoginFile">Where its name and password stand; null for one that lets everybody in.</param>
public sealed record RecorderEntry(Recorder Recorder, string? LoginFile);

/// <summary>Reads <c>recorders</c>: what keeps the pictures of the cameras, and how it is asked whether it does.</summary>
internal static class RecorderSection
{
    private const int Most = 4;

    // What was meant for another field may stand there, a password as well.
    private const string SomeAddress = "(địa chỉ)";
    private const string SomeFile = "(tệp)";

    private const string Kinds = "isapi (Hikvision và hãng dùng ISAPI), onvif (Profile G) hoặc json";
    private const string Address = "địa chỉ http:// hoặc https:// của đầu ghi, không có tên và mật khẩu (ghi chúng trong tệp login)";
    private const string Login = "tên một tệp, không có dấu «:»; trong tệp ghi một dòng «tên:mật-khẩu», chỉ dịch vụ đọc được";
    private const string CameraName = "tên (id) của một camera trong mục cameras, chưa có ở đầu ghi khác";
    private const string Channel = "kênh trên đầu ghi, 1–64 ký tự: với isapi là số track như \"101\", với onvif là token hoặc tên nguồn (hoặc \"*\"), với json là id";
    private const string Path = "tên trường, như last hoặc disk.free: 1–100 ký tự";

    /// <param name="devices">Names that are taken.</param>
    /// <returns>The recorders, and the cameras with what they know of them.</returns>
    public static (ImmutableArray<RecorderEntry> Recorders, ImmutableArray<CameraEntry> Cameras) Read(
        YamlField root, Func<YamlField, DeviceId> idOf, IEnumerable<DeviceId> devices, ImmutableArray<CameraEntry> cameras)
    {
        if (root.Optional("recorders") is not { } section)
        {
            return ([], cameras);
        }

        var taken = devices.ToHashSet();
        var read = ImmutableArray.CreateBuilder<RecorderEntry>();
        foreach (var item in section.Items("danh sách đầu ghi", Most))
        {
            if (ReadOne(item, idOf, cameras, [.. read.SelectMany(one => one.Recorder.Cameras).Select(kept => kept.Camera.Id)]) is { } entry)
            {
                foreach (var device in entry.Recorder.Cameras.Select(kept => kept.Camera.KeptDevice).Prepend(entry.Recorder.Id).Where(device => !taken.Add(device)))
                {
                    item.Note(device.Value, "tên thiết bị không trùng nhau");
                }

                read.Add(entry);
            }
        }

        var kept = read.SelectMany(one => one.Recorder.Cameras).Select(one => one.Camera.Id).ToHashSet();
        return (read.ToImmutable(), [.. cameras.Select(one => kept.Contains(one.Camera.Id) ? one with { Camera = one.Camera with { IsKept = true } } : one)]);
    }

    private static RecorderEntry? ReadOne(YamlField field, Func<YamlField, DeviceId> idOf, ImmutableArray<CameraEntry> cameras, HashSet<DeviceId> others)
    {
        var id = idOf(field);
        var name = field.Required("name", "tên gọi, như Đầu ghi")?.Value(text => text is { Length: > 0 and <= 60 } ? text : throw new FormatException(), "1–60 ký tự") ?? "";
        var kind = field.Required("kind", Kinds)?.Value<RecorderKind?>(
            text => text switch { "isapi" => RecorderKind.Isapi, "onvif" => RecorderKind.Onvif, "json" => RecorderKind.Json, _ => throw new FormatException() }, Kinds);
        var url = field.Required("url", Address)?.Value(ReadUrl, Address, SomeAddress);
        var login = field.Optional("login")?.Value(text => text is { Length: > 0 and <= 200 } && !text.Contains('\0') && !text.Contains(':') ? text : throw new FormatException(), Login, SomeFile);
        var within = field.Optional("newest-within")?.Duration(TimeSpan.FromMinutes(1), TimeSpan.FromHours(24));
        var least = field.Optional("free-at-least")?.Integer(1, 90, "phần trăm còn trống ít nhất, 1–90; bỏ trống nếu đầu ghi tự ghi đè đoạn cũ");
        var onlyOpen = field.Optional("records")?.Value<bool?>(text => text switch { "always" => false, "open-hours" => true, _ => throw new FormatException() }, "always hoặc open-hours (chỉ ghi trong giờ mở cửa)") ?? false;
        var isUtc = field.Optional("times")?.Value<bool?>(text => text switch { "local" => false, "utc" => true, _ => throw new FormatException() }, "local hoặc utc") ?? false;
        var basic = field.Optional("basic")?.YesOrNo() ?? false;
        var fields = kind == RecorderKind.Json ? ReadFields(field) : null;
        NoteUnwatched(field, kind, fields);
        var list = field.Required("cameras", "danh sách {camera, channel}");
        List<YamlField> items = [.. list?.SomeItems("danh sách {camera, channel}") ?? []];
        if (items.Count > Recorder.MostCameras)
        {
            list!.Note($"{items.Count} mục", $"nhiều nhất {Recorder.MostCameras} mục");
        }

        var channels = new HashSet<string>(StringComparer.Ordinal);
        List<KeptCamera> kept = [.. items.Take(Recorder.MostCameras).Select(item => ReadKept(item, cameras, others, channels)).OfType<KeptCamera>()];
        field.NothingElse();
        return id == default || kind is not { } one || url is null || kept.Count == 0 ? null : new RecorderEntry(
            new Recorder(id, name, one, url, [.. kept], null)
            {
                NewestWithin = within ?? TimeSpan.FromMinutes(15), FreeAtLeast = least, OnlyWhenOpen = onlyOpen, IsUtc = isUtc, AllowsBasic = basic, Fields = fields,
            },
            login);
    }

    // What the recorder never says is watched by nobody, and whoever wrote it would believe that it is.
    private static void NoteUnwatched(YamlField field, RecorderKind? kind, JsonFields? fields)
    {
        if (kind == RecorderKind.Onvif || fields is { Free: "" } or { Total: "" })
        {
            field.Optional("free-at-least")?.Note("free-at-least", "onvif không cho biết chỗ trống; với json cần cả json.free và json.total");
        }

        if (kind is RecorderKind.Onvif or RecorderKind.Json)
        {
            field.Optional("times")?.Note("times", "chỉ dùng với kind: isapi");
        }

        if (kind is RecorderKind.Onvif)
        {
            field.Optional("basic")?.Note("basic", "chỉ dùng với kind: isapi hoặc json");
        }
    }

    private static KeptCamera? ReadKept(YamlField item, ImmutableArray<CameraEntry> cameras, HashSet<DeviceId> others, HashSet<string> channels)
    {
        var camera = item.Required("camera", CameraName)?.Value(
            text => cameras.FirstOrDefault(one => one.Camera.Id.Value == text) is { } known && others.Add(known.Camera.Id) ? known.Camera : throw new FormatException(), CameraName);
        var channel = item.Required("channel", Channel)?.Value(text => text is { Length: > 0 and <= 64 } && !text.Any(char.IsControl) ? text : throw new FormatException(), Channel);
        if (channel is not null && !channels.Add(channel))
        {
            item.Note(channel, "mỗi camera một kênh (channel) khác nhau");
        }

        item.NothingElse();
        return camera is null || channel is null ? null : new KeptCamera(camera with { IsKept = true }, channel);
    }

    private static JsonFields ReadFields(YamlField field)
    {
        var json = field.Required("json", "nhóm {newest, …}: trường nào trong trả lời nói gì");
        string Name(string name) => json?.Optional(name)?.Value(text => text is { Length: > 0 and <= 100 } && !text.Any(char.IsControl) ? text : throw new FormatException(), Path) ?? "";
        var read = new JsonFields(
            Name("cameras"), Name("id"), json?.Required("newest", Path) is null ? "" : Name("newest"), Name("now"), Name("free"), Name("total"));
        json?.NothingElse();
        return read;
    }

    private static Uri ReadUrl(string text) =>
        text.Length <= 300 && Uri.TryCreate(text, UriKind.Absolute, out var where) && where.Scheme is "http" or "https" && where.UserInfo.Length == 0 && where.Fragment.Length == 0 ? where : throw new FormatException();
}
