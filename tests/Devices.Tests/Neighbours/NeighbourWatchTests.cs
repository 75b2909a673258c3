using MotCua.Edge.Devices.Neighbours;
using Xunit;

namespace MotCua.Devices.Tests.Neighbours;

public sealed class NeighbourWatchTests
{
    [Fact]
    public async Task A_neighbour_that_answers_is_ready_within_the_first_ten_seconds_and_looked_at_once_a_minute()
    {
        using var rig = new NeighbourRig(("pc", NeighbourKind.Pc, null));
        await rig.RunAsync(11);
        Assert.Equal(["Ready"], rig.Reports.Of("pc"));
        await rig.RunAsync(600);
        Assert.Equal(["Ready"], rig.Reports.Of("pc"));
        var pauses = rig["pc"].LooksAt.Zip(rig["pc"].LooksAt.Skip(1), (a, b) => (b - a) / TimeSpan.TicksPerSecond).ToList();
        Assert.All(pauses, pause => Assert.InRange(pause, 54, 67));
        Assert.True(pauses.Distinct().Count() > 1, "no jitter");
    }

    [Theory]
    [InlineData("refused", "Absent neighbour.pc-silent", "PC (tcp 10.0.0.1:1): No route to host.")]
    [InlineData("slow", "Absent neighbour.pc-silent", "PC (tcp 10.0.0.1:1): không trả lời trong 5 s")]
    [InlineData("hangs", "Absent neighbour.pc-silent", "PC (tcp 10.0.0.1:1): không trả lời trong 5 s")]
    [InlineData("rubbish", "Degraded neighbour.bad-answer", "PC (tcp 10.0.0.1:1): trả lời không phải HTTP")]
    [InlineData("throws", "Degraded neighbour.bad-answer", "PC (tcp 10.0.0.1:1): NotSupportedException: a defect of ours")]
    [InlineData("paper-out", "Failed neighbour.paper-out", "PC (tcp 10.0.0.1:1): media-empty-error")]
    public async Task Three_bad_looks_make_a_fault_and_two_good_ones_end_it(string does, string fault, string detail)
    {
        using var rig = new NeighbourRig(("pc", NeighbourKind.Pc, null));
        await rig.RunAsync(12);
        rig["pc"].Does = does;
        await rig.RunAsync(62);
        Assert.Equal(["Ready"], rig.Reports.Of("pc"));
        await rig.RunAsync(45);
        Assert.Equal(["Ready", fault], rig.Reports.Of("pc"));
        Assert.Equal(detail, rig.Reports.All[^1].Detail);
        rig["pc"].Does = "well";
        rig["pc"].Hanging.SetResult();
        await rig.RunAsync(80);
        Assert.Equal(["Ready", fault, "Ready"], rig.Reports.Of("pc"));
    }

    [Fact]
    public async Task A_router_that_the_box_may_not_look_at_is_told_so_and_is_neither_up_nor_down()
    {
        using var rig = new NeighbourRig(("router", NeighbourKind.Router, null), ("pc", NeighbourKind.Pc, "router"));
        rig["router"].Does = "forbidden";
        rig["pc"].Does = "refused";
        await rig.RunAsync(120);
        Assert.Equal(["Degraded neighbour.ping-forbidden"], rig.Reports.Of("router"));
        Assert.Equal("ROUTER (tcp 10.0.0.1:1): nhân không cho mở socket ICMP", rig.Reports.All.Single(report => report.Device.Value == "router").Detail);
        // It can clear nobody, so it shields nobody either.
        Assert.Equal(["Absent neighbour.pc-silent"], rig.Reports.Of("pc"));
        rig["router"].Does = "well";
        await rig.RunAsync(120);
        Assert.Equal(["Degraded neighbour.ping-forbidden", "Ready"], rig.Reports.Of("router"));
    }

    [Fact]
    public async Task What_is_believed_of_a_silent_router_stands_while_the_box_may_not_look()
    {
        using var rig = new NeighbourRig(("router", NeighbourKind.Router, null), ("internet", NeighbourKind.Internet, "router"));
        await rig.RunAsync(12);
        (rig["router"].Does, rig["internet"].Does) = ("refused", "refused");
        await rig.RunAsync(120);
        rig["router"].Does = "forbidden";
        await rig.RunAsync(120);
        Assert.Equal(["Ready", "Absent neighbour.router-silent"], rig.Reports.Of("router"));
        Assert.Equal(["Ready"], rig.Reports.Of("internet"));
        (rig["router"].Does, rig["internet"].Does) = ("well", "well");
        await rig.RunAsync(120);
        Assert.Equal(["Ready", "Absent neighbour.router-silent", "Ready"], rig.Reports.Of("router"));
    }

    [Fact]
    public async Task A_look_that_was_not_made_is_no_answer_of_a_router_that_clears_it()
    {
        // router answers, internet cannot be looked at, portal is silent: the router, which stands between too, must be asked first.
        using var rig = new NeighbourRig(("router", NeighbourKind.Router, null), ("internet", NeighbourKind.Internet, "router"), ("portal", NeighbourKind.Portal, "internet"));
        rig["internet"].Does = "forbidden";
        await rig.RunAsync(12);
        (rig["router"].Does, rig["portal"].Does) = ("refused", "refused");
        await rig.RunAsync(200);
        Assert.Equal(["Ready", "Absent neighbour.router-silent"], rig.Reports.Of("router"));
        Assert.Equal(["Ready"], rig.Reports.Of("portal"));
    }

    [Fact]
    public async Task A_line_that_flaps_is_no_fault()
    {
        using var rig = new NeighbourRig(("pc", NeighbourKind.Pc, null));
        for (var i = 0; i < 200; i++)
        {
            rig["pc"].Does = i % 3 == 0 ? "well" : "refused";
            var before = rig["pc"].Looks;
            while (rig["pc"].Looks == before)
            {
                await rig.RunAsync(1);
            }
        }

        Assert.Equal(["Ready"], rig.Reports.Of("pc"));
    }

