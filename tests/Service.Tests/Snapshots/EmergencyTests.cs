using System.Net;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Commands.Tests;
using MotCua.Edge.Configuration;
using MotCua.Edge.Pages.Tests;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Snapshots.Tests;

/// <summary>The emergency button of a counter.</summary>
public sealed class EmergencyTests : IDisposable
{
    private readonly Province province = new();
    private readonly FakePhotographer photographer = new();

    public void Dispose() => province.Dispose();

    [Fact]
    public async Task One_press_calls_the_team_before_every_other_call_and_sends_sharp_pictures_of_the_hall_and_the_counter()
    {
        await using var web = await WebAsync();
        await web.PostAsync("/api/help/sanh");
        await web.PostAsync("/api/help/quay-2", """{"kind":"technical"}""");
        await web.PostAsync("/api/help-desk/quay-2/take", """{"member":7}""");
        var (status, answer) = await web.PostAsync("/api/counters/2/emergency");
        Assert.Equal((HttpStatusCode.OK, true), (status, answer.GetProperty("asked").GetBoolean()));
        Assert.Equal(["Camera sảnh", "Camera quầy"], answer.GetProperty("pictures").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
        await SnapshotCommandTests.UntilAsync(web.Centre, () => province.Pictures.Count == 2);
        Assert.Equal([false, false], photographer.Taken);
        Assert.Equal(["camera-quay", "camera-sanh"], province.Pictures.Select(one => one.Head.Camera).Order(StringComparer.Ordinal));
        var asked = web.Centre.Events<CameraSnapshot>().Where(e => e.Phase == "asked").ToList();
        Assert.All(asked, e => Assert.Equal(("emergency", "emergency", null, 2, false, 1440), (e.Cause, e.Reason, e.Role, e.Counter, e.Blur, e.TtlMinutes)));
        Assert.All(asked, e => Assert.StartsWith("khan-", e.Id, StringComparison.Ordinal));

        // Somebody was on the way to look at the printer; nobody is on the way to this.
        var first = (await web.GetAsync("/api/help-desk")).Body.GetProperty("asks")[0];
        Assert.Equal(("quay-2", "emergency", System.Text.Json.JsonValueKind.Null), (first.GetProperty("place").GetString(), first.GetProperty("kind").GetString(), first.GetProperty("takenBy").ValueKind));
        await SnapshotCommandTests.UntilAsync(web.Centre, () => web.Centre.Events<CameraSnapshot>().Count(e => e.Phase == "sent") == 2);
        var counter = (await web.GetAsync("/api/counters/2")).Body;
        Assert.True(counter.GetProperty("emergency").GetBoolean());
        Assert.Equal(["sent", "sent"], counter.GetProperty("pictures").EnumerateArray().Select(one => one.GetProperty("phase").GetString()));
        Assert.Equal(0, (await web.GetAsync("/api/counters/1")).Body.GetProperty("pictures").GetArrayLength());
        Assert.Equal(2, (await web.GetAsync("/api/help-desk")).Body.GetProperty("snapshots").GetArrayLength());
    }

    [Fact]
    public async Task A_press_at_another_counter_takes_the_hall_alone_and_the_same_press_sent_again_nothing_more()
    {
        await using var web = await WebAsync();
        for (var i = 0; i < 2; i++)
        {
            using var press = new HttpRequestMessage(HttpMethod.Post, "/api/counters/1/emergency");
            press.Headers.Add("Idempotency-Key", "one-press");
            var (_, answer) = await web.SendAsync(press);
            Assert.Equal("camera-sanh", Assert.Single(answer.GetProperty("pictures").EnumerateArray()).GetProperty("camera").GetString());
        }

        await SnapshotCommandTests.UntilAsync(web.Centre, () => province.Pictures.Count == 1);
        Assert.Single(web.Centre.Events<CameraSnapshot>(), e => e.Phase == "asked");
        Assert.Single(web.Centre.Events<HelpRequested>());
        var (status, second) = await web.PostAsync("/api/counters/1/emergency");
        Assert.Equal((HttpStatusCode.OK, false), (status, second.GetProperty("asked").GetBoolean()));
        Assert.Equal(HttpStatusCode.NotFound, (await web.PostAsync("/api/counters/9/emergency")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await web.PostAsync("/api/counters/900/emergency")).Status);
    }

    [Fact]
    public async Task Without_a_line_the_press_is_in_the_journal_and_the_picture_goes_when_the_line_is_back()
    {
        await using var web = await WebAsync();
        province.Link.Reachable = false;
        province.Link.Break();
        await web.PostAsync("/api/counters/1/emergency");
        await SnapshotCommandTests.UntilAsync(web.Centre, () => photographer.Taken.Count == 1);
        Assert.Single(web.Centre.Events<CameraSnapshot>());
        Assert.Single(web.Centre.Events<HelpRequested>(), e => e.Kind == "emergency");
        Assert.Equal("asked", (await web.GetAsync("/api/counters/1")).Body.GetProperty("pictures")[0].GetProperty("phase").GetString());
        Assert.Empty(province.Pictures);
        province.Link.Reachable = true;
        await SnapshotCommandTests.UntilAsync(web.Centre, () => province.Pictures.Count == 1, stride: 500);
    }

    [Fact]
    public async Task Pictures_are_made_one_at_a_time()
    {
        await using var web = await WebAsync();
        photographer.Held = new TaskCompletionSource();
        await web.PostAsync("/api/counters/2/emergency");
        await SnapshotCommandTests.UntilAsync(web.Centre, () => photographer.AtOnce.Now == 1);
        await web.Centre.RunAsync(5, strideMs: 100);
        Assert.Equal((1, 1), photographer.AtOnce);
        photographer.Held.SetResult();
        await SnapshotCommandTests.UntilAsync(web.Centre, () => province.Pictures.Count == 2);
        Assert.Equal((0, 1), photographer.AtOnce);
    }

    [Fact]
    public async Task A_picture_that_the_province_has_taken_keeps_no_emergency_from_its_own_and_other_commands_wait_for_it()
    {
        await using var web = await WebAsync();
        photographer.Held = new TaskCompletionSource();
        var desk = web.Centre.Centre.Snapshots!;
        Assert.Null(desk.Ask(Commanded("lenh-1", "camera-sanh")));
        await SnapshotCommandTests.UntilAsync(web.Centre, () => photographer.AtOnce.Now == 1);
        Assert.Null(desk.Ask(Commanded("lenh-2", "camera-quay")));
        var (_, answer) = await web.PostAsync("/api/counters/1/emergency");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, answer.GetProperty("pictures")[0].GetProperty("problem").ValueKind);
        await web.Centre.RunAsync(2, strideMs: 100);
        Assert.Equal("Chờ đến lượt chụp.", desk.Look("lenh-2").Reason);
        photographer.Held.SetResult();
        await SnapshotCommandTests.UntilAsync(web.Centre, () => province.Pictures.Count == 3);
        Assert.Equal("lenh-2", province.Pictures[^1].Head.Id);
    }

