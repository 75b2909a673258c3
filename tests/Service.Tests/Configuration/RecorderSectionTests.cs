using System.Text;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Devices.Cameras.Recording;
using Xunit;

namespace MotCua.Edge.Configuration.Tests;

public sealed class RecorderSectionTests
{
    private const string Good = """

        cameras:
          - { id: camera-sanh, name: Camera sảnh, streams: [{ url: "rtsp://192.168.1.64/2", roles: [detect, sound] }] }
          - { id: camera-quay, name: Camera quầy, streams: [{ url: "rtsp://192.168.1.65/2", roles: record }] }
        recorders:
          - id: dau-ghi
            name: Đầu ghi
            kind: isapi
            url: http://192.168.1.60
            login: dau-ghi.login
            basic: yes
            newest-within: 20m
            free-at-least: 5
            records: open-hours
            times: utc
            cameras:
              - { camera: camera-sanh, channel: "101" }
          - id: dau-ghi-2
            name: Đầu ghi 2
            kind: json
            url: "https://192.168.1.61:8443/status.json?x=1"
            json: { cameras: list, id: id, newest: last, now: clock, free: disk.free, total: disk.all }
            cameras:
              - { camera: camera-quay, channel: quay }
        """;

    [Fact]
    public void Recorders_say_how_they_are_asked_and_which_cameras_they_keep()
    {
        var read = Parse(Good).Beside("/etc/motcua");
        var (first, second) = (read.Recorders[0], read.Recorders[1]);
        Assert.Equal((RecorderKind.Isapi, 20.0, 5, true, true, "/etc/motcua/dau-ghi.login"), (first.Recorder.Kind, first.Recorder.NewestWithin.TotalMinutes, first.Recorder.FreeAtLeast, first.Recorder.OnlyWhenOpen, first.Recorder.IsUtc, first.LoginFile));
        Assert.Equal((true, false), (first.Recorder.AllowsBasic, second.Recorder.AllowsBasic));
        Assert.Equal(("camera-sanh", "101"), (first.Recorder.Cameras[0].Camera.Id.Value, first.Recorder.Cameras[0].Channel));
        Assert.Equal((RecorderKind.Json, 15.0, null, false, null), (second.Recorder.Kind, second.Recorder.NewestWithin.TotalMinutes, second.Recorder.FreeAtLeast, second.Recorder.OnlyWhenOpen, second.LoginFile));
        Assert.Equal(new JsonFields("list", "id", "last", "clock", "disk.free", "disk.all"), second.Recorder.Fields);
        Assert.Equal(["camera-sanh", "camera-sanh-sound", "camera-sanh-kept"], read.Cameras[0].Camera.Devices.Select(device => device.Value));
        Assert.Empty(Parse("").Recorders);
    }

    [Theory]
    [InlineData("kind: isapi", "kind: dahua", "recorders[0].kind", "dahua")]
    [InlineData("url: http://192.168.1.60", "url: rtsp://192.168.1.60", "recorders[0].url", "(địa chỉ)")]
    [InlineData("url: http://192.168.1.60", "url: http://admin:Bi-mat-9@192.168.1.60", "recorders[0].url", "(địa chỉ)")]
    [InlineData("login: dau-ghi.login", "login: \"admin:Bi-mat-9\"", "recorders[0].login", "(tệp)")]
    [InlineData("newest-within: 20m", "newest-within: 2s", "recorders[0].newest-within", "2s")]
    [InlineData("free-at-least: 5", "free-at-least: 0", "recorders[0].free-at-least", "0")]
    [InlineData("records: open-hours", "records: never", "recorders[0].records", "never")]
    [InlineData("{ camera: camera-sanh, channel", "{ camera: camera-khac, channel", "recorders[0].cameras[0].camera", "camera-khac")]
    [InlineData("{ camera: camera-quay, channel: quay", "{ camera: camera-sanh, channel: quay", "recorders[1].cameras[0].camera", "camera-sanh")]
    [InlineData("id: dau-ghi-2", "id: camera-sanh", "recorders[1]", "camera-sanh")]
    [InlineData("id: dau-ghi-2", "id: camera-quay-kept", "recorders[1]", "camera-quay-kept")]
    [InlineData("json: {", "jsom: {", "recorders[1].json", "(thiếu)")]
    [InlineData("newest: last, ", "", "recorders[1].json.newest", "(thiếu)")]
    [InlineData("kind: isapi", "kind: onvif", "recorders[0].free-at-least", "free-at-least")]
    [InlineData("kind: isapi", "kind: onvif", "recorders[0].times", "times")]
    [InlineData("kind: isapi", "kind: onvif", "recorders[0].basic", "basic")]
    [InlineData("kind: json", "kind: json\n    times: utc", "recorders[1].times", "times")]
    [InlineData(", total: disk.all }", " }\n    free-at-least: 5", "recorders[1].free-at-least", "free-at-least")]
    [InlineData("- { camera: camera-sanh, channel: \"101\" }", "- { camera: camera-sanh, channel: \"101\" }\n      - { camera: camera-quay, channel: \"101\" }", "recorders[0].cameras[1]", "101")]
    public void A_bad_recorder_is_told_where_it_stands_and_no_password_with_it(string good, string bad, string path, string found)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        var wrong = Assert.Throws<ConfigurationException>(() => Parse(Good.Replace(good, bad, StringComparison.Ordinal)));
        Assert.Contains(wrong.Errors, e => e.Path == path && e.Found == found);
        Assert.DoesNotContain("Bi-mat-9", $"{wrong} {string.Join(' ', wrong.Errors)}", StringComparison.Ordinal);
    }

    [Fact]
    public void More_cameras_than_a_recorder_is_asked_about_are_told_and_not_left_out()
    {
        const string One = "- { camera: camera-sanh, channel: \"101\" }";
        var wrong = Assert.Throws<ConfigurationException>(() => Parse(Good.Replace(One, string.Join("\n      ", Enumerable.Repeat(One, 17)), StringComparison.Ordinal)));
        Assert.Contains(wrong.Errors, e => e.Path == "recorders[0].cameras" && e.Found == "17 mục");
    }

    [Fact]
    public void A_camera_whose_sound_is_watched_can_be_the_microphone_and_no_other()
    {
        static string With(string microphone) => TestCentre.Yaml.Replace("speech: { chime: no }", $"speech: {{ chime: no, microphone: \"{microphone}\" }}", StringComparison.Ordinal) + Good;
        var speech = CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(With("camera camera-sanh"))).Speech;
        Assert.Equal(("camera-sanh", null, true), (speech.MicrophoneCamera?.Value, speech.Microphone, speech.HasMicrophone));
        speech = CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(With("plughw:1"))).Speech;
        Assert.Equal((null, "plughw:1", true), (speech.MicrophoneCamera?.Value, speech.Microphone, speech.HasMicrophone));
        foreach (var wrong in (string[])["camera camera-quay", "camera camera-khac", "camera a b"])
        {
            var error = Assert.Single(Assert.Throws<ConfigurationException>(() => CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(With(wrong)))).Errors);
            Assert.Equal(("speech.microphone", wrong), (error.Path, error.Found));
        }
    }

    private static CentreOptions Parse(string more) => CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(TestCentre.Yaml + more));
}
