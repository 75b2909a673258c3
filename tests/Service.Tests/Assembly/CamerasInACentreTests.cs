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
    private static async Task UntilAsync(TestCentre centre, string device, TestCentre.KnownDevice wanted)
    {
        var watch = centre.Centre.Loops.Single(loop => loop.Name == "camera:camera-sanh");
        for (var second = 0; centre.Device(device) != wanted; second++)
        {
            Assert.True(second < 300, $"{wanted} did not come; {centre.Device(device)}");
            await centre.RunAsync(1, strideMs: 500);
            await watch.Wake.WaitAsync(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await centre.RunAsync(0.1);
    }
}
