using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Cameras.Onvif;
using MotCua.Edge.Devices.Health;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Cameras;

public sealed partial class CameraWatchTests
{
    [Fact]
    public async Task What_began_before_a_restart_and_is_over_has_its_end_with_the_whole_time_that_it_lasted()
    {
        var rig = new CameraRig(StreamRoles.Detect, StreamRoles.Record);
        rig.Resume(StreamRoles.Record, CameraMatter.Offline, CameraFaults.Unreachable, TimeSpan.FromHours(2));
        rig.Resume(StreamRoles.Detect, CameraMatter.Covered, CameraFaults.Covered, TimeSpan.FromMinutes(10));
        await rig.RunAsync(60);
        Assert.Equal(["Covered End Detect", "Offline End Record"], rig.News.Select(news => $"{news.Matter} {news.Phase} {news.Role}").Order(StringComparer.Ordinal));
        Assert.InRange(rig.News.Single(news => news.Role == StreamRoles.Record).Lasted, TimeSpan.FromHours(2), TimeSpan.FromMinutes(122));
        Assert.InRange(rig.News.Single(news => news.Role == StreamRoles.Detect).Lasted, TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(11));
    }

    [Fact]
    public async Task What_goes_on_after_a_restart_is_neither_begun_again_nor_ended_meanwhile()
    {
        var rig = new CameraRig(StreamRoles.Detect | StreamRoles.Sound);
        rig.Clip.Cover = 1;
        rig.Eyes[0].IsSilent = true;
        rig.Resume(StreamRoles.Detect, CameraMatter.Covered, CameraFaults.Covered, TimeSpan.FromMinutes(10));
        rig.Resume(StreamRoles.Sound, CameraMatter.Deaf, CameraFaults.Silent, TimeSpan.FromMinutes(10));
        await rig.RunAsync(120);
        Assert.Empty(rig.News);
        Assert.Equal(["Failed camera.lens-covered"], rig.Reports.Of("cam"));
        Assert.Equal(["Degraded camera.sound-silent"], rig.Reports.Of("cam-sound"));
        rig.Clip.Cover = 0;
        rig.Eyes[0].IsSilent = false;
        await rig.RunAsync(40);
        Assert.Equal(["Covered End", "Deaf End"], rig.News.Select(news => $"{news.Matter} {news.Phase}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_looks_different_after_a_restart_is_the_same_incident_and_another_trouble_ends_it()
    {
        var rig = new CameraRig(StreamRoles.Detect);
        rig.Clip.Cover = 1;
        rig.Clip.CoverTone = 3;
        rig.Resume(StreamRoles.Detect, CameraMatter.Covered, CameraFaults.Covered, TimeSpan.FromMinutes(10));
        await rig.RunAsync(40);
        rig.Break(CameraFaults.NoAnswer);
        await rig.RunAsync(20);
        Assert.Equal(
            ["Covered Update camera.picture-black", "Covered End camera.picture-black", "Offline Start camera.no-answer"], rig.News.Select(news => $"{news.Matter} {news.Phase} {news.Fault}"));
    }

    [Fact]
    public void Of_two_troubles_of_one_stream_the_older_ended_where_the_younger_began()
    {
        var rig = new CameraRig(StreamRoles.Detect);
        rig.Resume(StreamRoles.Detect, CameraMatter.Frozen, CameraFaults.Frozen, TimeSpan.FromMinutes(30));
        rig.Resume(StreamRoles.Detect, CameraMatter.Covered, CameraFaults.Covered, TimeSpan.FromMinutes(10));
        Assert.Equal("Frozen End 20", Assert.Single(rig.News.Select(news => $"{news.Matter} {news.Phase} {news.Lasted.TotalMinutes:0}")));
        Assert.False(rig.Watch.Resume(new CameraNews(new DeviceId("cam"), StreamRoles.Sound, CameraMatter.Deaf, CameraPhase.Start, CameraFaults.Silent, TimeSpan.Zero)));
    }

    [Fact]
    public void A_start_that_was_told_before_a_restart_has_its_end_told_after_it()
    {
        var told = new ToldNews();
        var incidents = new CameraIncidents(told, new ManualTime());
        var begun = new CameraNews(new DeviceId("cam"), StreamRoles.None, CameraMatter.Tamper, CameraPhase.Start, default, TimeSpan.FromMinutes(1)) { Noticed = NoticeKind.Tamper };
        incidents.Tell(begun with { Phase = CameraPhase.End });
        Assert.Empty(told.Phases);
        incidents.Resume(begun);
        incidents.Tell(begun with { Phase = CameraPhase.End });
        Assert.Equal([CameraPhase.End], told.Phases);
    }
}
