using System.Diagnostics;
using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Cameras.Hearing;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Edge.Devices.Speech.Proof;
using MotCua.Edge.Devices.Virtual;
using MotCua.Edge.Devices.Virtual.Camera;
using MotCua.Edge.Queue;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Cameras;

// Sound, and pictures that are all key pictures.
public sealed partial class LiveCameraTests
{
    [Theory]
    [InlineData("call", "PCMU", true)]
    [InlineData("aac", "MPEG4-GENERIC", true)]
    [InlineData("h264", "PCMA", false)]
    public async Task A_call_that_sounds_in_the_hall_is_heard_in_a_camera_s_track_and_noise_is_not(string path, string codec, bool isHeard)
    {
        using var server = new LiveRtsp(VirtualScene.Width, VirtualScene.Height, 5, _ => { }, sound: await CallInTheHallAsync());
        await using var eye = Eye(server.Of(path), StreamRoles.Sound);
        eye.Begin(() => { });
        var microphone = new CameraMicrophone(new DeviceId("microphone"), () => eye);
        Assert.Throws<IOException>(() => new CameraMicrophone(new DeviceId("microphone"), () => null).Listen());
        await Until(() => eye.Look().IsSeen || eye.Look().Trouble is not null, () => $"{eye.Look()}");
        Assert.Equal((codec, true), (eye.Look().Sound!.Codec, eye.Look().Sound!.IsUnderstood));
        using var listening = microphone.Listen();
        var (detector, samples, began) = (new PilotDetector(listening.Rate), new short[4096], TimeProvider.System.GetTimestamp());
        while (!detector.Heard && TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(isHeard ? 30 : 6))
        {
            while (listening.Read(samples) is var count and > 0)
            {
                detector.Feed(samples.AsSpan(0, count));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Test);
        }

        Assert.Equal(isHeard, detector.Heard);
    }

    [Fact]
    public async Task Whoever_listens_to_a_camera_that_goes_away_is_told()
    {
        var server = Film(out _);
        await using var eye = Eye(server.Of("h264"), StreamRoles.Sound);
        eye.Begin(() => { });
        await Until(() => eye.Look().IsSeen, () => $"{eye.Look()}");
        using var listening = eye.Listen();
        server.Dispose();
        var gone = false;
        await Until(() => gone = gone || IsGone(), () => $"{eye.Look()}");

        bool IsGone()
        {
            try
            {
                while (listening.Read(new short[4096]) > 0)
                {
                }

                return false;
            }
            catch (IOException)
            {
                return true;
            }
        }
    }

    [Fact]
    public async Task How_loud_an_aac_track_is_is_known_and_silence_in_it_is_silence()
    {
        using var server = Film(out _);
        await using var loud = Eye(server.Of("aac"), StreamRoles.Sound);
        await using var silent = Eye(server.Of("aac-silence"), StreamRoles.Sound);
        loud.Begin(() => { });
        silent.Begin(() => { });
        await Until(() => loud.Look().Sound is { Decibels: > -80 } && silent.Look().Sound?.DecodedAt is not null, () => $"{loud.Look()} {silent.Look()}");
        Assert.True(loud.Look().Sound!.HeardAt > silent.Look().Sound!.HeardAt);
        Assert.Equal(-96, silent.Look().Sound!.Decibels);
        Assert.True(silent.Look().Sound!.CameAt > silent.Look().Sound!.HeardAt);
    }

    [Theory]
    [InlineData("true", "camera.decoder-failed")]
    [InlineData("/no/such/program", "camera.decoder-absent")]
    public async Task A_program_that_decodes_no_sound_is_told_as_that(string program, string fault)
    {
        using var server = Film(out _);
        await using var eye = Eye(server.Of("aac"), StreamRoles.Sound, decoder: program);
        eye.Begin(() => { });
        await Until(() => eye.Look().Sound?.Undecoded is not null, () => $"{eye.Look()}");
        Assert.Equal(fault, eye.Look().Sound!.Undecoded!.Fault.Value);
        Assert.Null(eye.Look().Sound!.DecodedAt);
    }

    [Fact]
    public async Task A_camera_that_sends_moving_jpeg_is_seen_and_its_covered_lens_as_well()
    {
        using var camera = new WatchedCamera("jpeg", StreamRoles.Detect);
        await Until(() => camera.Watch.Status.KnowsScene, () => $"{camera.Watch.Status.Roles[0]} {camera.Watch.Status.Measures}", camera);
        Assert.Equal("JPEG", camera.Watch.Status.Roles[0].Sight.Codec);
        Assert.StartsWith("320×18", camera.Watch.Status.Roles[0].Sight.Size, StringComparison.Ordinal);
        Assert.Equal("Ready", Assert.Single(camera.Reports.Of("cam")));
        camera.Scene.Covered = true;
        var broken = TimeProvider.System.GetTimestamp();
        await Until(() => camera.FaultOf("cam") is not null, () => $"{camera.Watch.Status.Measures}", camera);
        Assert.True(TimeProvider.System.GetElapsedTime(broken) < TimeSpan.FromSeconds(20), $"{TimeProvider.System.GetElapsedTime(broken)}");
        Assert.Equal("camera.lens-covered", camera.FaultOf("cam"));
    }

    [Fact]
    public async Task A_simulated_camera_in_the_hall_of_the_loudspeaker_hears_the_call()
    {
        var speaker = new VirtualSpeaker(new DeviceId("speaker"), TimeProvider.System);
        using var cameras = new VirtualCameras(TimeProvider.System);
        var camera = new VirtualCamera(1) { Ear = new VirtualMicrophone(new DeviceId("microphone"), speaker, TimeProvider.System, new Random(1)) };
        await using var eye = Eye(cameras.Serve(new Uri("rtsp://10.0.0.9/sanh"), camera), StreamRoles.Sound);
        eye.Begin(() => { });
        await Until(() => eye.Look().IsSeen, () => $"{eye.Look()}");
        using var listening = eye.Listen();
        var (detector, samples) = (new PilotDetector(listening.Rate), new short[4096]);
        var call = new Utterance(new Announcement(null, "Mời số A 1", long.MaxValue), Pilot.Before(Speech.Sounds.Lasting(TimeSpan.FromSeconds(1))), HasPilot: true);
        var playing = speaker.PlayAsync(call, Test).AsTask();
        await Until(() =>
        {
            while (listening.Read(samples) is var count and > 0)
            {
                detector.Feed(samples.AsSpan(0, count));
            }

            return detector.Heard;
        }, () => $"{detector.Best}");
        await playing;
    }

    // A voice says it, with the pilot before it, in a hall where people talk.
    private static async Task<short[]> CallInTheHallAsync()
    {
        var said = await ProgramEngine.Espeak(new EspeakVoice(), TimeProvider.System).SynthesizeAsync("Mời số A, không không bảy, đến quầy số hai.", LanguageCode.Vietnamese, Test);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, Pilot.Before(said).Bytes.ToArray(), Test);
            using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-hide_banner", "-loglevel", "error", "-i", file, "-ac", "1", "-ar", "8000", "-f", "s16le", "pipe:1"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            using var raw = new MemoryStream();
            await ffmpeg.StandardOutput.BaseStream.CopyToAsync(raw, Test);
            var call = new short[raw.Length / 2];
            Buffer.BlockCopy(raw.GetBuffer(), 0, call, 0, call.Length * 2);
            return new NoisyRoom(3).Record(2 + (call.Length / (double)NoisyRoom.Rate), RoomNoise.Voices, call, 1, 12, SoundCode.None);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
