using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Cameras.Decoding;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual.Camera;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Cameras;

/// <summary>Against GStreamer's RTSP server and with a real ffmpeg. Alone on the machine, since seconds are promised.</summary>
[Collection(nameof(LiveCameraTests))]
[CollectionDefinition(nameof(LiveCameraTests), DisableParallelization = true)]
public sealed partial class LiveCameraTests
{
    private const string Password = "m-t kh%u: \"thử\"@/";
    private static readonly CameraLogin Login = new("quan tri", Password);
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_camera_with_a_password_is_seen_and_heard_and_nobody_reads_the_password_in_the_list_of_processes()
    {
        using var server = Film(out _, Login);
        await using var eye = Eye(server.Of("h264"), StreamRoles.Detect | StreamRoles.Sound, Login);
        eye.Begin(() => { });
        await Until(() => eye.Look() is { PictureAt: not null, Size: not null, Sound.Decibels: > -70 } || eye.Look().Trouble is not null, () => $"{eye.Look()}");
        var sight = eye.Look();
        Assert.Equal(("H264", "320×180", true, "PCMA"), (sight.Codec, sight.Size, sight.Sound!.HasTrack, sight.Sound.Codec));
        Assert.Null(sight.Trouble);
        var picture = eye.TryTake()!;
        Assert.True(picture.Mean.ToArray().Distinct().Count() > 40, "a drawn hall has many greys");
        var commands = Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)).Select(CommandLineOf).Where(line => line.StartsWith("ffmpeg", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(commands);
        Assert.All(commands, line => Assert.False(line.Contains("rtsp", StringComparison.Ordinal) || line.Contains("quan tri", StringComparison.Ordinal) || line.Contains("127.0.0.1", StringComparison.Ordinal), line));
    }

    [Theory]
    [InlineData("h264", "wrong", "camera.login-refused")]
    [InlineData("h264", null, "camera.login-refused")]
    [InlineData("there-is-none", Password, "camera.no-such-stream")]
    [InlineData("theora", Password, "camera.codec-unsupported")]
    public async Task A_wrong_password_a_wrong_address_and_a_codec_that_is_not_judged_are_told_apart(string path, string? password, string fault)
    {
        using var server = Film(out _, Login);
        await using var eye = Eye(server.Of(path), StreamRoles.Detect, password is null ? null : Login with { Password = password });
        eye.Begin(() => { });
        await Until(() => eye.Look().Trouble is not null, () => $"{eye.Look()}");
        Assert.Equal(fault, eye.Look().Trouble!.Fault.Value);
    }

    [Fact]
    public async Task A_4k_camera_with_h265_is_seen_as_well()
    {
        using var server = Film(out _);
        await using var eye = Eye(server.Of("4k"), StreamRoles.Detect);
        eye.Begin(() => { });
        await Until(() => eye.Look().Size is not null && eye.Look().PictureAt is not null, () => $"{eye.Look()}");
        Assert.Equal(("H265", "3840×2160"), (eye.Look().Codec, eye.Look().Size));
    }

    [Fact]
    public async Task A_recorded_stream_is_tried_without_a_decoder()
    {
        using var server = Film(out _);
        await using var eye = Eye(server.Of("h264"), StreamRoles.Record, decoder: "there-is-no-such-program");
        eye.Begin(() => { });
        await Until(() => eye.Look().IsSeen || eye.Look().Trouble is not null, () => $"{eye.Look()}");
        Assert.Equal((null, "H264"), (eye.Look().Trouble, eye.Look().Codec));
    }

    [Fact]
    public async Task A_covered_lens_a_frozen_picture_a_dead_microphone_and_a_pulled_plug_are_told_within_twenty_seconds()
    {
        using var covered = new WatchedCamera("h264");
        using var frozen = new WatchedCamera("h264");
        using var pulled = new WatchedCamera("h264");
        using var deaf = new WatchedCamera("silence");
        WatchedCamera[] all = [covered, frozen, pulled, deaf];
        await Until(() => all.All(one => one.Watch.Status.KnowsScene), () => string.Join("\n", all.Select(one => $"{one.Watch.Status.Roles[0]} {one.Watch.Status.Measures}")), all);
        Assert.All(all, one => Assert.Equal("Ready", Assert.Single(one.Reports.Of("cam"))));
        covered.Scene.Covered = true;
        frozen.Scene.Frozen = true;
        pulled.Server.Freeze();
        var broken = TimeProvider.System.GetTimestamp();
        await Until(() => all.Take(3).All(one => one.FaultOf("cam") is not null), () => string.Join("\n", all.Select(one => $"{one.FaultOf("cam")} {one.Watch.Status.Measures}")), all);
        Assert.True(TimeProvider.System.GetElapsedTime(broken) < TimeSpan.FromSeconds(20), $"{TimeProvider.System.GetElapsedTime(broken)}");
        Assert.Equal(["camera.lens-covered", "camera.picture-frozen", "camera.no-answer"], all.Take(3).Select(one => one.FaultOf("cam")));
        Assert.Equal([null, "camera.sound-silent"], all.Where(one => one != pulled && one != frozen).Select(one => one.FaultOf("cam-sound")));
        (covered.Scene.Covered, frozen.Scene.Frozen) = (false, false);
        pulled.Server.Thaw();
        await Until(() => all.All(one => one.FaultOf("cam") is null), () => string.Join("\n", all.Select(one => $"{one.FaultOf("cam")} {one.Watch.Status.Roles[0]} {one.Watch.Status.Measures}")), all);
    }

    [Fact]
    public async Task The_virtual_cameras_are_seen_and_heard_by_the_same_eye()
    {
        using var cameras = new VirtualCameras(TimeProvider.System);
        var camera = new VirtualCamera(1);
        await using var eye = Eye(cameras.Serve(new Uri("rtsp://10.0.0.9/sanh?channel=1"), camera), StreamRoles.Detect | StreamRoles.Sound);
        eye.Begin(() => { });
        await Until(() => eye.Look() is { PictureAt: not null, Size: not null, Sound.Decibels: > -90 }, () => $"{eye.Look()}");
        Assert.Equal(("H264", "320×180", "PCMU"), (eye.Look().Codec, eye.Look().Size, eye.Look().Sound!.Codec));
        camera.Cut = true;
        await Until(() => eye.Look().Trouble is not null, () => $"{eye.Look()}");
        camera.Cut = false;
        await Until(() => eye.Look() is { Trouble: null, IsSeen: true }, () => $"{eye.Look()}");
        await using var nobody = Eye(new UriBuilder(cameras.Serve(new Uri("rtsp://10.0.0.9/other"), camera)) { Path = "none" }.Uri, StreamRoles.Detect);
        nobody.Begin(() => { });
        await Until(() => nobody.Look().Trouble is not null, () => $"{nobody.Look()}");
        Assert.Equal(CameraFaults.NoSuchStream, nobody.Look().Trouble!.Fault);
    }

    [Fact]
    public async Task A_decoder_that_is_left_alone_is_gone_with_its_camera()
    {
        var decoder = new PictureProgram("ffmpeg", "h264", TimeProvider.System, () => { });
        Assert.Null(decoder.TryTake());
        await decoder.DisposeAsync();
        Assert.Throws<CameraTroubleException>(() => decoder.TryTake());
    }

    private static LiveRtsp Film(out VirtualScene scene, CameraLogin? login = null)
    {
        var (filmed, began) = (new VirtualScene(3), TimeProvider.System.GetTimestamp());
        scene = filmed;
        return new LiveRtsp(VirtualScene.Width, VirtualScene.Height, 5, frame => filmed.Film(TimeProvider.System.GetElapsedTime(began), frame), login?.User, login?.Password ?? "");
    }

    private static StreamEye Eye(Uri url, StreamRoles roles, CameraLogin? login = null, string decoder = "ffmpeg") =>
        new(new CameraFeed(url, roles), login, TimeProvider.System, new Random(1), EyeOptions.Default with { Decoder = decoder });

    private static string CommandLineOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // It ended.
        }
    }

    private static async Task Until(Func<bool> met, Func<string> describe, params WatchedCamera[] watched)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!met())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(60), describe());
            foreach (var one in watched)
            {
                await one.Watch.StepAsync(Test);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Test);
        }
    }

    private sealed class WatchedCamera : ICameraSink, IDisposable
    {
        public WatchedCamera(string path, StreamRoles roles = StreamRoles.Detect | StreamRoles.Sound)
        {
            Server = Film(out var scene);
            Scene = scene;
            var camera = new Camera(new DeviceId("cam"), "Camera sảnh", [new CameraFeed(Server.Of(path), roles)], null, TimeSpan.FromSeconds(10));
            Watch = new CameraWatch(camera, [new StreamEye(camera.Streams[0], null, TimeProvider.System, new Random(1))], () => true, TimeProvider.System, Reports, this);
        }

        public LiveRtsp Server { get; }

        public VirtualScene Scene { get; }

        public RecordedReports Reports { get; } = new();

        public CameraWatch Watch { get; }

        public string? FaultOf(string device) => Reports.All.LastOrDefault(report => report.Device.Value == device)?.Fault?.Value;

        public void Tell(CameraNews news)
        {
        }

        public void Dispose()
        {
            Watch.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(5));
            Server.Dispose();
        }
    }
}
