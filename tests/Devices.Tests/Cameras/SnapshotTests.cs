using System.Diagnostics;
using System.Text;
using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Cameras.Rtsp;
using MotCua.Edge.Devices.Cameras.Snapshots;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual.Camera;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Cameras;

/// <summary>Pictures on demand: out of a real RTSP server's stream, from a camera's own service, and through a real ffmpeg.</summary>
public sealed class SnapshotTests
{
    private static readonly CameraLogin Login = new("admin", "mật khẩu");
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    // The server encodes 4K by itself, beside other tests; a camera has a chip for it.
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_picture_comes_out_of_the_stream_of_a_camera_that_has_no_service()
    {
        using var server = Film(Login);
        var photo = await With(server.Of("h264"), Login).TakeAsync(blur: false, Test);
        var (width, height, grey) = await SeenAsync(photo);
        Assert.Equal((320, 180), (width, height));
        Assert.True(grey.Distinct().Count() > 40, "a drawn hall has many greys");
        Assert.InRange(photo.Jpeg.Length, 2_000, PhotoOptions.Default.MostBytes);
        Assert.DoesNotContain("JPEG", photo.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_4k_picture_with_h265_is_made_small_enough_to_travel()
    {
        using var server = Film();
        var photo = await With(server.Of("4k"), null, PhotoOptions.Default with { AnswerWithin = Patient, KeyWithin = Patient, ProgramWithin = Patient }).TakeAsync(blur: false, Test);
        var (width, height, _) = await SeenAsync(photo);
        Assert.Equal((1280, 720), (width, height));
        Assert.InRange(photo.Jpeg.Length, 2_000, PhotoOptions.Default.MostBytes);
    }

    [Fact]
    public async Task Of_a_blurred_picture_nothing_is_left_that_a_face_could_be_known_by()
    {
        using var server = Film();
        var sharp = await SeenAsync(await With(server.Of("h264"), null).TakeAsync(blur: false, Test));
        var (width, height, grey) = await SeenAsync(await With(server.Of("h264"), null).TakeAsync(blur: true, Test));
        Assert.Equal((640, 360), (width, height));
        // Thirty-two columns are stretched over the picture: from one point to the next nothing can jump, however sharp the edge was.
        Assert.InRange(LargestStep(grey, width, height), 1, 24);
        Assert.True(LargestStep(sharp.Grey, sharp.Width, sharp.Height) > 60, "the sharp one has edges");
        // What is left is the light of the room, so that somebody who lies on the floor or a fire can still be told from an empty hall.
        Assert.True(grey.Max() - grey.Min() > 30, $"{grey.Min()} to {grey.Max()}");
    }

    [Fact]
    public async Task The_camera_s_own_picture_is_taken_with_a_digest_and_comes_without_what_the_camera_wrote_into_it()
    {
        await using var camera = new OnvifDouble { Picture = Marked(await DrawnAsync(1920, 1080), "Camera nhà ông Nguyễn Văn A, 21.32N 105.40E") };
        var photo = await new CameraPhotographer(At(new Uri("rtsp://127.0.0.1:9/none"), Login) with { Onvif = camera.Address }, TimeProvider.System).TakeAsync(blur: false, Test);
        Assert.Equal((1280, 720), await SizeAsync(photo));
        Assert.Equal(["GetSystemDateAndTime", "GetCapabilities", "GetProfiles", "GetSnapshotUri", "GET /snap.jpg?p=Profile_1", "GET /snap.jpg?p=Profile_1"], camera.Asked);
        Assert.Contains("Nguyễn", Encoding.UTF8.GetString(camera.Picture), StringComparison.Ordinal);
        Assert.DoesNotContain("Nguyễn", Encoding.UTF8.GetString(photo.Jpeg), StringComparison.Ordinal);
        Assert.DoesNotContain("Lavc", Encoding.Latin1.GetString(photo.Jpeg), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_gives_no_picture_or_rubbish_leaves_it_to_the_stream()
    {
        using var server = Film(Login);
        await using var camera = new OnvifDouble { Picture = "<html>log in</html>"u8.ToArray() };
        var photographer = new CameraPhotographer(At(server.Of("h264"), Login) with { Onvif = camera.Address }, TimeProvider.System);
        Assert.Equal((320, 180), await SizeAsync(await photographer.TakeAsync(blur: false, Test)));
        camera.Picture = [0xFF, 0xD8, 0xFF, .. new byte[5000]];
        Assert.Equal((320, 180), await SizeAsync(await photographer.TakeAsync(blur: false, Test)));
        camera.Picture = null;
        Assert.Equal((320, 180), await SizeAsync(await photographer.TakeAsync(blur: false, Test)));
    }

    [Fact]
    public async Task A_service_that_refuses_the_login_is_not_asked_again_for_a_while()
    {
        using var server = Film(Login);
        await using var camera = new OnvifDouble { Password = "another", Picture = [] };
        var photographer = new CameraPhotographer(At(server.Of("h264"), Login) with { Onvif = camera.Address }, TimeProvider.System);
        await photographer.TakeAsync(blur: false, Test);
        var asked = camera.Asked.Count;
        await photographer.TakeAsync(blur: false, Test);
        Assert.Equal(asked, camera.Asked.Count);
    }

    [Fact]
    public async Task A_refused_password_is_tried_once_and_then_not_at_all_until_an_eye_was_let_in()
    {
        using var server = Film(Login);
        var gate = new LoginGate(TimeProvider.System);
        var wrong = new CameraPhotographer(At(server.Of("h264"), Login with { Password = "wrong" }), TimeProvider.System, gate);
        Assert.Equal(CameraFaults.LoginRefused, (await Assert.ThrowsAsync<CameraTroubleException>(() => wrong.TakeAsync(blur: true, Test))).Fault);
        Assert.True(gate.IsRefused);
        Assert.Contains("không thử thêm", (await Assert.ThrowsAsync<CameraTroubleException>(() => wrong.TakeAsync(blur: true, Test))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there-is-none", "camera.no-such-stream")]
    [InlineData("jpeg", "camera.codec-unsupported")]
    public async Task What_cannot_be_taken_has_a_name(string path, string fault)
    {
        using var server = Film();
        var failed = await Assert.ThrowsAsync<CameraTroubleException>(() => With(server.Of(path), null).TakeAsync(blur: false, Test));
        Assert.Equal(fault, failed.Fault.Value);
    }

    [Fact]
    public async Task Without_the_program_or_with_one_that_takes_too_long_there_is_no_picture_and_no_end_of_the_box()
    {
        using var server = Film();
        var absent = await Assert.ThrowsAsync<CameraTroubleException>(() => With(server.Of("h264"), null, PhotoOptions.Default with { Program = "there-is-no-such-program" }).TakeAsync(blur: false, Test));
        Assert.Equal(CameraFaults.DecoderAbsent, absent.Fault);
        // No program that has run so briefly has made a picture; it is ended where it stands.
        var late = await Assert.ThrowsAsync<CameraTroubleException>(
            () => With(server.Of("h264"), null, PhotoOptions.Default with { ProgramWithin = TimeSpan.FromTicks(1) }).TakeAsync(blur: false, Test));
        Assert.Equal(CameraFaults.DecoderFailed, late.Fault);
    }

    [Fact]
    public async Task A_picture_that_is_noise_all_over_is_made_worse_until_it_fits()
    {
        var noise = await DrawnAsync(1920, 1080, "nullsrc=s=1920x1080,geq=random(1)*255:128:128");
        var options = PhotoOptions.Default with { MostBytes = 60_000 };
        var picture = await PhotoProgram.RunAsync("mjpeg", noise, blur: false, options, TimeProvider.System, Test);
        Assert.InRange(picture.Length, 1, options.MostBytes);
        Assert.Equal((640, 360), await SizeAsync(new CameraPhoto(picture)));
    }

    [Fact]
    public async Task A_picture_of_more_points_than_the_box_has_memory_for_is_not_decoded()
    {
        var huge = await DrawnAsync(4200, 2400);
        var refused = await Assert.ThrowsAsync<CameraTroubleException>(() => PhotoProgram.RunAsync("mjpeg", huge, blur: false, PhotoOptions.Default, TimeProvider.System, Test));
        Assert.Equal(CameraFaults.DecoderFailed, refused.Fault);
    }

    [Fact]
    public void Neither_an_address_nor_a_file_stands_on_the_command_line() => Assert.All(
        PhotoProgram.ArgumentsFor("h264", blur: true, 1280, 5).Concat(PhotoProgram.ArgumentsFor("mjpeg", blur: false, 1280, 5)),
        word => Assert.False(word.Contains("://", StringComparison.Ordinal) || word.Contains('/', StringComparison.Ordinal), word));

    [Fact]
    public async Task The_virtual_cameras_give_pictures_as_well()
    {
        using var cameras = new VirtualCameras(TimeProvider.System);
        var url = cameras.Serve(new Uri("rtsp://10.0.0.9/sanh"), new VirtualCamera(1));
        Assert.Equal((320, 180), await SizeAsync(await With(url, null).TakeAsync(blur: false, Test)));
    }

    [Fact]
    public async Task One_picture_is_taken_at_a_time()
    {
        using var server = Film();
        var photographer = With(server.Of("h264"), null);
        var first = photographer.TakeAsync(blur: false, Test);
        await Assert.ThrowsAsync<CameraTroubleException>(() => photographer.TakeAsync(blur: false, Test));
        await first;
        await photographer.TakeAsync(blur: false, Test);
    }

    private static LiveRtsp Film(CameraLogin? login = null)
    {
        var (scene, began) = (new VirtualScene(3), TimeProvider.System.GetTimestamp());
        return new LiveRtsp(VirtualScene.Width, VirtualScene.Height, 5, frame => scene.Film(TimeProvider.System.GetElapsedTime(began), frame), login?.User, login?.Password ?? "");
    }

    private static Camera At(Uri url, CameraLogin? login) => new(new DeviceId("cam"), "Camera sảnh", [new CameraFeed(url, StreamRoles.Detect)], login, TimeSpan.FromSeconds(10));

    private static CameraPhotographer With(Uri url, CameraLogin? login, PhotoOptions? options = null) =>
        new(At(url, login), TimeProvider.System, null, (options ?? PhotoOptions.Default) with { Room = new PictureBudget(64) });

    // An application segment (APP1), where cameras and phones write who and where.
    private static byte[] Marked(byte[] jpeg, string words)
    {
        var text = Encoding.UTF8.GetBytes($"Exif\0\0{words}");
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)((text.Length + 2) >> 8), (byte)(text.Length + 2), .. text, .. jpeg[2..]];
    }

    private static Task<byte[]> DrawnAsync(int width, int height, string? source = null) =>
        RunAsync(["-f", "lavfi", "-i", source ?? $"testsrc=s={width}x{height}", "-frames:v", "1", "-q:v", "3", "-f", "mjpeg", "pipe:1"], []);

    private static async Task<(int Width, int Height)> SizeAsync(CameraPhoto photo) => await SeenAsync(photo) is var (width, height, _) ? (width, height) : default;

    private static async Task<(int Width, int Height, byte[] Grey)> SeenAsync(CameraPhoto photo)
    {
        // Portable grey map: "P5", width, height, 255, then the points.
        var map = await RunAsync(["-f", "mjpeg", "-i", "pipe:0", "-frames:v", "1", "-pix_fmt", "gray", "-c:v", "pgm", "-f", "image2pipe", "pipe:1"], photo.Jpeg);
        var head = Encoding.ASCII.GetString(map, 0, 24).Split(['\n', ' ']);
        var (width, height) = (int.Parse(head[1], System.Globalization.CultureInfo.InvariantCulture), int.Parse(head[2], System.Globalization.CultureInfo.InvariantCulture));
        return (width, height, map[^(width * height)..]);
    }

    private static async Task<byte[]> RunAsync(string[] arguments, byte[] input)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-hide_banner", "-loglevel", "error", .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        var feeding = process.StandardInput.BaseStream.WriteAsync(input, Test).AsTask().ContinueWith(_ => process.StandardInput.Close(), TaskScheduler.Default);
        using var made = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(made, Test);
        await feeding;
        return made.ToArray();
    }

    private static int LargestStep(byte[] grey, int width, int height) =>
        Enumerable.Range(0, width * height).Where(at => at % width > 0).Max(at => Math.Abs(grey[at] - grey[at - 1]));
}
