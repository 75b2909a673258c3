using MotCua.Protocols;
using MotCua.Protocols.Events;
using MotCua.Protocols.Snapshots;

namespace MotCua.CloudBridge.Tests.Snapshots;

/// <summary>Pictures as centres announce and send them.</summary>
internal static class Pictures
{
    public static readonly CentreId Centre = new("viet-tri");

    /// <summary>A JPEG from its first mark to its last, 1280 by 720, with nothing to see.</summary>
    public static readonly byte[] Jpeg = Of([2, 208, 5, 0]);

    /// <summary>640 by 360, as one on which nobody can be known.</summary>
    public static readonly byte[] Blurred = Of([1, 104, 2, 128]);

    public static CameraSnapshot Asked(string id, string cause = "emergency", bool blur = false, int ttl = 60, string camera = "camera-sanh") => new(
        id, camera, "asked", cause, cause == "emergency" ? "emergency" : "security", cause == "emergency" ? null : "operator", cause == "emergency" ? 2 : null, blur, ttl, null);

    public static byte[] Message(string id, byte[]? jpeg = null, string camera = "camera-sanh", bool blur = false) =>
        new SnapshotMessage(new SnapshotHead(id, camera, new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7)), blur), jpeg ?? (blur ? Blurred : Jpeg)).ToBytes();

    private static byte[] Of(byte[] size) =>
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 2, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xDB, 0, 4, 0, 1, 0xFF, 0xC0, 0, 11, 8, .. size, 1, 1, 0x11, 0,
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, .. "a hall without anybody"u8, 0xFF, 0xD9,
    ];
}