    [Fact]
    public async Task Where_all_places_are_taken_the_oldest_command_makes_room_for_an_emergency_which_goes_first()
    {
        await using var web = await WebAsync();
        province.Link.Reachable = false;
        province.Link.Break();
        var desk = web.Centre.Centre.Snapshots!;
        for (var i = 0; i < 12; i++)
        {
            var camera = i % 2 == 0 ? "camera-sanh" : "camera-quay";
            await SnapshotCommandTests.UntilAsync(web.Centre, () => desk.WhyNot(camera, "command") is null);
            Assert.Null(desk.Ask(Commanded($"lenh-{i}", camera)));
        }

        for (var i = 0; i < 4; i++)
        {
            await web.PostAsync("/api/counters/1/emergency");
        }

        await SnapshotCommandTests.UntilAsync(web.Centre, () => desk.WhyNot("camera-quay", "command")?.StartsWith("Quá nhiều ảnh", StringComparison.Ordinal) == true);
        var (_, answer) = await web.PostAsync("/api/counters/1/emergency");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, answer.GetProperty("pictures")[0].GetProperty("problem").ValueKind);
        await SnapshotCommandTests.UntilAsync(web.Centre, () => photographer.Taken.Count == 17 && web.Centre.Events<CameraSnapshot>().Any(e => e.Phase == "failed"), stride: 200);
        var made = Assert.Single(web.Centre.Events<CameraSnapshot>(), e => e.Phase == "failed");
        Assert.Equal("lenh-0", made.Id);
        Assert.StartsWith("Nhường chỗ", made.Note, StringComparison.Ordinal);
        province.Link.Reachable = true;
        await SnapshotCommandTests.UntilAsync(web.Centre, () => province.Pictures.Count == 16, stride: 500);
        Assert.Equal([.. Enumerable.Repeat(true, 5), .. Enumerable.Repeat(false, 11)], province.Pictures.Select(one => one.Head.Id.StartsWith("khan", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_centre_without_cameras_has_the_button_all_the_same()
    {
        await using var web = await WebBench.StartAsync();
        var (_, answer) = await web.PostAsync("/api/counters/1/emergency");
        Assert.True(answer.GetProperty("asked").GetBoolean());
        Assert.Equal(0, answer.GetProperty("pictures").GetArrayLength());
        Assert.Equal("emergency", Assert.Single(web.Centre.Events<HelpRequested>()).Kind);
    }

    [Fact]
    public void Where_nobody_wrote_down_which_camera_sees_a_counter_all_are_asked()
    {
        var options = CentreFile.Parse("centre.yaml", System.Text.Encoding.UTF8.GetBytes(TestCentre.Yaml + SnapshotCommandTests.Cameras));
        Assert.Equal([[], [2]], options.Cameras.Select(one => one.Counters.ToArray()));
        Assert.Equal(["camera-sanh"], CameraEntry.Seeing(1, options.Cameras).Select(camera => camera.Id.Value));
        Assert.Equal(["camera-sanh", "camera-quay"], CameraEntry.Seeing(2, options.Cameras).Select(camera => camera.Id.Value));
        Assert.Equal(["camera-quay"], CameraEntry.Seeing(1, [options.Cameras[1]]).Select(camera => camera.Id.Value));
        var wrong = Assert.Throws<ConfigurationException>(() => CentreFile.Parse("centre.yaml", System.Text.Encoding.UTF8.GetBytes(TestCentre.Yaml + SnapshotCommandTests.Cameras.Replace("counters: [2]", "counters: [7]", StringComparison.Ordinal))));
        Assert.Contains("số quầy mà camera nhìn thấy", Assert.Single(wrong.Errors).Expected, StringComparison.Ordinal);
    }

    private static SnapshotWish Commanded(string id, string camera) => new(id, camera, "command", "security", "operator", null, Blur: true, TimeSpan.FromMinutes(60));

    private async Task<WebBench> WebAsync()
    {
        var box = province.Box(yaml: TestCentre.Yaml + SnapshotCommandTests.Cameras, photographers: _ => photographer);
        foreach (var camera in box.Box.Cameras.Values)
        {
            camera.Cut = true;
        }

        await box.RunAsync(1);
        return await WebBench.StartAsync(box);
    }
}
