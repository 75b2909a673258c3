using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>Two simulated cameras on the lab page: what breaks one is seen, told with what to do, and over by itself.</summary>
public sealed class CameraJourneys(SystemBrowser browser) : IClassFixture<SystemBrowser>
{
    private const float WithinMs = 45_000;

    [Fact]
    public async Task A_covered_camera_and_one_without_its_plug_are_told_with_what_to_do_and_come_back()
    {
        // Whatever the hour: a dark picture outside opening hours is a night, not a cloth.
        await using var edge = await LiveEdge.StartAsync(edit: yaml => yaml.Replace("\nqueue:", "\nhours:\n  - { days: t2-cn, from: \"00:00\", to: \"23:59\" }\nqueue:", StringComparison.Ordinal), cameras: true);
        await using var lab = await browser.OpenAsync(edge);
        var hall = lab.Page.Locator("[data-camera=camera-sanh]");
        await Expect(hall.Locator(".values")).ToContainTextAsync("H264 320×180", new() { Timeout = WithinMs });
        await Expect(hall.Locator(".values")).ToContainTextAsync("tiếng -");
        await Expect(hall.Locator(".values")).Not.ToContainTextAsync("đang làm quen", new() { Timeout = WithinMs });
        await Expect(lab.Device("camera-quay")).ToHaveAttributeAsync("data-state", "ready", new() { Timeout = WithinMs });
        Assert.Equal(320, await hall.Locator("img").EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)"));

        await lab.Knob("camera-sanh", "covered").ClickAsync();
        await lab.Knob("camera-quay", "cut").ClickAsync();
        await Expect(lab.Device("camera-sanh").Locator(".fault")).ToContainTextAsync("Gỡ vật che trước ống kính", new() { Timeout = WithinMs });
        await Expect(lab.Device("camera-quay")).ToHaveAttributeAsync("data-state", "absent", new() { Timeout = WithinMs });
        await Expect(lab.Page.Locator("#feed")).ToContainTextAsync("Camera sảnh: ống kính bị che", new() { Timeout = WithinMs });
        await Expect(lab.Page.Locator("#feed")).ToContainTextAsync("Camera quầy mất luồng hình", new() { Timeout = WithinMs });
        await lab.PictureAsync("cameras");

        await lab.Knob("camera-sanh", "covered").ClickAsync();
        await lab.Knob("camera-quay", "cut").ClickAsync();
        await Expect(lab.Device("camera-sanh")).ToHaveAttributeAsync("data-state", "ready", new() { Timeout = WithinMs });
        await Expect(lab.Device("camera-quay")).ToHaveAttributeAsync("data-state", "ready", new() { Timeout = WithinMs });
        lab.SaidNothing();
    }
}
