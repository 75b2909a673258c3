using MotCua.Protocols.Commands;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Snapshots;

namespace MotCua.Protocols.Tests.Commands;

/// <summary>Pictures on the wire; the JPEGs are put together from their marks, as ITU-T T.81 names them.</summary>
public sealed class SnapshotMessageTests
{
    private static readonly SnapshotHead Head = new("2b7e151628aed2a6", "camera-sanh", new DateTimeOffset(2026, 11, 23, 7, 31, 5, TimeSpan.FromHours(7)), Blur: false);

    [Fact]
    public void A_picture_is_read_as_it_was_written()
    {
        var read = SnapshotMessage.TryRead(new SnapshotMessage(Head, Jpeg(1280, 720)).ToBytes(), out var reason);
        Assert.Equal("", reason);
        Assert.Equal(Head, read!.Head);
        Assert.Equal(Jpeg(1280, 720), read.Jpeg.ToArray());
    }

    [Fact]
    public void The_largest_picture_fits_a_packet_of_a_bridge() => Assert.True(
        2 + SnapshotMessage.MostHead + SnapshotMessage.MostJpeg + 200 < new MqttConnection("host", 1883, "id", null, TimeSpan.FromSeconds(20)).MaxPacketBytes);

    [Theory]
    [InlineData(1281, 720)]
    [InlineData(720, 1281)]
    [InlineData(0, 720)]
    public void A_side_has_its_bound(int width, int height) => Refused(Jpeg(width, height), "");

    [Fact]
    public void What_is_no_picture_is_refused_in_words()
    {
        Refused([], "Not a JPEG");
        Refused("GIF89a"u8.ToArray(), "Not a JPEG");
        Refused(Jpeg(640, 360)[..^2], "cut off");
        Refused([0xFF, 0xD8, 0xFF, 0xD9], "marks");
        Refused([.. Jpeg(640, 360, size: false)], "does not say its size");
        Refused([.. Jpeg(640, 360, data: SnapshotMessage.MostJpeg)], "at most");
        Refused([0xFF, 0xD8, .. Enumerable.Repeat((byte[])[0xFF, 0xDB, 0, 2], 5000).SelectMany(one => one), 0xFF, 0xD9], "marks");
        Refused([0xFF, 0xD8, 0xFF, 0xC0, 0xFF, 0xFF, 0xFF, 0xD9], "marks");
    }

    [Fact]
    public void A_picture_that_carries_words_is_refused()
    {
        byte[] exif = [0xFF, 0xE1, 0, 8, .. "Exif\0\0"u8];
        byte[] comment = [0xFF, 0xFE, 0, 5, .. "ông"u8[..3]];
        Refused([.. Jpeg(640, 360)[..2], .. exif, .. Jpeg(640, 360)[2..]], "more than a picture");
        Refused([.. Jpeg(640, 360)[..2], .. comment, .. Jpeg(640, 360)[2..]], "more than a picture");
    }

    [Fact]
    public void Nothing_hides_in_a_second_head_in_the_data_or_behind_the_end()
    {
        var whole = Jpeg(640, 360);
        byte[] other = [0xFF, 0xE0, 0, 16, .. "Nguyễn"u8[..8], .. new byte[6]];
        byte[] reserved = [0xFF, 0xF3, 0, 5, .. "ông"u8[..3]];
        byte[] frame = [0xFF, 0xC0, 0, 11, 8, 0, 99, 0, 99, 1, 1, 0x11, 0];
        byte[] progressive = [0xFF, 0xC2, .. frame[2..]];
        Refused([.. whole[..2], .. other, .. whole[20..]], "more than a picture");
        Refused([.. whole[..20], .. whole[2..20], .. whole[20..]], "more than a picture");
        Refused([.. whole[..20], .. reserved, .. whole[20..]], "more than a picture");
        Refused([.. whole[..20], .. frame, .. whole[20..]], "more than a picture");
        Refused([.. Jpeg(640, 360, size: false)[..20], .. progressive, .. Jpeg(640, 360, size: false)[20..]], "more than a picture");
        Refused([.. whole, .. "words behind the end"u8, 0xFF, 0xD9], "more than a picture");
        Refused([.. whole[..^2], .. (byte[])[0xFF, 0xFE, 0, 5], .. "ông"u8[..3], 0xFF, 0xD9], "more than a picture");
        Refused([.. whole[..^2], 0xFF, 0xFF, 0xD9], "more than a picture");
        Assert.NotNull(SnapshotMessage.TryRead(new SnapshotMessage(Head, (byte[])[.. whole[..^2], 0xFF, 0x00, 7, 0xFF, 0xD3, 0xFF, 0x00, 0xFF, 0xD9]).ToBytes(), out _));
    }

