using MotCua.Edge.Devices.Health;
using MotCua.Edge.Pages.Tests;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Assembly.Tests;

/// <summary>A whole centre with simulated cameras; a socket is between them and the watch.</summary>
public sealed class CamerasInACentreTests
{
    private const string Cameras = """

        cameras:
          - id: camera-sanh
            name: Camera sảnh
            streams:
              - { url: "rtsp://192.168.1.64/102", roles: [detect, sound] }
              - { url: "rtsp://192.168.1.64/101", roles: record }
        """;

    [Fact]
    public async Task A_camera_without_its_plug_is_a_fault_with_what_to_do_an_event_and_no_end_of_service()
    {
        var centre = new TestCentre(yaml: TestCentre.Yaml + Cameras, before: box => box.Cameras[new DeviceId("camera-sanh")].Cut = true);
        await UntilAsync(centre, "camera-sanh", new("absent", "camera.no-answer"));
        await centre.PressAsync(TestCentre.TicketButton);
        Assert.Single(centre.Events<TicketIssued>());
        await centre.RunAsync(3);
        Assert.Equal(new CameraOffline("camera-sanh", "detect", "camera.no-answer"), Assert.Single(centre.Events<CameraOffline>()));
        Assert.Equal("Camera sảnh, detect: kết nối bị đóng", centre.Events<DeviceChanged>().Last(e => e.Device == "camera-sanh").Detail);
        Assert.Equal(["camera", "camera-record", "camera-sound"], centre.Centre.Devices.Inventory.Where(d => d.Device.StartsWith("camera-sanh", StringComparison.Ordinal)).Select(d => d.Kind));

        await using var web = await WebBench.StartAsync(centre);
        var (_, health) = await web.GetAsync("/api/health");
        Assert.Contains("Rút nguồn camera", health.GetProperty("devices").EnumerateArray().Single(d => d.GetProperty("device").GetString() == "camera-sanh").GetProperty("whatToDo").GetString(), StringComparison.Ordinal);
        var (_, cameras) = await web.GetAsync("/api/cameras");
        Assert.Equal("camera.no-answer", cameras.GetProperty("cameras")[0].GetProperty("roles")[0].GetProperty("fault").GetString());
        var (_, lab) = await web.GetAsync("/lab/centre");
        Assert.True(lab.GetProperty("cameras")[0].GetProperty("knobs").GetProperty("cut").GetBoolean());
    }

    [Fact]
    public async Task A_restart_tells_no_beginning_twice_and_a_camera_that_is_watched_no_more_leaves_none_without_a_word()
    {
        var before = new TestCentre(yaml: TestCentre.Yaml + Cameras, before: Unplug);
        await UntilAsync(before, "camera-sanh", new("absent", "camera.no-answer"));
        await before.RunAsync(3);
        Assert.Single(before.Events<CameraOffline>());
        before.PowerCut();

        var after = new TestCentre(before.Disk, before.Time, seed: 2, yaml: TestCentre.Yaml + Cameras, before: Unplug);
        Assert.Equal(("camera-sanh", "offline", "detect"), after.Centre.Loop.Durable.State.Incidents.Values.Select(one => (one.Camera, one.Matter, one.Role)).Single());
        var watch = after.Centre.Loops.Single(loop => loop.Name == "camera:camera-sanh");
        for (var second = 0; second < 60; second++)
        {
            await after.RunAsync(1, strideMs: 500);
            await watch.Wake.WaitAsync(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Single(after.Events<CameraOffline>());
        Assert.Empty(after.Events<CameraOnline>());
        after.PowerCut();

        using var without = new TestCentre(before.Disk, before.Time, seed: 3);
        await without.RunAsync(3);
        Assert.Equal(new CameraUnsure("camera-sanh", "detect"), Assert.Single(without.Events<CameraUnsure>()));
        Assert.Empty(without.Centre.Loop.Durable.State.Incidents);

        static void Unplug(VirtualHardware box) => box.Cameras[new DeviceId("camera-sanh")].Cut = true;
    }

    [Fact]
    public async Task A_camera_that_its_recorder_does_not_keep_is_a_fault_an_event_and_an_answer()
    {
        const string Recorder = """

            recorders:
              - id: dau-ghi
                name: Đầu ghi
                kind: isapi
                url: http://192.168.1.60
                newest-within: 1m
                cameras:
                  - { camera: camera-sanh, channel: "101" }
            """;
        var centre = new TestCentre(yaml: TestCentre.Yaml + Cameras + Recorder, before: box => box.Cameras[new DeviceId("camera-sanh")].Cut = true);
        await UntilAsync(centre, "dau-ghi", new("ready", null), "recorder:dau-ghi");
        await UntilAsync(centre, "camera-sanh-kept", new("failed", "camera.not-recording"), "recorder:dau-ghi");
        await centre.RunAsync(3);
        Assert.Contains(new CameraOffline("camera-sanh", "recording", "camera.not-recording"), centre.Events<CameraOffline>());
        Assert.StartsWith("Camera sảnh không ghi hình từ ", centre.Events<DeviceChanged>().Last(e => e.Device == "camera-sanh-kept").Detail, StringComparison.Ordinal);
        Assert.Equal("recorder", centre.Centre.Devices.Inventory.Single(d => d.Device == "dau-ghi").Kind);

        await using var web = await WebBench.StartAsync(centre);
        var (_, cameras) = await web.GetAsync("/api/cameras");
        Assert.True(cameras.GetProperty("cameras")[0].GetProperty("newestRecordingAgeSeconds").GetInt32() > 60);
        Assert.Equal("camera.not-recording", cameras.GetProperty("cameras")[0].GetProperty("roles")[3].GetProperty("fault").GetString());
        Assert.Equal(("dau-ghi", "ready"), (cameras.GetProperty("recorders")[0].GetProperty("id").GetString(), cameras.GetProperty("recorders")[0].GetProperty("state").GetString()));
        foreach (var knob in (string[])["cut", "disk-failed"])
        {
            Assert.Equal(System.Net.HttpStatusCode.NoContent, (await web.PostAsync("/lab/faults", $$"""{"device":"dau-ghi","fault":"{{knob}}","on":true}""")).Status);
        }

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await web.PostAsync("/lab/faults", """{"device":"dau-ghi","fault":"faces","on":true}""")).Status);
        Assert.Equal(System.Net.HttpStatusCode.NoContent, (await web.PostAsync("/lab/faults", """{"device":"camera-sanh","fault":"unkept","on":true}""")).Status);
        var (_, lab) = await web.GetAsync("/lab/centre");
        Assert.True(lab.GetProperty("recorders")[0].GetProperty("diskFailed").GetBoolean() && lab.GetProperty("cameras")[0].GetProperty("knobs").GetProperty("unkept").GetBoolean());
    }

