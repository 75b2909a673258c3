using MotCua.Edge.Devices.Cameras.Judging;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Cameras;

public sealed partial class PictureJudgeTests
{
    [Fact]
    public void Without_light_a_view_is_not_judged_and_by_light_it_is_at_once()
    {
        var wrong = Alarms(Clips, seed =>
        {
            var (watched, chance) = (new WatchedClip(seed), new Random(seed));
            watched.Run(Learning);
            watched.IsLit = false;
            switch (seed % 3)
            {
                case 0:
                    watched.Clip.Turned = chance.Next(18, HallClip.Width);
                    break;
                case 1:
                    watched.Clip.Blur = chance.Next(2, 5);
                    break;
                default:
                    (watched.Clip.Cover, watched.Clip.CoverTone) = (1, chance.Next(10, 50));
                    break;
            }

            watched.Run(40);
            var told = string.Join(',', watched.Believed);
            watched.IsLit = true;
            return told.Length > 0 ? told : watched.RunUntil(found => found != PictureTrouble.None, Within) ? null : $"not told by light, {watched.Describe()}";
        });
        Assert.True(wrong.Count <= Clips / 50, $"{wrong.Count} of {Clips}: {string.Join("; ", wrong.Take(10))}");
    }

    [Fact]
    public void A_trouble_of_the_view_lasts_through_the_night_and_only_hours_with_light_make_it_the_new_view()
    {
        var watched = new WatchedClip(7, persons: 0);
        watched.Run(Learning);
        watched.Clip.Blur = 3;
        Assert.True(watched.RunUntil(found => found == PictureTrouble.Blurred, Within));
        watched.IsLit = false;
        watched.Clip.Light = 0.02;
        watched.Run(20);
        watched.Time.Advance(2 * PictureJudge.NewViewAfter);
        watched.Run(20);
        Assert.Equal(PictureTrouble.Blurred, watched.Judge.Believed);
        (watched.IsLit, watched.Clip.Light) = (true, 1);
        watched.Run(20);
        Assert.Equal([PictureTrouble.Blurred], watched.Believed);
        Assert.Equal(PictureTrouble.Blurred, watched.Judge.Believed);
        watched.Time.Advance(PictureJudge.NewViewAfter);
        watched.Run(30);
        Assert.Equal((PictureTrouble.None, true), (watched.Judge.Believed, watched.Judge.KnowsScene));
    }
}
