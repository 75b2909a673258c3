using MotCua.CloudBridge.Alerts;
using MotCua.CloudBridge.Fleet;
using MotCua.Protocols;
using MotCua.Protocols.Faults;
using Xunit;

namespace MotCua.CloudBridge.Tests.Alerts;

/// <summary>Simulated outages: what an operator is shown of each.</summary>
public sealed class OutageTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly AlertRig room = new AlertRig()
        .With("lam-thao", "Lâm Thao").With("cao-mai", "Lâm Thao").With("tien-kien", "Lâm Thao").With("hy-cuong", "Lâm Thao")
        .With("viet-tri", "Việt Trì").With("tien-cat", "Việt Trì").With("gia-cam", "Việt Trì");

    [Fact]
    public void The_line_of_a_district_is_one_alert_with_its_centres_although_they_are_noticed_one_after_another()
    {
        foreach (var centre in new[] { "lam-thao", "cao-mai", "tien-kien", "hy-cuong" })
        {
            room.Lose(centre);
            room.Pass(TimeSpan.FromSeconds(20));
        }

        room.Pass(3 * Minute);
        var alert = Assert.Single(room.Open);
        Assert.Equal((RootKey.LineOf("Lâm Thao"), Severity.Critical, 1), (alert.Root, alert.Severity, room.All.Count));
        Assert.Equal(["cao-mai", "hy-cuong", "lam-thao", "tien-kien"], alert.Centres.Select(centre => centre.Value));
        Assert.Equal(
            "Lâm Thao: 4 trung tâm (cao-mai, hy-cuong, lam-thao, tien-kien)", AlertWords.Place(alert.Root, alert.Centres, centre => centre.Value));

        room.Return("lam-thao", "cao-mai", "tien-kien", "hy-cuong");
        room.Pass(3 * Minute);
        Assert.Empty(room.Open);
        Assert.Equal([AlertMoment.Opened, AlertMoment.Announced, AlertMoment.Resolved], room.Notes.Select(note => note.Moment));
    }

    [Fact]
    public void A_centre_that_was_lost_before_its_district_goes_over_to_the_districts_alert()
    {
        room.Lose("lam-thao");
        room.Pass(4 * Minute);
        Assert.Equal(RootKind.Centre, Assert.Single(room.Open).Root.Kind);
        room.Lose("cao-mai", "tien-kien");
        room.Pass(4 * Minute);
        Assert.Equal(RootKey.LineOf("Lâm Thao"), Assert.Single(room.Open).Root);
        Assert.Equal((2, room.All[2].Id), (room.All.Count, room.All[1].MergedInto));
        Assert.Equal(AlertMoment.Merged, Assert.Single(room.Notes, note => note.Alert.Id == 1 && note.Moment > AlertMoment.Announced).Moment);
    }

    [Fact]
    public void Most_of_the_province_at_once_is_the_broker_and_not_a_hundred_centres()
    {
        room.Lose("lam-thao", "cao-mai", "tien-kien", "viet-tri", "tien-cat");
        room.Pass(4 * Minute);
        Assert.Equal(RootKey.Province, Assert.Single(room.Open).Root);
        Assert.Equal(5, room.Open[0].Centres.Count);
    }

    [Fact]
    public void Two_centres_of_two_districts_are_two_alerts()
    {
        room.Lose("lam-thao", "viet-tri");
        room.Pass(4 * Minute);
        Assert.Equal(["lam-thao", "viet-tri"], room.Open.Select(alert => alert.Root.Scope).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_flapping_camera_is_one_alert_with_a_count()
    {
        for (var i = 0; i < 12; i++)
        {
            room.Break("viet-tri", "cam-1", "camera.unreachable");
            room.Pass(TimeSpan.FromSeconds(10)); // Never as long as its hold-down.
            room.Mend("viet-tri", "cam-1");
            room.Pass(TimeSpan.FromSeconds(20));
        }

        var alert = Assert.Single(room.Open);
        Assert.Equal(12, Assert.Single(alert.Causes.Values).Onsets);
        Assert.Equal("Chập chờn: 12 lần", AlertWords.Flapping(alert));
        room.Pass(9 * Minute);
        Assert.Single(room.Open);
        room.Pass(2 * Minute);
        Assert.Empty(room.Open);
        Assert.Single(room.All);
    }

    [Fact]
    public void A_blink_makes_no_alert_and_a_fault_that_comes_back_soon_opens_the_same_one_again()
    {
        room.Break("viet-tri", "cam-1", "camera.unreachable");
        room.Pass(TimeSpan.FromSeconds(30));
        room.Mend("viet-tri", "cam-1");
        room.Pass(5 * Minute);
        Assert.Empty(room.All);

        room.Break("viet-tri", "in-1", "printer.paper-out");
        room.Pass(Minute);
        room.Mend("viet-tri", "in-1");
        room.Pass(10 * Minute);
        Assert.Empty(room.Open);
        room.Break("viet-tri", "in-1", "printer.paper-out");
        room.Pass(Minute);
        Assert.Equal((1L, 2L), (Assert.Single(room.Open).Id, room.Open[0].Openings));
        room.Mend("viet-tri", "in-1");
        room.Pass(40 * Minute);
        room.Break("viet-tri", "in-1", "printer.paper-out");
        room.Pass(Minute);
        Assert.Equal(2, Assert.Single(room.Open).Id);
    }

    [Fact]
    public void A_power_cut_that_the_box_survives_is_one_alert_and_not_one_for_each_device()
    {
        room.Break("viet-tri", "in-1", "printer.offline");
        room.Pass(TimeSpan.FromSeconds(5));
        room.Break("viet-tri", "tv-1", "tv.away");
        room.Break("viet-tri", "cam-1", "camera.unreachable");
        room.Break("viet-tri", "may-tinh-1", "neighbour.pc-silent");
        room.Break("viet-tri", "may-tinh-2", "neighbour.pc-silent");
        room.Pass(7 * Minute);
        var alert = Assert.Single(room.Open);
        Assert.Equal((RootKey.PowerOf(new CentreId("viet-tri")), 5, 1), (alert.Root, alert.Causes.Count, room.All.Count));
    }

    [Fact]
    public void A_power_cut_that_takes_the_box_too_is_one_alert_until_all_devices_are_up_again()
    {
        room.Break("viet-tri", "cam-1", "camera.unreachable");
        room.Pass(TimeSpan.FromSeconds(40));
        room.Lose("viet-tri");
        room.Pass(10 * Minute);
        Assert.Equal(RootKind.Centre, Assert.Single(room.Open).Root.Kind);
        room.Return("viet-tri");
        room.Break("viet-tri", "tv-1", "tv.away");
        room.Pass(90 * TimeSpan.FromSeconds(1));
        room.Mend("viet-tri", "cam-1");
        room.Pass(5 * Minute);
        Assert.Equal(["tv-1"], Assert.Single(room.Open).Causes.Values.Where(cause => cause.Ended is null).Select(cause => cause.Key.Subject));
        room.Mend("viet-tri", "tv-1");
        room.Pass(3 * Minute);
        Assert.Empty(room.Open);
        Assert.DoesNotContain(room.All.Values, alert => alert.Root.Kind == RootKind.Fault && alert.MergedInto is null);
    }

    [Fact]
    public void What_was_broken_long_before_the_line_went_stays_an_alert_of_its_own()
    {
        room.Break("viet-tri", "in-1", "printer.paper-out");
        room.Pass(30 * Minute);
        room.Lose("viet-tri");
        room.Pass(5 * Minute);
        Assert.Equal([RootKind.Fault, RootKind.Centre], room.Open.Select(alert => alert.Root.Kind).Order());
    }

    [Fact]
    public void What_depends_on_the_router_is_in_the_routers_alert_whichever_is_noticed_first()
    {
        room.Break("viet-tri", "cam-1", "camera.unreachable");
        room.Pass(2 * Minute);
        Assert.Equal("camera.unreachable", Assert.Single(room.Open).Root.Code);
        room.Break("viet-tri", "router", "neighbour.router-silent");
        room.Break("viet-tri", "internet", "neighbour.internet-lost");
        room.Break("viet-tri", "cong-dich-vu", "neighbour.portal-silent");
        room.Pass(5 * Minute);
        var alert = Assert.Single(room.Open);
        Assert.Equal(("neighbour.router-silent", 4), (alert.Root.Code, alert.Causes.Count));

        // The router is back, one camera is not: it stays where people look for it.
        room.Mend("viet-tri", "router");
        room.Mend("viet-tri", "internet");
        room.Mend("viet-tri", "cong-dich-vu");
        room.Pass(5 * Minute);
        Assert.Equal(alert.Id, Assert.Single(room.Open).Id);
    }

    [Fact]
    public void A_bridge_that_was_off_itself_opens_no_flood()
    {
        room.Break("viet-tri", "in-1", "printer.paper-out");
        room.Pass(Minute);
        room.Restart(off: TimeSpan.FromHours(3));
        // While centres say one after another how they are, and the broker still tells of some that they are lost.
        room.Lose("lam-thao", "cao-mai", "tien-kien", "viet-tri", "tien-cat");
        room.Pass(TimeSpan.FromSeconds(30));
        room.Return("lam-thao", "cao-mai", "tien-kien", "viet-tri", "tien-cat");
        room.Pass(10 * Minute);
        Assert.Equal([1L], room.All.Keys);
        Assert.Single(room.Open);
        Assert.Single(room.Notes, note => note.Moment == AlertMoment.Announced);
    }

    [Fact]
    public void While_the_bridge_hears_nobody_nothing_opens()
    {
        room.Hear(false);
        room.Lose("viet-tri");
        room.Pass(10 * Minute);
        Assert.Empty(room.All);
        room.Hear(true);
        room.Pass(TimeSpan.FromSeconds(50));
        Assert.Empty(room.All);
        room.Pass(Minute);
        Assert.Single(room.Open);
    }

    [Fact]
    public void A_centre_whose_clock_is_wrong_is_dated_by_the_bridge_and_told_so()
    {
        room.Health = new HealthSituation(room.Now.AddYears(-3), room.Now, 0, 50, null, 10_000_000_000, "holdover");
        var faults = new DeviceFault[] { new("in-1", "printer", "printer.paper-out", null, room.Now.AddYears(20)), new("cam-1", "camera", "camera.unreachable", null, room.Now.AddYears(-3)) };
        var causes = Conditions.Of(new CentreSituation(new CentreId("viet-tri"), "viet-tri", "online", room.Now, faults, room.Health), room.Rules, _ => false, room.Now);
        Assert.Equal([ProvinceFaults.ClockWrong, "camera.unreachable", "printer.paper-out"], causes.Select(cause => cause.Code));
        Assert.All(causes, cause => Assert.Null(cause.Since));
    }

    [Fact]
    public void A_machine_that_is_switched_off_matters_while_people_work_and_not_at_night()
    {
        room.Stop("viet-tri");
        room.Pass(6 * Minute);
        Assert.Equal(ProvinceFaults.CentreStopped, Assert.Single(room.Open).Root.Code);
        room.Pass(TimeSpan.FromHours(10), every: Minute);
        Assert.Empty(room.Open);
    }

    [Fact]
    public void A_hot_machine_is_one_alert_until_it_is_clearly_cooler()
    {
        foreach (var degrees in new[] { 81, 79, 81, 78 })
        {
            room.Health = new HealthSituation(room.Now, room.Now, 0, degrees, null, 10_000_000_000, "synced");
            room.Pass(6 * Minute);
        }

        Assert.Equal(7, room.Open.Count);
        room.Health = new HealthSituation(room.Now, room.Now, 0, 60, null, 10_000_000_000, "synced");
        room.Pass(3 * Minute);
        Assert.Empty(room.Open);
        Assert.Equal(7, room.All.Count);
    }
}