    [Fact]
    public async Task A_camera_that_is_the_microphone_and_is_away_says_nothing_of_the_loudspeaker()
    {
        using var centre = new TestCentre(
            yaml: VoiceBench.Yaml("{ microphone: camera camera-sanh }") + Cameras, speech: new SlowVoice(2), before: box => box.Cameras[new DeviceId("camera-sanh")].Cut = true);
        await centre.RunAsync(0.2);
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(10);
        Assert.Equal(new("failed", "microphone.failed"), centre.Device("microphone"));
        Assert.Equal(new("ready", null), centre.Device("speaker"));
        Assert.Equal(("done", null), (centre.Spoken().Last().Result, centre.Spoken().Last().Heard));
        Assert.False(centre.Centre.Booth.HasMicrophone);
    }

    [Fact]
    public async Task A_login_that_cannot_be_read_is_a_fault_and_the_camera_is_not_asked_without_it()
    {
        using var centre = new TestCentre(yaml: TestCentre.Yaml + Cameras.Replace("name: Camera sảnh", "name: Camera sảnh\n    login: /there/is/no.login", StringComparison.Ordinal));
        await centre.RunAsync(1);
        Assert.Equal(new("failed", "camera.login-file"), centre.Device("camera-sanh"));
        Assert.DoesNotContain(centre.Centre.Loops, loop => loop.Name == "camera:camera-sanh");
    }

    [Fact]
    public async Task The_knobs_of_a_camera_are_turned_on_the_lab_page_and_its_drawing_is_there()
    {
        await using var web = await WebBench.StartAsync(new TestCentre(yaml: TestCentre.Yaml + Cameras));
        foreach (var knob in (string[])["cut", "hangs", "covered", "black", "blurred", "moved", "frozen", "muted", "crowd"])
        {
            Assert.Equal(System.Net.HttpStatusCode.NoContent, (await web.PostAsync("/lab/faults", $$"""{"device":"camera-sanh","fault":"{{knob}}","on":true}""")).Status);
            var (_, lab) = await web.GetAsync("/lab/centre");
            Assert.True(lab.GetProperty("cameras")[0].GetProperty("knobs").GetProperty(knob).GetBoolean());
        }

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await web.PostAsync("/lab/faults", """{"device":"camera-sanh","fault":"faces","on":true}""")).Status);
    }

    [Fact]
    public void A_centre_without_cameras_watches_none()
    {
        using var centre = new TestCentre();
        Assert.DoesNotContain(centre.Centre.Loops, loop => loop.Name.StartsWith("camera", StringComparison.Ordinal));
    }

    // Manual time for the schedule; for each second of it the sockets get a moment.
    private static async Task UntilAsync(TestCentre centre, string device, TestCentre.KnownDevice wanted, string loop = "camera:camera-sanh")
    {
        var watch = centre.Centre.Loops.Single(one => one.Name == loop);
        for (var second = 0; centre.Device(device) != wanted; second++)
        {
            Assert.True(second < 300, $"{wanted} did not come; {centre.Device(device)}");
            await centre.RunAsync(1, strideMs: 500);
            await watch.Wake.WaitAsync(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await centre.RunAsync(0.1);
    }
}
