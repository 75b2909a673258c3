using MotCua.Edge.Devices.Cameras;
using Xunit;

namespace MotCua.Devices.Tests.Cameras;

// What nobody can tell begins nothing and ends nothing.
public sealed partial class CameraWatchTests
{
    [Fact]
    public async Task What_cannot_be_judged_any_more_has_not_ended()
    {
        var rig = new CameraRig(StreamRoles.Detect | StreamRoles.Sound);
        rig.Resume(StreamRoles.Detect, CameraMatter.Covered, CameraFaults.Covered, TimeSpan.FromMinutes(10));
        rig.Eyes[0].Pictures = new StreamTrouble(CameraFaults.DecoderFailed, "ffmpeg đã thoát", rig.Time.GetTimestamp());
        await rig.RunAsync(30);
        Assert.Equal(["Degraded camera.decoder-failed"], rig.Reports.Of("cam"));
        Assert.Empty(rig.News);
        rig.Eyes[0].Pictures = null;
        await rig.RunAsync(60);
        Assert.Equal(["Covered End Detect"], rig.News.Select(news => $"{news.Matter} {news.Phase} {news.Role}"));
        Assert.True(rig.News[0].Lasted > TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task A_camera_that_was_away_and_shows_what_cannot_be_judged_is_there_again()
    {
        var rig = new CameraRig(StreamRoles.Detect);
        rig.Resume(StreamRoles.Detect, CameraMatter.Offline, CameraFaults.Unreachable, TimeSpan.FromMinutes(10));
        rig.Eyes[0].Pictures = new StreamTrouble(CameraFaults.DecoderAbsent, "không có ffmpeg", rig.Time.GetTimestamp());
        await rig.RunAsync(30);
        Assert.Equal(["Offline End"], rig.News.Select(news => $"{news.Matter} {news.Phase}"));
    }

    [Fact]
    public async Task A_sound_decoder_that_does_not_work_is_no_camera_that_hears_nothing()
    {
        var rig = new CameraRig(StreamRoles.Detect | StreamRoles.Sound);
        await rig.RunAsync(30);
        rig.Eyes[0].IsSilent = true;
        rig.Eyes[0].Undecoded = new StreamTrouble(CameraFaults.DecoderFailed, "ffmpeg không giải mã được âm thanh", rig.Time.GetTimestamp());
        await rig.RunAsync(200);
        Assert.Equal(["Ready", "Degraded camera.decoder-failed"], rig.Reports.Of("cam-sound"));
        // Nobody listened until now.
        rig.Eyes[0].Undecoded = null;
        await rig.RunAsync(50);
        Assert.Equal(["Ready", "Degraded camera.decoder-failed", "Ready"], rig.Reports.Of("cam-sound"));
        Assert.Empty(rig.News);
        await rig.RunAsync(20);
        Assert.Equal(["Deaf Start"], rig.News.Select(news => $"{news.Matter} {news.Phase}"));
    }

    [Fact]
    public async Task Where_only_numbers_tell_that_people_are_there_lights_out_after_the_last_one_is_no_broken_camera()
    {
        var rig = new CameraRig(StreamRoles.Detect);
        rig.UsedAt = rig.Time.GetTimestamp();
        await rig.RunAsync(60);
        rig.UsedAt = rig.Time.GetTimestamp();
        rig.Clip.Cover = 1;
        rig.Clip.CoverTone = 3;
        await rig.RunAsync(120);
        Assert.Equal(["Ready"], rig.Reports.Of("cam"));
        rig.UsedAt = rig.Time.GetTimestamp();
        await rig.RunAsync(30);
        Assert.Equal(["Ready", "Failed camera.picture-black"], rig.Reports.Of("cam"));
    }
}
