using MotCua.CloudBridge.Alerts;
using MotCua.CloudBridge.Health;
using MotCua.CloudBridge.Views;
using MotCua.Protocols;
using Xunit;

namespace MotCua.CloudBridge.Tests.Alerts;

/// <summary>Rules against the last days, before they go live.</summary>
public sealed class TryOutTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 2, 0, 0, 0, TimeSpan.FromHours(7));
    private static readonly CentreId[] Centres = [new("lam-thao"), new("cao-mai"), new("tien-kien"), new("viet-tri")];

    private readonly List<FaultView> faults = [];
    private readonly List<(CentreId, DateTimeOffset, DateTimeOffset?)> lost = [];
    private readonly List<HealthSlot> health = [];
    private readonly Dictionary<CentreId, string> regions = Centres.Take(3).ToDictionary(centre => centre, _ => "Lâm Thao");

    [Fact]
    public void A_month_is_counted_as_the_live_engine_would_have_and_twice_alike()
    {
        for (var day = 0; day < 20; day++)
        {
            Fault(Centres[3], "in-1", "printer.paper-out", day, 9 * 60, 30);
        }

        for (var i = 0; i < 10; i++)
        {
            Fault(Centres[3], "cam-1", "camera.unreachable", 3, (10 * 60) + i, 0.3);
        }

        foreach (var centre in Centres.Take(3))
        {
            lost.Add((centre, Begin.AddDays(4).AddHours(9), Begin.AddDays(4).AddHours(11)));
        }

        var result = TryOut.Run(AlertRules.Default, Past(), TestContext.Current.CancellationToken);
        Assert.Equal((22, 0, 1, 21), (result.Alerts, result.Reopened, result.Critical, result.Warning));
        Assert.Equal([("printer.paper-out", 20), ("camera.unreachable", 1), (ProvinceFaults.RegionLine, 1)], result.ByFault.Select(count => (count.Code, count.Alerts)));
        Assert.Equal("Máy in hết giấy", result.ByFault[0].Title);
        var again = TryOut.Run(AlertRules.Default, Past(), TestContext.Current.CancellationToken);
        Assert.Equal((result.Alerts, result.Told), (again.Alerts, again.Told));
    }

    [Fact]
    public void Stricter_limits_and_ignored_faults_show_what_they_would_change()
    {
        for (var i = 0; i < 12; i++)
        {
            health.Add(Slot(Centres[0], i, hot: 760));
        }

        Fault(Centres[3], "in-1", "printer.paper-out", 0, 9 * 60, 30);
        Assert.Equal(1, TryOut.Run(AlertRules.Default, Past(), TestContext.Current.CancellationToken).Alerts);
        var stricter = AlertRules.Default with { Limits = AlertRules.Default.Limits with { HotC = 75 } };
        Assert.Equal(2, TryOut.Run(stricter, Past(), TestContext.Current.CancellationToken).Alerts);
        var quiet = AlertRules.Default with { Faults = [new FaultRule("printer.paper-out", Ignore: true)] };
        Assert.Equal(0, TryOut.Run(quiet, Past(), TestContext.Current.CancellationToken).Alerts);
    }

    [Fact]
    public void Whatever_has_no_end_or_no_sense_is_played_all_the_same()
    {
        Fault(Centres[0], "in-1", "printer.paper-out", -400, 0, null);
        Fault(Centres[0], "in-2", "printer.paper-out", 5, 0, -5);
        Fault(Centres[0], "in-3", "from.a-newer-edge", 900, 0, 5);
        Assert.Equal(1, TryOut.Run(AlertRules.Default, Past(), TestContext.Current.CancellationToken).Alerts);
    }

    private PastTrouble Past() => new(Begin, Begin.AddDays(30), faults, lost, health, regions, Centres);

    private void Fault(CentreId centre, string device, string code, int day, double minute, double? minutes)
    {
        var from = Begin.AddDays(day).AddMinutes(minute);
        faults.Add(new FaultView(centre, faults.Count + 1, device, "failed", code, 1) { From = from, To = minutes is { } some ? from.AddMinutes(some) : null });
    }

    private static HealthSlot Slot(CentreId centre, int number, long hot)
    {
        Measure One(long value) => new(1, value, value, value);
        return new HealthSlot(centre, Begin.AddHours(9) + (number * HealthSlot.Length), One(0), One(0), One(0), One(100_000_000), One(hot), default, default);
    }
}
