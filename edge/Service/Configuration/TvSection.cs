using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Configuration;

/// <summary>The list <c>devices.tvs</c>.</summary>
internal static class TvSection
{
    /// <summary>A hall of a provincial centre has four; each holds a connection.</summary>
    public const int MostTvs = 12;

    private const string Code = "mã ghép TV: 6–12 chữ thường a–z và chữ số, tự đặt và giữ kín như mật khẩu Wi-Fi";
    private const string Sound = "backup, calls hoặc none";

    public static TvOptions Read(YamlField field, DeviceId id)
    {
        var code = field.Required("code", Code)?.Value(text => TvOptions.IsCode(text) ? text : throw new FormatException(), Code) ?? "";
        var sound = field.Optional("sound")?.Value<TvSound?>(
            text => text switch { "backup" => TvSound.Backup, "calls" => TvSound.Calls, "none" => TvSound.None, _ => throw new FormatException() }, Sound) ?? TvSound.Backup;
        var notice = field.Optional("camera-notice")?.YesOrNo() ?? true;
        field.NothingElse();
        return new TvOptions(id, code, sound, notice);
    }
}
