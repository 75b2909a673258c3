using System.Collections.Immutable;
using MotCua.Edge.Queue;
using MotCua.Fleet.Days;
using MotCua.Protocols;

namespace MotCua.Fleet.Centres;

/// <summary>Who a virtual centre is and what it offers. The same seed and number make the same one.</summary>
/// <param name="District">Centres of one district share a cable to the world; 0 to …</param>
/// <param name="TicketsADay">30 to 70 in a commune, 150 to 300 in a busy ward.</param>
internal sealed record CentreProfile(int Number, CentreId Id, string Name, int District, QueuePlan Plan, int TicketsADay)
{
    /// <summary>Neighbouring centres on one cable.</summary>
    private const int DistrictSize = 12;

    // Shares of the arrivals; the letters are those that a bad loudspeaker keeps apart.
    private static readonly (string Code, string Name, char Series, double Weight, double Minutes)[] Fields =
    [
        ("chung-thuc", "Chứng thực", 'A', 0.38, 4), ("ho-tich", "Hộ tịch", 'H', 0.18, 9), ("dat-dai", "Đất đai", 'L', 0.13, 15),
        ("bao-tro-xa-hoi", "Bảo trợ xã hội", 'X', 0.12, 11), ("ho-tro-truc-tuyen", "Hỗ trợ nộp hồ sơ trực tuyến", 'S', 0.11, 20),
        ("dang-ky-kinh-doanh", "Đăng ký kinh doanh", 'K', 0.05, 18), ("bao-hiem", "Bảo hiểm", 'M', 0.03, 10),
    ];

    private static readonly ImmutableArray<PriorityGroup> Priorities =
    [
        new(new PriorityCode("nguoi-cao-tuoi"), "người cao tuổi", TimeSpan.FromMinutes(30), "Luật 39/2009/QH12", new DateOnly(2010, 7, 1)),
        new(new PriorityCode("nguoi-khuyet-tat"), "người khuyết tật", TimeSpan.FromMinutes(30), "Luật 51/2010/QH12", new DateOnly(2011, 1, 1)),
    ];

    /// <summary>Names and kinds of what is wired, as a birth tells them.</summary>
    public IEnumerable<(string Device, string Kind)> Devices =>
    [
        .. Plan.Services.Values.OrderBy(service => service.Series).Select((_, i) => ($"nut-{i + 1}", "button")),
        .. DeviceTrouble.Kinds.Select(one => (one.Device, one.Kind)).Distinct().Where(one => one.Device != "nut-1"),
        ("journal", "service"), ("uplink", "service"), ("edge", "service"),
    ];

    /// <summary>Minutes that a service takes at its middle.</summary>
    public static double MinutesOf(ServiceCode service) => Array.Find(Fields, field => field.Code == service.Value).Minutes;

    /// <param name="number">From 1, as <see cref="PlaceNames"/> has them.</param>
    public static CentreProfile Make(int number, int seed)
    {
        var chance = DayChance.Of(seed, number, "who");
        var (id, name) = PlaceNames.Of(number);
        var fields = Fields[..chance.Next(4, Fields.Length + 1)];
        var busy = number > 1 && chance.Next(10) == 0;
        var perDay = busy ? chance.Next(150, 301) : chance.Next(30, 71);
        var minutes = fields.Sum(field => field.Weight * field.Minutes) / fields.Sum(field => field.Weight);
        // Enough that nobody waits all day: 400 minutes of work a day each.
        var counters = Math.Max(2, (int)Math.Ceiling(perDay * minutes * 1.25 / 400));
        var services = fields.Select(field => new Service(new ServiceCode(field.Code), field.Name, field.Series)).ToList();
        var plan = QueuePlan.Of(services, Enumerable.Range(1, counters).Select(i => new Counter(new CounterId(i), ServicesOf(i, counters, services, chance))));
        return new CentreProfile(number, new CentreId(id), name, (number - 1) / DistrictSize, plan with { Priorities = Priorities }, perDay);
    }

    /// <summary>What a citizen comes for.</summary>
    public ServiceCode AnyService(Random chance)
    {
        var offered = Fields.Where(field => Plan.Services.ContainsKey(new ServiceCode(field.Code))).ToList();
        var left = chance.NextDouble() * offered.Sum(field => field.Weight);
        var at = 0;
        while (at < offered.Count - 1 && left >= offered[at].Weight)
        {
            left -= offered[at++].Weight;
        }

        return new ServiceCode(offered[at].Code);
    }

    // Overlapping: the first two counters of a centre take everything between them, so that no line is without one.
    private static ImmutableHashSet<ServiceCode> ServicesOf(int counter, int counters, List<Service> services, Random chance) =>
        [.. services.Where((_, i) => counters <= 2 ? i % 2 == counter - 1 || chance.Next(2) == 0 : i % 2 == counter % 2 || chance.Next(3) == 0).Select(service => service.Code)];
}
