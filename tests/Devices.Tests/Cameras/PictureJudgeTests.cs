using System.Collections.Concurrent;
using MotCua.Edge.Devices.Cameras.Decoding;
using MotCua.Edge.Devices.Cameras.Judging;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Cameras;

/// <summary>Judges drawn clips, made by seeds: a picture every two seconds, as the watch gets them.</summary>
public sealed partial class PictureJudgeTests
{
    private const int Learning = 12;

    /// <summary>A fault is to be seen 20 s after it happened: the tenth picture.</summary>
    private const int Within = 10;

    private const int Clips = 100;

    public static TheoryData<string> Days => [.. HallDays.Kinds];

    [Theory]
    [MemberData(nameof(Days))]
    public void A_camera_that_is_well_is_believed_to_be(string day)
    {
        var wrong = Alarms(HallDays.Enough, seed =>
        {
            var watched = new WatchedClip(seed);
            foreach (var picture in HallDays.Film(day, seed))
            {
                watched.Take(picture);
            }

            return watched.Believed.Count > 0 ? string.Join(',', watched.Believed) : null;
        });
        Assert.True(wrong.Count <= 1, $"{wrong.Count} of {HallDays.Enough}: {string.Join("; ", wrong.Take(10))}");
    }

    public static TheoryData<string, PictureTrouble[]> Troubles => new()
    {
        { "covered", [PictureTrouble.Covered] },
        { "covered-at-night", [PictureTrouble.Covered, PictureTrouble.Black] },
        { "nearly-covered", [PictureTrouble.Covered] },
        { "capped", [PictureTrouble.Black] },
        { "white", [PictureTrouble.White] },
        { "frozen", [PictureTrouble.Frozen] },
        { "frozen-behind-its-clock", [PictureTrouble.Frozen] },
        { "turned", [PictureTrouble.Moved] },
        { "blurred", [PictureTrouble.Blurred] },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public void A_trouble_is_believed_within_twenty_seconds_and_its_end_as_well(string trouble, PictureTrouble[] meant)
    {
        var missed = Alarms(Clips, seed =>
        {
            var watched = new WatchedClip(seed, persons: new Random(seed).Next(0, 5));
            var (clip, chance) = (watched.Clip, new Random(seed));
            clip.Light = trouble == "covered-at-night" ? 0.3 : clip.Light;
            watched.Run(Learning);
            Break(clip, trouble, chance);
            var seen = watched.RunUntil(found => meant.Contains(found), Within);
            var told = $"{string.Join(',', watched.Believed)} {watched.Describe()}";
            Mend(clip, trouble);
            var over = watched.RunUntil(found => found == PictureTrouble.None, Within);
            return seen && over ? null : seen ? $"not over, {watched.Describe()}" : told;
        });
        Assert.True(missed.Count <= Clips / 50, $"{missed.Count} of {Clips}: {string.Join("; ", missed.Take(10))}");
    }

    [Fact]
    public void A_lens_that_is_covered_from_the_start_is_told_though_no_scene_is_known()
    {
        var watched = new WatchedClip(7);
        watched.Clip.Cover = 1;
        Assert.True(watched.RunUntil(found => found == PictureTrouble.Covered, Within));
        Assert.False(watched.Judge.KnowsScene);
        watched.Clip.Cover = 0;
        watched.Run(Learning);
        Assert.Equal((PictureTrouble.None, true), (watched.Judge.Believed, watched.Judge.KnowsScene));
    }

    [Fact]
    public void A_dark_hall_is_no_fault_when_nobody_should_be_there()
    {
        var watched = new WatchedClip(7) { IsLit = false };
        watched.Run(Learning);
        watched.Clip.Light = 0;
        watched.Run(60);
        Assert.Empty(watched.Believed);
        watched.IsLit = true; // The centre opens and it is still dark.
        Assert.True(watched.RunUntil(found => found == PictureTrouble.Black, Within));
    }

    [Fact]
    public void Half_a_minute_of_moved_furniture_is_no_turned_camera_and_a_new_view_is_taken_after_half_a_day()
    {
        var watched = new WatchedClip(7, persons: 0);
        watched.Run(Learning);
        watched.Clip.Turned = 40;
        watched.Run(5);
        watched.Clip.Turned = 0;
        watched.Run(20);
        Assert.Empty(watched.Believed);
        watched.Clip.Turned = 40;
        watched.Run(30);
        Assert.Equal([PictureTrouble.Moved], watched.Believed);
        watched.Time.Advance(PictureJudge.NewViewAfter);
        watched.Run(30);
        Assert.Equal((PictureTrouble.None, true), (watched.Judge.Believed, watched.Judge.KnowsScene));
    }

    [Fact]
    public void How_full_the_hall_is_is_told_in_three_steps()
    {
        Assert.Equal(Occupancy.Empty, Filled(0));
        Assert.Equal(Occupancy.Normal, Filled(4));
        Assert.Equal(Occupancy.Full, Filled(26));

        static Occupancy Filled(int persons)
        {
            var (empty, full) = (new WatchedClip(11, persons: 0), new HallClip(11, persons));
            empty.Run(Learning);
            for (var i = 0; i < 40; i++)
            {
                empty.Take(full.Next());
            }

            return empty.Judge.Occupancy;
        }
    }

    private static void Break(HallClip clip, string trouble, Random chance)
    {
        switch (trouble)
        {
            case "covered" or "covered-at-night":
                (clip.Cover, clip.CoverTone) = (1, chance.Next(40, 200));
                break;
            case "nearly-covered":
                (clip.Cover, clip.CoverTone) = (0.93, chance.Next(40, 200));
                break;
            case "capped":
                (clip.Cover, clip.CoverTone) = (1, chance.Next(0, 8));
                break;
            case "white":
                clip.White = true;
                break;
            case "turned":
                clip.Turned = chance.Next(18, HallClip.Width);
                break;
            case "blurred":
                clip.Blur = chance.Next(2, 5);
                break;
            default:
                (clip.Frozen, clip.HasClock) = (true, trouble == "frozen-behind-its-clock");
                break;
        }
    }

    private static void Mend(HallClip clip, string trouble) =>
        (clip.Cover, clip.White, clip.Turned, clip.Blur, clip.Frozen, clip.Light) = (0, false, 0, 0, false, trouble == "covered-at-night" ? 0.3 : clip.Light);

    private static List<string> Alarms(int clips, Func<int, string?> run)
    {
        var found = new ConcurrentBag<string>();
        Parallel.For(0, clips, seed =>
        {
            if (run(seed) is { } alarm)
            {
                found.Add($"seed {seed}: {alarm}");
            }
        });
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private sealed class WatchedClip
    {
        private PictureTrouble before;

        public WatchedClip(int seed, int? persons = null)
        {
            Clip = new HallClip(seed, persons);
            Judge = new PictureJudge(Time);
        }

        public HallClip Clip { get; }

        public ManualTime Time { get; } = new();

        public PictureJudge Judge { get; }

        public bool IsLit { get; set; } = true;

        /// <summary>Each trouble that began, in order.</summary>
        public List<PictureTrouble> Believed { get; } = [];

        public void Run(int pictures)
        {
            for (var i = 0; i < pictures; i++)
            {
                Take(Clip.Next());
            }
        }

        public bool RunUntil(Func<PictureTrouble, bool> enough, int atMost)
        {
            for (var i = 0; i < atMost; i++)
            {
                Run(1);
                if (enough(Judge.Believed))
                {
                    return true;
                }
            }

            return false;
        }

        public void Take(byte[] picture)
        {
            Time.Advance(TimeSpan.FromSeconds(2));
            var now = Judge.Take(new GreyPicture(picture), Time.GetTimestamp(), IsLit);
            if (now != before && now != PictureTrouble.None)
            {
                Believed.Add(now);
            }

            before = now;
        }

        public string Describe() => $"{Judge.Believed} {Judge.Measures}";
    }
}
