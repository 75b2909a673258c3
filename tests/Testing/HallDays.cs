namespace MotCua.Testing;

/// <summary>Drawn days on which a camera is well, however its pictures look: whoever blames it is wrong. Made by seeds, a picture every two seconds.</summary>
public static class HallDays
{
    /// <summary>Seconds from one picture to the next.</summary>
    public const int Pace = 2;

    /// <summary>As many of each kind, and one false alarm among them at most, say that fewer than one of a hundred is false (95 %: 0.95).</summary>
    public const int Enough = 500;

    // A quarter of a minute to know the room, then nearly a minute and a half of what may happen.
    private const int Learning = 12;
    private const int Then = 40;

    public static IReadOnlyList<string> Kinds { get; } =
    [
        "day", "night", "lights-off", "lights-on", "dusk", "dawn", "people", "a-full-hall", "empty", "flicker", "noisy", "clouds", "curtain", "headlights", "rain",
    ];

    /// <summary>The pictures of one day, oldest first.</summary>
    public static IEnumerable<byte[]> Film(string kind, int seed)
    {
        var (clip, chance) = (new HallClip(seed, kind == "empty" ? 0 : kind == "a-full-hall" ? 14 : null), new Random(seed));
        clip.HasClock = chance.Next(2) == 0;
        clip.Light = kind is "night" or "headlights" ? 0.25 + (0.2 * chance.NextDouble()) : kind == "dawn" ? 0.3 : clip.Light;
        clip.Noise = kind is "night" or "noisy" ? 3 + (3 * chance.NextDouble()) : clip.Noise;
        for (var picture = 0; picture < Learning; picture++)
        {
            yield return clip.Next();
        }

        var (before, after, most) = (clip.Light, 0.06 + (0.25 * chance.NextDouble()), chance.NextDouble());
        for (var picture = 0; picture < Then; picture++)
        {
            Change(clip, kind, picture, before, after, most);
            yield return clip.Next();
        }
    }

    private static void Change(HallClip clip, string kind, int picture, double before, double after, double most)
    {
        clip.Light = kind switch
        {
            "lights-off" => picture < 10 ? before : after,
            "lights-on" => picture is >= 10 and < 25 ? after : before,
            "dusk" => before * (1 - (0.018 * picture)),
            "dawn" => before * (1 + (0.06 * picture)),
            "flicker" => before * (picture % 2 == 0 ? 1 : 0.85),
            "clouds" => before * (0.8 + (0.2 * Math.Sin(picture * 0.7))),
            _ => before,
        };
        switch (kind)
        {
            case "curtain":
                // Drawn within some seconds before up to a third of the picture, and open again later.
                clip.Curtain = Math.Min(Math.Clamp((picture - 8) * 0.08, 0, 1), Math.Clamp((34 - picture) * 0.08, 0, 1)) * (0.1 + (0.25 * most));
                break;
            case "headlights":
                // A car turns before the door every half minute.
                clip.Beam = picture % 15 < 5 ? (picture % 15 * 26) + (most * 20) : null;
                break;
            case "rain":
                clip.Drops = (int)(picture / 40.0 * (4 + (14 * most)));
                break;
        }
    }
}
