using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;
using MotCua.Protocols.Commands;

namespace MotCua.Protocols.Snapshots;

/// <summary>What stands before a picture on <c>up/snap/{id}</c>.</summary>
/// <param name="Id">As in the topic: of the command, or of the emergency's <c>camera.snapshot</c>.</param>
/// <param name="TakenAt">Wall time of the box.</param>
/// <param name="Blur">Nobody can be known on it.</param>
public sealed record SnapshotHead(string Id, string Camera, DateTimeOffset TakenAt, bool Blur);

/// <summary>A picture on its way to the province: two bytes with the length of the head (big-endian), the head as JSON, then the JPEG to the end of the message.</summary>
/// <param name="Jpeg">At most <see cref="MostJpeg"/> bytes.</param>
public sealed record SnapshotMessage(SnapshotHead Head, ReadOnlyMemory<byte> Jpeg)
{
    /// <summary>A bridge takes packets of 256 KB from its broker; a quarter is left for the head, and for what a later version says beside the picture.</summary>
    public const int MostJpeg = 192 * 1024;

    public const int MostHead = 1024;

    /// <summary>Pixels.</summary>
    public const int LongestSide = 1280;

    /// <summary>Pixels, of a picture on which nobody can be known.</summary>
    public const int BlurredSide = 640;

    /// <summary>Longest side that a picture may have.</summary>
    public static int SideOf(bool blur) => blur ? BlurredSide : LongestSide;

    public byte[] ToBytes()
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(Head, SnapshotJson.Default.SnapshotHead);
        var bytes = new byte[2 + head.Length + Jpeg.Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)head.Length);
        head.CopyTo(bytes.AsSpan(2));
        Jpeg.CopyTo(bytes.AsMemory(2 + head.Length));
        return bytes;
    }

    /// <param name="reason">What is wrong, for technicians; empty on success.</param>
    /// <returns>Null when it is no picture within the bounds.</returns>
    public static SnapshotMessage? TryRead(ReadOnlyMemory<byte> bytes, out string reason)
    {
        if (bytes.Length > 2 + MostHead + MostJpeg)
        {
            reason = $"{bytes.Length} bytes; a picture has at most {MostJpeg}.";
            return null;
        }

        var length = bytes.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(bytes.Span) : 0;
        if (length is 0 or > MostHead || bytes.Length < 2 + length)
        {
            reason = $"The head of a picture has 1 to {MostHead} bytes.";
            return null;
        }

        SnapshotHead? head;
        try
        {
            head = JsonSerializer.Deserialize(bytes.Span.Slice(2, length), SnapshotJson.Default.SnapshotHead);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            reason = e.Message.Length <= 200 ? e.Message : e.Message[..200];
            return null;
        }

        if (head is null || !CommandId.IsValid(head.Id) || head.Camera.Length is 0 or > 64)
        {
            reason = "The head of a picture names its id and its camera.";
            return null;
        }

        var jpeg = bytes[(2 + length)..];
        reason = jpeg.Length > MostJpeg ? $"A picture has at most {MostJpeg} bytes." : "";
        return reason.Length == 0 && JpegPicture.TryMeasure(jpeg.Span, SideOf(head.Blur), out reason) is not null ? new SnapshotMessage(head, jpeg) : null;
    }
}

/// <summary>How heads are written and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SnapshotHead))]
public sealed partial class SnapshotJson : JsonSerializerContext;
