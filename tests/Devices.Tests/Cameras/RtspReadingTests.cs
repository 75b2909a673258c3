using System.Text;
using MotCua.Edge.Devices.Cameras.Rtsp;
using Xunit;

namespace MotCua.Devices.Tests.Cameras;

/// <summary>What cameras send, read from bytes: answers, descriptions, packets.</summary>
public sealed partial class RtspReadingTests
{
    private PictureBudget Room { get; } = new(most: 64);

    [Fact]
    public void An_answer_is_read_once_all_of_it_has_come()
    {
        var bytes = Encoding.ASCII.GetBytes("RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-length: 5\r\nSession : 12;timeout=30\r\n\r\nv=0\r\nRTSP");
        for (var length = 0; length < bytes.Length - 4; length++)
        {
            Assert.Null(RtspReply.TryRead(bytes.AsSpan(0, length), out _));
        }

        var reply = RtspReply.TryRead(bytes, out var taken)!;
        Assert.Equal((200, "12;timeout=30", "v=0\r\n", bytes.Length - 4), (reply.Status, reply.Field("session"), Encoding.ASCII.GetString(reply.Body), taken));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("RTSP/1.0 abc OK\r\n\r\n")]
    [InlineData("RTSP/1.0\r\n\r\n")]
    [InlineData("RTSP/1.0 200 OK\r\nContent-Length: 1000000000\r\n\r\n")]
    [InlineData("RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("\0\0\0\0")]
    public void What_is_no_answer_is_said_to_be_none(string text) => Assert.Throws<InvalidDataException>(() => RtspReply.TryRead(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void A_header_that_never_ends_is_cut_at_a_few_kilobytes()
    {
        var endless = Encoding.ASCII.GetBytes("RTSP/1.0 200 OK\r\n" + string.Concat(Enumerable.Repeat("X-A: b\r\n", 2000)));
        Assert.Throws<InvalidDataException>(() => RtspReply.TryRead(endless, out _));
    }

    [Fact]
    public void A_description_tells_tracks_codecs_and_where_they_are()
    {
        var tracks = SessionDescription.Read(Encoding.ASCII.GetBytes(
            "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\na=control:*\r\nm=video 0 RTP/AVP 96\r\na=control:trackID=0\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1; sprop-parameter-sets=Z0IAKeKQFge2AtwEBAaQeJEV,aM48gA==;profile-level-id=420029\r\n"
            + "m=audio 0 RTP/AVP 97\r\na=rtpmap:97 MPEG4-GENERIC/16000/2\r\na=control:rtsp://10.0.0.1/x/trackID=1\r\nm=audio 0 RTP/AVP 8\nm=application 0 RTP/AVP 107\r\na=rtpmap:107 vnd.onvif.metadata/90000\r\n"));
        Assert.Equal(["video H264 96 90000 trackID=0", "audio MPEG4-GENERIC 97 16000 rtsp://10.0.0.1/x/trackID=1", "audio PCMA 8 8000 "],
            tracks.Select(track => $"{track.Kind} {track.Codec} {track.Payload} {track.ClockRate} {track.Control}"));
        Assert.Equal("Z0IAKeKQFge2AtwEBAaQeJEV,aM48gA==", tracks[0].Parameters["sprop-parameter-sets"]);
        Assert.Equal(2, tracks[1].Channels);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m=\r\nm=video\r\nm=video x y z\r\na=rtpmap:\r\na=fmtp: ;;=\r\n")]
    public void A_description_of_rubbish_holds_nothing(string text) => Assert.Empty(SessionDescription.Read(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void No_bytes_break_the_reading_of_packets() => Seeds.ForAll(seed =>
    {
        var random = new Random(seed);
        var (avc, hevc) = (new KeyPictures(isH265: false, Room), new KeyPictures(isH265: true, Room));
        var bytes = new byte[200];
        for (var i = 0; i < 200; i++)
        {
            random.NextBytes(bytes);
            bytes[0] = (byte)(random.Next(2) == 0 ? 0x80 : bytes[0]);
            bytes[12] = (byte)(random.Next(3) == 0 ? 0x7C : bytes[12]);
            if (RtpPacket.TryRead(bytes.AsSpan(0, random.Next(200)), out var packet))
            {
                avc.Take(packet);
                hevc.Take(packet);
            }

            _ = SessionDescription.Read(bytes);
        }
    });

    [Fact]
    public void A_key_picture_is_put_together_from_groups_and_fragments_and_others_pass_by()
    {
        var (keys, line) = (new KeyPictures(isH265: false, Room), new RtpLine());
        Assert.False(keys.Take(line.Packet([0x41, 1, 2, 3], last: true)));
        line.Time += 3000;
        Assert.False(keys.Take(line.Packet([0x18, 0, 3, 0x67, 10, 11, 0, 3, 0x68, 12, 13], last: false)));
        Assert.False(keys.Take(line.Packet([0x7C, 0x85, 1, 2], last: false)));
        Assert.False(keys.Take(line.Packet([0x7C, 0x05, 3], last: false)));
        Assert.True(keys.Take(line.Packet([0x7C, 0x45, 4], last: true)));
        Assert.Equal([0, 0, 0, 1, 0x67, 10, 11, 0, 0, 0, 1, 0x68, 12, 13, 0, 0, 0, 1, 0x65, 1, 2, 3, 4, 0, 0, 0, 1, 9, 0xF0], Whole(keys));
        line.Time += 3000;
        Assert.False(keys.Take(line.Packet([0x41, 1, 2, 3], last: true)));
        Assert.Equal(0, keys.Spoilt);
    }

    [Fact]
    public void A_key_picture_that_lost_a_packet_is_dropped_and_counted_and_the_next_one_is_whole()
    {
        var (keys, line) = (new KeyPictures(isH265: true, Room), new RtpLine());
        keys.TakeSets(new Dictionary<string, string> { ["sprop-vps"] = "QAEM", ["sprop-sps"] = "QgEB", ["sprop-pps"] = "RAHB" });
        Assert.False(keys.Take(line.Packet([0x62, 1, 0x93, 5, 6], last: false)));
        line.Sequence++;
        Assert.False(keys.Take(line.Packet([0x62, 1, 0x53, 7], last: true)));
        line.Time += 3000;
        Assert.False(keys.Take(line.Packet([0x62, 1, 0x93, 5, 6], last: false)));
        Assert.True(keys.Take(line.Packet([0x62, 1, 0x53, 7], last: true)));
        Assert.Equal([0, 0, 0, 1, 0x40, 1, 12, 0, 0, 0, 1, 0x42, 1, 1, 0, 0, 0, 1, 0x44, 1, 0xC1, 0, 0, 0, 1, 0x26, 1, 5, 6, 7, 0, 0, 0, 1, 0x46, 1, 0x50],
            Whole(keys));
        Assert.Equal(1, keys.Spoilt);
    }

    [Fact]
    public void A_picture_that_never_ends_is_given_up_at_its_bound()
    {
        var (keys, line) = (new KeyPictures(isH265: false, Room), new RtpLine());
        keys.Take(line.Packet([0x7C, 0x85, 1, 2], last: false));
        byte[] more = [0x7C, 0x05, .. new byte[60_000]];
        for (var sent = 0; sent < 2 * KeyPictures.MostBytes; sent += 60_000)
        {
            Assert.False(keys.Take(line.Packet(more, last: false)));
        }

        Assert.False(keys.Take(line.Packet([0x7C, 0x45, 1], last: true)));
        Assert.Equal(1, keys.Spoilt);
        Assert.Equal(0, Room.Taken);
    }

    [Fact]
    public void All_eyes_together_keep_no_more_than_one_budget_and_what_one_gives_back_another_takes()
    {
        var room = new PictureBudget(most: 10);
        var eyes = Enumerable.Range(0, 16).Select(_ => (Keys: new KeyPictures(isH265: false, room), Line: new RtpLine())).ToList();
        foreach (var (keys, line) in eyes)
        {
            keys.Take(line.Packet([0x7C, 0x85, .. new byte[60_000]], last: false));
            keys.Take(line.Packet([0x7C, 0x05, .. new byte[60_000]], last: false));
            Assert.InRange(room.Taken, 1, 10);
        }

        // The first five hold two blocks each; the others had no room.
        Assert.Equal(5, eyes.Count(eye => eye.Keys.Take(eye.Line.Packet([0x7C, 0x45, 1], last: true))));
        Assert.Equal((10, 120_012), (room.Taken, Whole(eyes[0].Keys).Length));
        eyes[0].Keys.Drop();
        Assert.True(eyes[9].Keys.Take(eyes[9].Line.Packet([0x65, 1, 2, 3], last: true)));
        foreach (var (keys, _) in eyes)
        {
            keys.Dispose();
        }

        Assert.Equal(0, room.Taken);
    }

    [Fact]
    public void A_codec_is_told_only_when_it_is_a_name_of_one()
    {
        static string Codec(string name) => SessionDescription.Read(Encoding.Latin1.GetBytes($"m=video 0 RTP/AVP 96\r\na=rtpmap:96 {name}/90000\r\n"))[0].Codec;
        Assert.Equal(("H264", "MPEG4-GENERIC", "?", "?"), (Codec("h264"), Codec("mpeg4-generic"), Codec("admin:Bi-mat-9"), Codec(new string('a', 17))));
    }

    [Fact]
    public void Sound_is_what_the_tables_of_g711_say()
    {
        var (mu, a) = (SoundTrack.TableOf("PCMU")!, SoundTrack.TableOf("PCMA")!);
        Assert.Equal((0, 0, -32124, 32124, 8), (mu[0xFF], mu[0x7F], mu[0x00], mu[0x80], mu[0xFE]));
        Assert.Equal((8, -8, 32256, -32256), (a[0xD5], a[0x55], a[0xAA], a[0x2A]));
        Assert.Null(SoundTrack.TableOf("MPEG4-GENERIC"));
    }

    private static byte[] Whole(IPictureParts keys) => [.. keys.Parts().SelectMany(part => part.ToArray())];

    /// <summary>Numbers packets as a camera does.</summary>
    private sealed class RtpLine
    {
        public ushort Sequence { get; set; } = 65_534;

        public uint Time { get; set; } = 7;

        public RtpPacket Packet(byte[] content, bool last)
        {
            byte[] head = [0x80, (byte)(96 | (last ? 0x80 : 0)), (byte)(Sequence >> 8), (byte)Sequence, (byte)(Time >> 24), (byte)(Time >> 16), (byte)(Time >> 8), (byte)Time, 0, 0, 0, 1];
            Sequence++;
            Assert.True(RtpPacket.TryRead((byte[])[.. head, .. content], out var packet));
            return packet;
        }
    }
}
