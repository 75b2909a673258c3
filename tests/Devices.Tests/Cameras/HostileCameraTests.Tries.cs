using System.Text;
using MotCua.Devices.Tests.Neighbours;
using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Cameras.Hearing;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Cameras;

public sealed partial class HostileCameraTests
{
    [Fact]
    public async Task A_wrong_password_is_tried_once_by_all_eyes_of_a_camera_together()
    {
        var (tried, asked) = (0, 0);
        await using var server = new TinyServer(async (stream, stop) =>
        {
            Interlocked.Increment(ref asked);
            for (var nonce = 0; ; nonce++)
            {
                // Stale every time: a server that would have us try without end.
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"{nonce}\", stale=true\r\n\r\n"), stop);
                var rest = new byte[4096];
                if (await stream.ReadAsync(rest, stop) == 0)
                {
                    return;
                }

                Interlocked.Increment(ref tried);
            }
        });
        var gate = new LoginGate(TimeProvider.System);
        StreamEye[] eyes = [.. ((StreamRoles[])[StreamRoles.Detect, StreamRoles.Record, StreamRoles.Sound]).Select(roles => Eye(server.Port, roles, Hasty, new CameraLogin("admin", "wrong"), gate))];
        foreach (var eye in eyes)
        {
            eye.Begin(() => { });
        }

        await Until(() => eyes.All(eye => eye.Look().Trouble?.Fault == CameraFaults.LoginRefused));
        Assert.Equal((1, 1), (tried, asked));
        foreach (var eye in eyes)
        {
            await eye.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_camera_that_floods_is_left()
    {
        await using var server = new TinyServer((stream, stop) => PlayAsync(stream, async send =>
        {
            for (var packet = new byte[50_000]; ;)
            {
                packet[0] = 0x80;
                await send(packet);
            }
        }, stop));
        var trouble = await TroubleAsync(server.Port, options: Hasty with { MostBytesPerSecond = 1_000_000 });
        Assert.Equal(("camera.bad-answer", "gửi quá nhiều dữ liệu"), (trouble.Fault.Value, trouble.Detail));
    }

    [Fact]
    public async Task A_decoder_that_takes_its_time_is_no_silent_camera()
    {
        await using var server = new TinyServer((stream, stop) => PlayAsync(stream, BigPicturesAsync(stop), stop));
        using var slow = new Script("sleep 3; exit 1");
        var trouble = await TroubleAsync(server.Port, options: Hasty with { Decoder = slow.File, PictureWithin = TimeSpan.FromSeconds(30), Every = TimeSpan.FromMilliseconds(300) });
        Assert.Equal("camera.decoder-failed", trouble.Fault.Value);
    }

    [Fact]
    public async Task Without_a_decoder_the_rest_of_a_stream_goes_on_and_the_decoder_is_tried_again_later()
    {
        await using var server = new TinyServer((stream, stop) => PlayAsync(stream, BigPicturesAsync(stop), stop));
        await using var absent = Eye(server.Port, StreamRoles.Detect | StreamRoles.Record, Hasty with { Decoder = "there-is-no-such-program" });
        absent.Begin(() => { });
        await Until(() => absent.Look() is { IsSeen: true, Pictures: not null });
        Assert.Equal((null, "camera.decoder-absent"), (absent.Look().Trouble, absent.Look().Pictures!.Fault.Value));

        await using var second = new TinyServer((stream, stop) => PlayAsync(stream, BigPicturesAsync(stop), stop));
        using var refused = new Script("exit 1") { IsForbidden = true };
        Assert.Equal("camera.decoder-failed", (await TroubleAsync(second.Port, options: Hasty with { Decoder = refused.File })).Fault.Value);

        using var dies = new Script("echo x >> \"$0.runs\"; exit 1");
        await using var third = new TinyServer((stream, stop) => PlayAsync(stream, BigPicturesAsync(stop), stop));
        await using var eye = Eye(third.Port, StreamRoles.Detect | StreamRoles.Record, Hasty with { Decoder = dies.File, DecoderPause = TimeSpan.FromMilliseconds(400) });
        eye.Begin(() => { });
        await Until(() => dies.Runs >= 3 && eye.Look().IsSeen);
        Assert.Equal((null, "camera.decoder-failed"), (eye.Look().Trouble, eye.Look().Pictures!.Fault.Value));
    }

    [Fact]
    public async Task A_stream_that_breaks_again_and_again_is_a_fault_with_a_long_pause()
    {
        var plays = 0;
        await using var server = new TinyServer((stream, stop) => PlayAsync(stream, async send =>
        {
            Interlocked.Increment(ref plays);
            await send([0x80, 0xE0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x41, 1, 2, 3]);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, stop);
        }, stop));
        await using var eye = Eye(server.Port, StreamRoles.Detect | StreamRoles.Record, Hasty with { Decoder = "there-is-no-such-program", LongestPause = TimeSpan.FromMinutes(5) });
        eye.Begin(() => { });
        await Until(() => eye.Look().Trouble?.Detail.EndsWith("đứt 5 lần trong 5 phút", StringComparison.Ordinal) == true);
        Assert.Equal(5, plays);
    }

    // A key picture of 130 KB, more than a pipe holds, a few times a second.
    private static Func<Func<byte[], Task>, Task> BigPicturesAsync(CancellationToken stop) => async send =>
    {
        for (byte i = 0; ; i++)
        {
            var time = i;
            for (byte part = 0; part < 3; part++)
            {
                var packet = new byte[45_000];
                (packet[0], packet[1], packet[3], packet[7], packet[12], packet[13]) = (0x80, (byte)(part == 2 ? 0xE0 : 0x60), (byte)((3 * i) + part), time, 0x7C, (byte)(part == 0 ? 0x85 : part == 2 ? 0x45 : 0x05));
                packet[2] = (byte)(((3 * i) + part) >> 8);
                await send(packet);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, stop);
        }
    };

    [Fact]
    public async Task A_listener_s_decoder_that_takes_nothing_holds_up_no_stream()
    {
        using var script = new Script("exec sleep 60");
        var left = new TaskCompletionSource();
        var time = new ManualTime();
        using var tap = new SoundTap(16_000, new SoundProgram(script.File, SoundProgram.Rate, time), _ => left.TrySetResult());
        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 1000; i++)
        {
            tap.Feed(new byte[4096]); // Far more than a pipe holds.
        }

        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(5));
        for (; !left.Task.IsCompleted && TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(30); time.Advance(TimeSpan.FromSeconds(1)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.True(left.Task.IsCompleted);
        Assert.Throws<IOException>(() => tap.Read(new short[16]));
        tap.Feed(new byte[4096]);
    }

    /// <summary>A program in place of the decoder.</summary>
    private sealed class Script : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("decoder-");

        public Script(string lines)
        {
            System.IO.File.WriteAllText(File, $"#!/bin/sh\n{lines}\n");
            IsForbidden = false;
        }

        public string File => Path.Combine(folder.FullName, "decoder");

        public bool IsForbidden
        {
            init => SetMode(value ? UnixFileMode.UserRead : UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        private void SetMode(UnixFileMode mode)
        {
            Assert.False(OperatingSystem.IsWindows());
            if (!OperatingSystem.IsWindows())
            {
                System.IO.File.SetUnixFileMode(File, mode);
            }
        }

        public int Runs => System.IO.File.Exists(File + ".runs") ? System.IO.File.ReadAllLines(File + ".runs").Length : 0;

        public void Dispose() => folder.Delete(recursive: true);
    }
}
