using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Assembly.Tests;

/// <summary>When a camera is judged by light: by the hours, and on a box that does not know the time by what people do.</summary>
public sealed class RoomHoursTests
{
    private const string Cameras = """

        cameras:
          - { id: cam, name: Camera, streams: [{ url: "rtsp://192.168.1.64/101", roles: record }] }
        """;

    [Fact]
    public async Task A_box_without_the_time_knows_that_the_hall_is_open_while_numbers_are_taken_and_for_half_an_hour_after()
    {
        var trust = new SettableTrust { Trust = ClockTrust.Unsynced };
        using var centre = new TestCentre(yaml: TestCentre.Yaml + Cameras, clock: trust);
        await centre.RunAsync(1);
        Assert.False(centre.Centre.CameraWatch!.Hours.IsOpen());
        Assert.Null(centre.Centre.CameraWatch!.Hours.UsedAt());
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.RunAsync(0.5);
        Assert.True(centre.Centre.CameraWatch!.Hours.IsOpen());
        Assert.True(centre.Centre.CameraWatch!.Hours.UsedAt() <= centre.Time.GetTimestamp());
        await centre.RunAsync(RoomHours.UsedFor.TotalSeconds - 5, strideMs: 5000);
        Assert.True(centre.Centre.CameraWatch!.Hours.IsOpen());
        await centre.RunAsync(10, strideMs: 5000);
        Assert.False(centre.Centre.CameraWatch!.Hours.IsOpen());
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(0.5);
        Assert.True(centre.Centre.CameraWatch!.Hours.IsOpen());
    }

    [Fact]
    public async Task A_box_that_knows_the_time_goes_by_the_hours_whatever_people_do()
    {
        using var centre = new TestCentre(yaml: TestCentre.Yaml + Cameras);
        centre.Time.StepWallClock(new DateTimeOffset(2026, 11, 23, 20, 0, 0, TimeSpan.FromHours(7)) - centre.Time.GetUtcNow());
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.RunAsync(0.5);
        Assert.False(centre.Centre.CameraWatch!.Hours.IsOpen());
        Assert.Null(centre.Centre.CameraWatch!.Hours.UsedAt());
        centre.Time.StepWallClock(TimeSpan.FromHours(-11));
        Assert.True(centre.Centre.CameraWatch!.Hours.IsOpen());
    }
}
