using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Loop.Tests;

public sealed class OpenIncidentsTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 23, 7, 30, 0, TimeSpan.FromHours(7));

    [Fact]
    public void What_begins_at_a_camera_is_open_until_its_end_and_what_goes_on_keeps_its_beginning()
    {
        var open = OpenIncidents.None;
        Then(new CameraOffline("cam", "record", "camera.unreachable"), 0);
        Then(new CameraOffline("cam", "recording", "camera.not-recording"), 1);
        Then(new CameraCovered("cam", "start", "covered", 0), 2);
        Then(new CameraCovered("cam", "update", "black", 60), 3);
        Then(new CameraMotion("cam", "start", "motion", 0), 4);
        Then(new CameraMotion("cam", "start", "sound", 0), 5);
        Then(new CameraDeaf("other", "start", "silent", 0), 6);
        Assert.Equal(6, open.Count);
        var covered = open.Values.Single(one => one.Matter == "covered");
        Assert.Equal(("black", Morning.AddMinutes(2)), (covered.Look, covered.At));
        Then(new CameraOnline("cam", "record", 60), 7);
        Then(new CameraMotion("cam", "end", "sound", 60), 8);
        Then(new CameraDeaf("cam", "end", "silent", 60), 9);
        Assert.Equal(["covered", "deaf", "motion", "offline"], open.Values.Select(one => one.Matter).Order(StringComparer.Ordinal));
        Then(new CameraUnsure("cam", "service"), 10);
        Then(new CameraUnsure("cam", "recording"), 10);
        Then(new CameraUnsure("cam", "detect"), 10);
        Assert.Equal("other", Assert.Single(open.Values).Camera);

        void Then(EventData data, int minutes) => open = open.Then(data, Morning.AddMinutes(minutes));
    }

    [Fact]
    public void A_journal_that_names_cameras_without_end_fills_no_memory()
    {
        var open = Enumerable.Range(0, 2 * OpenIncidents.Most).Aggregate(OpenIncidents.None, (known, i) => known.Then(new CameraTamper($"cam-{i}", "start", 0), Morning));
        Assert.Equal(OpenIncidents.Most, open.Count);
        Assert.Same(open, open.Then(new CameraTamper("cam-9999", "start", 0), Morning));
        Assert.Equal(OpenIncidents.Most - 1, open.Then(new CameraTamper("cam-7", "end", 5), Morning).Count);
    }
}