    [Fact]
    public async Task Neighbours_that_hang_for_ever_hold_up_nobody_else()
    {
        using var rig = new NeighbourRig([.. Enumerable.Range(0, 9).Select(i => ($"pc{i}", NeighbourKind.Pc, (string?)null))]);
        for (var i = 0; i < 8; i++)
        {
            rig[$"pc{i}"].Does = "hangs";
        }

        await rig.RunAsync(30);
        Assert.Equal(["Ready"], rig.Reports.Of("pc8"));
        await rig.RunAsync(300);
        Assert.InRange(rig["pc8"].Looks, 4, 8);
        Assert.All(Enumerable.Range(0, 8), i => Assert.Equal(1, rig[$"pc{i}"].Looks));
        rig["pc0"].Does = "well";
        rig["pc0"].Hanging.SetResult();
        await rig.RunAsync(90);
        Assert.Equal(["Absent neighbour.pc-silent", "Ready"], rig.Reports.Of("pc0"));
    }

    [Fact]
    public async Task Few_are_looked_at_at_the_same_time()
    {
        using var rig = new NeighbourRig([.. Enumerable.Range(0, 12).Select(i => ($"pc{i}", NeighbourKind.Pc, (string?)null))]);
        foreach (var probe in rig.Probes.Values)
        {
            probe.Does = "slow";
        }

        rig.Time.Advance(TimeSpan.FromSeconds(11));
        await rig.StepAsync();
        Assert.Equal(4, rig.Probes.Values.Sum(probe => probe.Looks));
        rig.Time.Advance(TimeSpan.FromSeconds(5));
        await rig.StepAsync();
        Assert.Equal(8, rig.Probes.Values.Sum(probe => probe.Looks));
    }

    [Fact]
    public async Task While_nothing_is_due_the_loop_rests()
    {
        using var rig = new NeighbourRig(("pc", NeighbourKind.Pc, null));
        await rig.RunAsync(12);
        Assert.InRange(await rig.StepAsync(), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(66));
    }

    [Fact]
    public async Task A_router_that_is_down_is_the_only_fault_and_names_what_stands_behind_it()
    {
        using var rig = new NeighbourRig(("portal", NeighbourKind.Portal, "line"), ("line", NeighbourKind.Internet, "router"), ("router", NeighbourKind.Router, null), ("pc", NeighbourKind.Pc, null));
        await rig.RunAsync(12);
        foreach (var id in (string[])["portal", "line", "router"])
        {
            rig[id].Does = "refused";
        }

        await rig.RunAsync(600);
        Assert.Equal(["Ready", "Absent neighbour.router-silent"], rig.Reports.Of("router"));
        Assert.EndsWith("No route to host.; phía sau: LINE", rig.Reports.All.Last(r => r.Device.Value == "router").Detail, StringComparison.Ordinal);
        Assert.Equal(["Ready"], rig.Reports.Of("line"));
        Assert.Equal(["Ready"], rig.Reports.Of("portal"));
        Assert.Equal(["Ready"], rig.Reports.Of("pc"));
        var looks = rig["line"].Looks;
        await rig.RunAsync(600);
        Assert.Equal(looks, rig["line"].Looks);

        rig["router"].Does = "well";
        await rig.RunAsync(240);
        Assert.Equal(["Ready", "Absent neighbour.router-silent", "Ready"], rig.Reports.Of("router"));
        Assert.Equal(["Ready", "Absent neighbour.internet-lost"], rig.Reports.Of("line"));
        Assert.Equal(["Ready"], rig.Reports.Of("portal"));
        rig["line"].Does = "well";
        await rig.RunAsync(240);
        Assert.Equal(["Ready", "Absent neighbour.internet-lost", "Ready"], rig.Reports.Of("line"));
        Assert.Equal(["Ready", "Absent neighbour.portal-silent"], rig.Reports.Of("portal"));
    }

    [Fact]
    public async Task A_line_is_blamed_only_after_the_router_has_answered_since()
    {
        using var rig = new NeighbourRig(("line", NeighbourKind.Internet, "router"), ("router", NeighbourKind.Router, null));
        await rig.RunAsync(12);
        rig["line"].Does = "refused";
        rig["router"].Does = "hangs";
        await rig.RunAsync(600);
        Assert.Equal(["Ready"], rig.Reports.Of("line"));
        Assert.Equal(["Ready", "Absent neighbour.router-silent"], rig.Reports.Of("router"));
        rig["router"].Does = "well";
        rig["router"].Hanging.SetResult();
        await rig.RunAsync(120);
        Assert.Equal(["Ready", "Absent neighbour.internet-lost"], rig.Reports.Of("line"));
    }

    [Fact]
    public async Task A_printer_that_answers_is_blamed_for_its_paper_whatever_it_depends_on()
    {
        using var rig = new NeighbourRig(("printer", NeighbourKind.OfficePrinter, "router"), ("router", NeighbourKind.Router, null));
        await rig.RunAsync(12);
        rig["printer"].Does = "paper-out";
        for (var before = rig["printer"].Looks; rig["printer"].Looks < before + 2;)
        {
            await rig.RunAsync(1);
        }

        rig["router"].Does = "hangs";
        await rig.RunAsync(14);
        Assert.Equal(["Ready", "Failed neighbour.paper-out"], rig.Reports.Of("printer"));
    }

    [Fact]
    public void Who_depends_on_a_stranger_is_refused() =>
        Assert.Throws<ArgumentException>(() => new NeighbourRig(("line", NeighbourKind.Internet, "router")));
}
