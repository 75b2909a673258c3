using MotCua.Edge.Queue;

namespace MotCua.Bench.Forecast;

/// <summary>A service of the simulated centres: how much it is asked for, and how long it takes.</summary>
/// <param name="Weight">Share of the arrivals, before each centre's own taste.</param>
/// <param name="Minutes">Draws one service on a usual day with a usual clerk.</param>
/// <param name="MeanMinutes">Of <paramref name="Minutes"/>; only to decide how many counters a centre opens.</param>
internal sealed record WorldService(ServiceCode Code, string Name, double Weight, double MeanMinutes, Func<Random, double> Minutes)
{
    /// <summary>Unequal on purpose, and of five families of curves, so that a good figure is not owed to a shared assumption.</summary>
    public static WorldService[] All { get; } =
    [
        new(new("chung-thuc"), "Chứng thực", 0.40, 3.4, random => random.LogNormal(3, 0.5)),
        new(new("ho-tich"), "Hộ tịch", 0.18, 9, random => random.Gamma(3, 3)),

        // Two kinds of visit behind one button: a question, or a whole file.
        new(new("dat-dai"), "Đất đai", 0.12, 16.8, random => random.NextDouble() < 0.55 ? random.LogNormal(7, 0.35) : random.LogNormal(26, 0.3)),
        new(new("bao-tro-xa-hoi"), "Bảo trợ xã hội", 0.12, 12, random => 2 + random.Gamma(2, 5)),
        new(new("dang-ky-kinh-doanh"), "Đăng ký kinh doanh", 0.06, 20.4, random => random.LogNormal(18, 0.5)),

        // Filing online with help; one in thirty fights with the portal, with a heavy tail, up to two hours.
        new(new("nop-truc-tuyen"), "Hỗ trợ nộp hồ sơ trực tuyến", 0.12, 24.2,
            random => random.NextDouble() < 1.0 / 30 ? Math.Min(120, 25 * Math.Pow(1 - random.NextDouble(), -1 / 1.8)) : random.Weibull(2, 26)),
    ];
}
