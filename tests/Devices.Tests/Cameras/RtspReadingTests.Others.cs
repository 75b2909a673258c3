using System.Text;
using MotCua.Edge.Devices.Cameras.Rtsp;
using Xunit;

namespace MotCua.Devices.Tests.Cameras;

// Moving JPEG and AAC.
public sealed partial class RtspReadingTests
{
    // RFC 2435, 3.1: type-specific, offset, type 1 (4:2:0), quality, width and height in eights.
    private static byte[] Jpeg(int offset, int quality, byte[] rest, byte type = 1) => [0, (byte)(offset >> 16), (byte)(offset >> 8), (byte)offset, type, (byte)quality, 40, 23, .. rest];

    private static byte[] Tables(byte luma, byte chroma) => [0, 0, 0, 128, .. Enumerable.Repeat(luma, 64), .. Enumerable.Repeat(chroma, 64)];

    [Fact]
    public void A_picture_of_moving_jpeg_gets_its_head_back_and_only_those_that_are_wanted_are_put_together()
    {
        var (line, room) = (new RtpLine(), new PictureBudget(4));
        using var pictures = new JpegPictures(room);
        Assert.False(pictures.Take(line.Packet(Jpeg(0, 255, [.. Tables(7, 9), 1, 2, 3]), last: false)));
        Assert.True(pictures.Take(line.Packet(Jpeg(3, 255, [4, 5]), last: true)));
        var whole = Whole(pictures);
        Assert.Equal([0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0, 7], whole[..8]);
        Assert.Equal([1, 2, 3, 4, 5, 0xFF, 0xD9], whole[^7..]);
        // SOF0: 8 bits, 184 high, 320 wide, three components, the first twice as fine both ways.
        Assert.True(whole.AsSpan().IndexOf((byte[])[0xFF, 0xC0, 0, 17, 8, 0, 184, 1, 64, 3, 1, 0x22, 0]) > 0);
        pictures.Drop();
        Assert.Equal(0, room.Taken);
        line.Time++;
        Assert.False(pictures.Take(line.Packet(Jpeg(0, 50, [1, 2, 3]), last: true), isDue: false));
        Assert.Equal((0, 0L), (room.Taken, pictures.Spoilt));
        line.Time++;
        Assert.True(pictures.Take(line.Packet(Jpeg(0, 50, [1, 2, 3]), last: true)));
        Assert.Equal(16, Whole(pictures)[7]);
    }

    [Fact]
    public void A_picture_of_moving_jpeg_that_is_cut_off_lies_or_is_of_an_unknown_kind_is_dropped_and_the_next_one_comes()
    {
        var (line, room) = (new RtpLine(), new PictureBudget(4));
        using var pictures = new JpegPictures(room);
        Refuse(Jpeg(0, 255, [0, 0, 0, 99, 1, 2, 3]));
        Refuse(Jpeg(0, 255, [0, 0, 0, 0]));
        Refuse(Jpeg(0, 0, [1]));
        Refuse(Jpeg(0, 120, [1]));
        Refuse(Jpeg(0, 50, [1], type: 2));
        Refuse(Jpeg(0, 50, [1], type: 65));
        Refuse([0, 0, 0, 0]);
        Assert.Equal(0, room.Taken);
        line.Time++;
        pictures.Take(line.Packet(Jpeg(0, 50, [1, 2]), last: false));
        line.Sequence++;
        Assert.False(pictures.Take(line.Packet(Jpeg(4, 50, [5, 6]), last: true)));
        Assert.Equal(0, room.Taken);
        line.Time++;
        Assert.True(pictures.Take(line.Packet(Jpeg(0, 50, [1, 2]), last: true)));

        void Refuse(byte[] content)
        {
            line.Time++;
            Assert.False(pictures.Take(line.Packet(content, last: true)));
        }
    }

    [Fact]
    public void Frames_of_aac_get_the_head_that_a_decoder_needs()
    {
        var track = AacTrack.TryRead(SessionDescription.Read(Encoding.ASCII.GetBytes(
            "m=audio 0 RTP/AVP 97\r\na=rtpmap:97 mpeg4-generic/16000/1\r\na=fmtp:97 profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config=1408\r\n"))[0])!;
        List<byte> frames = [];
        // Two access units of three and two bytes: 32 bits of headers, each 13 of size and 3 of index.
        track.Append([0, 32, 0, 3 << 3, 0, 2 << 3, 1, 2, 3, 4, 5], frames);
        Assert.Equal([0xFF, 0xF1, 0x60, 0x40, 0x01, 0x5F, 0xFC, 1, 2, 3, 0xFF, 0xF1, 0x60, 0x40, 0x01, 0x3F, 0xFC, 4, 5], frames);
        frames.Clear();
        foreach (var rubbish in (byte[][])[[], [0], [0, 32, 0], [255, 255, 1, 2], [0, 16, 255, 255, 1], [0, 16]])
        {
            track.Append(rubbish, frames);
        }

        Assert.Empty(frames);
    }

    [Theory]
    [InlineData("")]
    [InlineData("config=")]
    [InlineData("config=zz08")]
    [InlineData("config=FFFF")]
    [InlineData("config=1408;sizelength=99")]
    [InlineData("config=1408;sizelength=-1")]
    public void A_track_of_aac_that_does_not_say_how_it_is_read_is_not_read(string parameters) => Assert.Null(AacTrack.TryRead(
        SessionDescription.Read(Encoding.ASCII.GetBytes($"m=audio 0 RTP/AVP 97\r\na=rtpmap:97 mpeg4-generic/16000/1\r\na=fmtp:97 {parameters}\r\n"))[0]));
}
