using System.Text;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Devices.Cameras;
using MotCua.Testing;
using Xunit;

namespace MotCua.Edge.Configuration.Tests;

public sealed class CameraSectionTests : IDisposable
{
    private const string Good = """

        neighbours:
          - { id: dau-ghi, kind: camera-recorder, name: Đầu ghi, watch: ping 192.168.1.60 }
        cameras:
          - id: camera-sanh
            name: Camera sảnh
            login: camera-sanh.login
            deaf-after: 10m
            streams:
              - { url: "rtsp://192.168.1.64:554/cam/realmonitor?channel=1&subtype=1", roles: [detect, sound] }
              - { url: "rtsp://192.168.1.64/cam/realmonitor?channel=1&subtype=0", roles: record }
          - { id: camera-quay, name: Camera quầy, streams: [{ url: "rtsp://192.168.1.65/2", roles: record }] }
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("camera-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Cameras_say_where_their_streams_are_and_what_each_is_for()
    {
        var read = Parse(Good).Beside("/etc/motcua").Cameras;
        Assert.Equal(
            ["camera-sanh Camera sảnh 600 /etc/motcua/camera-sanh.login", "camera-quay Camera quầy 60 "],
            read.Select(one => $"{one.Camera.Id} {one.Camera.Name} {one.Camera.DeafAfter.TotalSeconds} {one.LoginFile}"));
        Assert.Equal(["Detect, Sound ?channel=1&subtype=1 554", "Record ?channel=1&subtype=0 -1"], read[0].Camera.Streams.Select(stream => $"{stream.Roles} {stream.Url.Query} {stream.Url.Port}"));
        Assert.Equal(["camera-sanh", "camera-sanh-record", "camera-sanh-sound"], read[0].Camera.Roles.Select(role => read[0].Camera.DeviceOf(role).Value));
        Assert.Equal(["camera-quay"], read[1].Camera.Roles.Select(role => read[1].Camera.DeviceOf(role).Value));
        Assert.Empty(Parse("").Cameras);
    }

    [Theory]
    [InlineData("rtsp://192.168.1.65/2", "http://192.168.1.65/2", "cameras[1].streams[0].url", "(địa chỉ)")]
    [InlineData("rtsp://192.168.1.65/2", "rtsp://admin:secret@192.168.1.65/2", "cameras[1].streams[0].url", "(địa chỉ)")]
    [InlineData("rtsp://192.168.1.65/2", "rtsp://", "cameras[1].streams[0].url", "(địa chỉ)")]
    [InlineData("roles: [detect, sound]", "roles: [detect, look]", "cameras[0].streams[0].roles[1]", "look")]
    [InlineData("roles: [detect, sound]", "roles: [detect, record]", "cameras[0].streams", "record")]
    [InlineData("id: camera-quay", "id: camera-sanh", "cameras[1]", "camera-sanh")]
    [InlineData("id: camera-quay", "id: camera-sanh-sound", "cameras[1]", "camera-sanh-sound")]
    [InlineData("id: camera-quay", "id: dau-ghi", "cameras[1]", "dau-ghi")]
    [InlineData("id: camera-quay", "id: uplink", "cameras[1].id", "uplink")]
    [InlineData("id: camera-quay", "id: camera-phia-sau-quay-so-mot", "cameras[1].id", "camera-phia-sau-quay-so-mot")]
    [InlineData("name: Camera quầy", "name: ''", "cameras[1].name", "")]
    [InlineData("deaf-after: 10m", "deaf-after: 5s", "cameras[0].deaf-after", "5s")]
    [InlineData("deaf-after: 10m", "password: secret", "cameras[0]", "password")]
    [InlineData("streams: [{ url: \"rtsp://192.168.1.65/2\", roles: record }]", "streams: []", "cameras[1].streams", "(danh sách trống)")]
    public void A_bad_camera_is_told_where_it_stands(string good, string bad, string path, string found)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        var errors = Assert.Throws<ConfigurationException>(() => Parse(Good.Replace(good, bad, StringComparison.Ordinal))).Errors;
        Assert.Contains(errors, e => e.Path == path && e.Found == found && e.Line > 20);
    }

    [Theory]
    [InlineData("url: \"rtsp://192.168.1.65/2\"", "url: \"rtsp://admin:Bi-mat-9@192.168.1.65/2\"")]
    [InlineData("url: \"rtsp://192.168.1.65/2\"", "url: Bi-mat-9")]
    [InlineData("login: camera-sanh.login", "login: \"admin:Bi-mat-9\"")]
    [InlineData("login: camera-sanh.login", "onvif: \"http://admin:Bi-mat-9@192.168.1.64/\"")]
    public void A_password_in_the_wrong_place_is_refused_and_stands_in_no_error(string good, string bad)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        var wrong = Assert.Throws<ConfigurationException>(() => Parse(Good.Replace(good, bad, StringComparison.Ordinal)));
        Assert.NotEmpty(wrong.Errors);
        Assert.DoesNotContain("Bi-mat-9", $"{wrong} {string.Join(' ', wrong.Errors)}", StringComparison.Ordinal);
    }

    [Fact]
    public void More_decoders_than_the_unit_s_limits_hold_are_an_error_that_says_why()
    {
        static string With(int detect) => "\ncameras:\n" + string.Concat(Enumerable.Range(1, detect).Select(i => $"  - {{ id: cam-{i}, name: Camera, streams: [{{ url: \"rtsp://192.168.1.{i}/2\", roles: detect }}] }}\n"));
        Assert.Equal(4, Parse(With(4)).Cameras.Length);
        var error = Assert.Single(Assert.Throws<ConfigurationException>(() => Parse(With(5))).Errors);
        Assert.Equal(("cameras", "5 luồng có vai trò detect"), (error.Path, error.Found));
        Assert.Contains("bộ nhớ", error.Expected, StringComparison.Ordinal);
        var unit = File.ReadAllLines(Path.Combine(SourceTree.Root, "systemd", "motcua-edge.service"));
        long Limit(string name) => long.Parse(unit.Single(line => line.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..].TrimEnd('M'), System.Globalization.CultureInfo.InvariantCulture);
        // 160 MB and 40 threads of the edge itself, 70 MB and 8 threads of a decoder of a main stream, 80 MB and as many threads of one picture on demand.
        Assert.True(Limit("MemoryHigh") >= 160 + (4 * 70) + 80 && Limit("MemoryMax") > Limit("MemoryHigh") && Limit("TasksMax") >= 40 + (5 * 8));
    }

    [Theory]
    [InlineData("admin:a:b\n", "admin", "a:b")]
    [InlineData("\uFEFFquản trị:mật khẩu\r\n", "quản trị", "mật khẩu")]
    [InlineData("admin:", "admin", "")]
    public void A_login_is_one_line(string text, string user, string password)
    {
        var (login, problem) = CameraLoginFile.Read(Write(text, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead));
        Assert.Equal((new CameraLogin(user, password), null), (login, problem));
    }

    [Theory]
    [InlineData("", "cần đúng một dòng")]
    [InlineData("admin\n", "cần đúng một dòng")]
    [InlineData(":x\n", "cần đúng một dòng")]
    [InlineData("admin:x\nother:y\n", "cần đúng một dòng")]
    public void A_file_that_holds_none_is_told(string text, string problem) =>
        Assert.Contains(problem, CameraLoginFile.Read(Write(text, UnixFileMode.UserRead | UnixFileMode.UserWrite)).Problem, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_everybody_reads_one_that_is_too_long_and_one_that_is_not_there_are_told()
    {
        Assert.Contains("chmod 640", CameraLoginFile.Read(Write("admin:x\n", UnixFileMode.UserRead | UnixFileMode.OtherRead)).Problem, StringComparison.Ordinal);
        Assert.Contains("quá dài", CameraLoginFile.Read(Write(new string('x', 600), UnixFileMode.UserRead)).Problem, StringComparison.Ordinal);
        Assert.Contains("không có tệp", CameraLoginFile.Read(Path.Combine(folder.FullName, "none")).Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("Bi-mat-9", CameraLoginFile.Read(Path.Combine(folder.FullName, "Bi-mat-9")).Problem, StringComparison.Ordinal);
    }

    private string Write(string text, UnixFileMode mode)
    {
        var file = Path.Combine(folder.FullName, "login");
        File.Delete(file);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, mode);
        return file;
    }

    private static CentreOptions Parse(string more) => CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(TestCentre.Yaml + more));
}