    [Fact]
    public void A_picture_that_says_it_is_blurred_is_small()
    {
        Assert.NotNull(SnapshotMessage.TryRead(new SnapshotMessage(Head with { Blur = true }, Jpeg(640, 640)).ToBytes(), out _));
        Assert.Null(SnapshotMessage.TryRead(new SnapshotMessage(Head with { Blur = true }, Jpeg(641, 360)).ToBytes(), out var reason));
        Assert.Contains("at most 640", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_head_that_is_none_is_refused()
    {
        var whole = new SnapshotMessage(Head, Jpeg(640, 360)).ToBytes();
        Assert.All(
            (byte[][])[[], [0], [0, 0], [0, 5, .. "{}"u8], [4, 1, .. new byte[2000]], [0, 2, .. "{}"u8, .. Jpeg(640, 360)], [0, 4, .. "null"u8, .. Jpeg(640, 360)], whole[..40]],
            bytes => Assert.True(SnapshotMessage.TryRead(bytes, out var reason) is null && reason.Length > 0));
        Assert.Null(SnapshotMessage.TryRead(new SnapshotMessage(Head with { Id = "Người" }, Jpeg(640, 360)).ToBytes(), out _));
        Assert.Null(SnapshotMessage.TryRead(new SnapshotMessage(Head with { Camera = "" }, Jpeg(640, 360)).ToBytes(), out _));
    }

    [Fact]
    public void Whatever_is_cut_or_changed_gives_a_reason_and_never_anything_else()
    {
        var whole = new SnapshotMessage(Head, Jpeg(640, 360, data: 300)).ToBytes();
        var random = new Random(7);
        for (var i = 0; i < 3000; i++)
        {
            var bytes = whole[..random.Next(whole.Length + 1)];
            for (var changes = random.Next(4); changes > 0 && bytes.Length > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            Assert.Equal(SnapshotMessage.TryRead(bytes, out var reason) is null, reason.Length > 0);
        }
    }

    [Fact]
    public void A_command_says_a_camera_a_reason_and_a_role_of_the_lists_and_no_more_than_seven_days()
    {
        var good = new SnapshotBody("camera-sanh", SnapshotReason.Security, SnapshotRole.Operator);
        Assert.Equal((1440, true), (good.TtlMinutes, good.Blur));
        Assert.Null(good.Problem());
        Assert.Null((good with { TtlMinutes = 1 }).Problem());
        Assert.Null((good with { TtlMinutes = 7 * 24 * 60 }).Problem());
        Assert.All(
            (SnapshotBody[])[good with { Camera = "" }, good with { Reason = "because" }, good with { Reason = SnapshotReason.Emergency }, good with { Role = "Nguyễn Văn A" }, good with { TtlMinutes = 0 }, good with { TtlMinutes = 10_081 }],
            bad => Assert.NotNull(bad.Problem()));
    }

    private static void Refused(byte[] jpeg, string why)
    {
        Assert.Null(SnapshotMessage.TryRead(new SnapshotMessage(Head, jpeg).ToBytes(), out var reason));
        Assert.Contains(why, reason, StringComparison.Ordinal);
        Assert.NotEqual("", reason);
    }

    // Start, JFIF, tables, frame, scan, data, end.
    private static byte[] Jpeg(int width, int height, bool size = true, int data = 40) =>
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 2, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xDB, 0, 4, 0, 1,
        .. size ? (byte[])[0xFF, 0xC0, 0, 11, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0] : [],
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, .. new byte[data], 0xFF, 0xD9,
    ];
}
