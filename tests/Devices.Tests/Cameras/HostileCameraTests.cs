using System.Net;
using System.Net.Sockets;
using System.Text;
using MotCua.Devices.Tests.Neighbours;
using MotCua.Edge.Devices.Cameras;
using Xunit;

namespace MotCua.Devices.Tests.Cameras;

/// <summary>Whatever answers at a camera's address, on real sockets: a named fault, within a bounded time, from bounded memory.</summary>
public sealed partial class HostileCameraTests
{
    private const string Video = "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:v\r\n";

    private static readonly EyeOptions Hasty = EyeOptions.Default with
    {
        AnswerWithin = TimeSpan.FromSeconds(1), SilentFor = TimeSpan.FromSeconds(1), PictureWithin = TimeSpan.FromSeconds(2), FirstPause = TimeSpan.FromMilliseconds(50), LongestPause = TimeSpan.FromMilliseconds(400),
    };

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "camera.bad-answer", "trả lời không phải RTSP")]
    [InlineData("RTSP/1.0 404 Not Found\r\n\r\n", "camera.no-such-stream", "DESCRIBE: trả lời RTSP 404")]
    [InlineData("RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n", "camera.login-refused", "DESCRIBE: trả lời RTSP 401")]
    [InlineData("RTSP/1.0 403 Forbidden\r\n\r\n", "camera.login-refused", "DESCRIBE: trả lời RTSP 403")]
    [InlineData("RTSP/1.0 503 Service Unavailable\r\n\r\n", "camera.bad-answer", "DESCRIBE: trả lời RTSP 503")]
    [InlineData("RTSP/1.0 200 OK\r\nContent-Length: 999999999\r\n\r\n", "camera.bad-answer", "nội dung RTSP quá dài")]
    [InlineData("RTSP/1.0 200 OK\r\n\r\n", "camera.codec-unsupported", "luồng không có hình")]
    [InlineData("RTSP/1.0 200 OK\r\nContent-Length: 50\r\n\r\nv=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 VP8/90000\r\n", "camera.codec-unsupported", "hình VP8")]
    [InlineData("", "camera.no-answer", "kết nối bị đóng")]
    public async Task An_answer_that_is_none_of_a_camera_has_a_name(string answer, string fault, string detail)
    {
        await using var server = TinyServer.Saying(answer);
        var trouble = await TroubleAsync(server.Port);
        Assert.Equal((fault, detail), (trouble.Fault.Value, trouble.Detail));
    }

    [Fact]
    public async Task Nobody_there_is_unreachable()
    {
        using var free = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        free.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Assert.Equal("camera.unreachable", (await TroubleAsync(((IPEndPoint)free.LocalEndPoint!).Port)).Fault.Value);
    }

    [Fact]
    public async Task A_camera_that_takes_the_connection_and_says_nothing_does_not_answer()
    {
        await using var server = new TinyServer((_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));
        Assert.Equal("camera.no-answer", (await TroubleAsync(server.Port)).Fault.Value);
    }

    [Fact]
    public async Task A_header_without_end_is_left_after_some_kilobytes()
    {
        var sent = 0L;
        await using var server = new TinyServer(async (stream, stop) =>
        {
            await stream.WriteAsync("RTSP/1.0 200 OK\r\n"u8.ToArray(), stop);
            for (var line = Encoding.ASCII.GetBytes("X-Junk: " + new string('x', 8000) + "\r\n"); ; sent += line.Length)
            {
                await stream.WriteAsync(line, stop);
            }
        });
        Assert.Equal("camera.bad-answer", (await TroubleAsync(server.Port)).Fault.Value);
        // What fits the sockets' buffers and no gigabyte.
        Assert.InRange(Interlocked.Read(ref sent), 0, 64 << 20);
    }

    [Fact]
    public async Task A_stream_that_plays_and_never_sends_a_frame_has_a_name()
    {
        await using var server = new TinyServer((stream, stop) => PlayAsync(stream, _ => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop), stop));
        Assert.Equal("camera.no-picture", (await TroubleAsync(server.Port)).Fault.Value);
    }

    [Fact]
    public async Task A_recorded_stream_that_plays_and_never_sends_has_a_name_without_any_decoder()
    {
        await using var server = new TinyServer((stream, stop) => PlayAsync(stream, _ => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop), stop));
        Assert.Equal("camera.no-picture", (await TroubleAsync(server.Port, StreamRoles.Record, Hasty with { Decoder = "there-is-no-such-program" })).Fault.Value);
    }

    [Fact]
    public async Task Packets_without_a_picture_have_a_name()
    {
        await using var server = new TinyServer((stream, stop) => PlayAsync(stream, async send =>
        {
            while (true)
            {
                await send([0x80, 0xE0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x41, 1, 2, 3]);
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, stop);
            }
        }, stop));
        Assert.Equal("camera.no-picture", (await TroubleAsync(server.Port)).Fault.Value);
    }

    [Fact]
    public async Task Packets_of_rubbish_have_a_name()
    {
        await using var server = new TinyServer(async (stream, stop) =>
        {
            await PlayAsync(stream, _ => stream.WriteAsync(Encoding.ASCII.GetBytes(new string('x', 100_000)), stop).AsTask(), stop);
        });
        Assert.Equal("camera.bad-answer", (await TroubleAsync(server.Port)).Fault.Value);
    }

    [Fact]
    public async Task A_box_without_a_decoder_says_so()
    {
        await using var server = new TinyServer((stream, stop) => PlayAsync(stream, _ => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop), stop));
        Assert.Equal("camera.decoder-absent", (await TroubleAsync(server.Port, options: Hasty with { Decoder = "there-is-no-such-program" })).Fault.Value);
    }

    [Fact]
    public async Task A_decoder_that_dies_and_one_that_says_nothing_have_a_name()
    {
        await using var server = new TinyServer((stream, stop) => PlayAsync(stream, async send =>
        {
            for (byte i = 0; ; i++)
            {
                await send([0x80, 0xE0, 0, i, 0, 0, 0, i, 0, 0, 0, 0, 0x65, 1, 2, 3]);
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, stop);
            }
        }, stop));
        var dies = await TroubleAsync(server.Port, options: Hasty with { Decoder = "false" });
        Assert.Equal("camera.decoder-failed", dies.Fault.Value);
    }

    [Fact]
    public async Task A_camera_that_refuses_a_password_is_not_asked_again_at_once_and_one_that_is_away_is()
    {
        var asked = 0;
        await using var refuses = new TinyServer(async (stream, stop) =>
        {
            Interlocked.Increment(ref asked);
            await stream.WriteAsync("RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"n\"\r\n\r\n"u8.ToArray(), stop);
            var rest = new byte[1024];
            await stream.ReadExactlyAsync(rest.AsMemory(0, 1), stop);
            await stream.WriteAsync("RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"m\"\r\n\r\n"u8.ToArray(), stop);
        });
        var away = 0;
        await using var shuts = new TinyServer((_, _) =>
        {
            Interlocked.Increment(ref away);
            return Task.CompletedTask;
        });
        await using var one = Eye(refuses.Port, StreamRoles.Detect, Hasty, new CameraLogin("admin", "wrong"));
        await using var other = Eye(shuts.Port, StreamRoles.Detect, Hasty);
        one.Begin(() => { });
        other.Begin(() => { });
        await Until(() => away >= 6);
        Assert.Equal(("camera.login-refused", 1), (one.Look().Trouble!.Fault.Value, asked));
        // Since when it has been away is kept over all the tries.
        Assert.True(TimeProvider.System.GetElapsedTime(other.Look().Trouble!.Since) > TimeSpan.FromMilliseconds(200));
    }

    private static StreamEye Eye(int port, StreamRoles roles, EyeOptions options, CameraLogin? login = null, LoginGate? gate = null) =>
        new(new CameraFeed(new Uri($"rtsp://127.0.0.1:{port}/live?channel=1"), roles), login, TimeProvider.System, new Random(1), options, gate);

    private static async Task<StreamTrouble> TroubleAsync(int port, StreamRoles roles = StreamRoles.Detect, EyeOptions? options = null)
    {
        await using var eye = Eye(port, roles, options ?? Hasty);
        eye.Begin(() => { });
        await Until(() => eye.Look().Trouble is not null);
        return eye.Look().Trouble!;
    }

    private static async Task Until(Func<bool> met)
    {
        var patience = TimeProvider.System.GetTimestamp();
        while (!met())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(patience) < TimeSpan.FromSeconds(20), "nothing happened");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    // Says yes to everything and then sends what the test wants on the first channel. The server has read the first request already.
    private static async Task PlayAsync(Stream stream, Func<Func<byte[], Task>, Task> sending, CancellationToken stop)
    {
        string[] answers =
        [
            $"RTSP/1.0 200 OK\r\nContent-Length: {Video.Length}\r\n\r\n{Video}", "RTSP/1.0 200 OK\r\nSession: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n", "RTSP/1.0 200 OK\r\n\r\n",
        ];
        var request = new byte[4096];
        for (var step = 0; step < answers.Length; step++)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answers[step]), stop);
            if (step < answers.Length - 1)
            {
                _ = await stream.ReadAsync(request, stop);
            }
        }

        await sending(packet => stream.WriteAsync((byte[])[(byte)'$', 0, (byte)(packet.Length >> 8), (byte)packet.Length, .. packet], stop).AsTask());
    }
}
