using System.Text;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Queue;
using Xunit;

namespace MotCua.Edge.Configuration.Tests;

public sealed class QueueSectionTests
{
    private const string Full = TestCentre.Yaml + """

        priorities:
          - { group: nguoi-cao-tuoi, label: người cao tuổi, credit: 30m, basis: "Luật 39/2009/QH12", from: 2010-07-01 }
          - { group: nguoi-khuyet-tat, label: người khuyết tật, credit: 1h, basis: "Luật 51/2010/QH12", from: 2011-01-01 }
        hours:
          - { days: t2-t6, from: "07:30", to: "11:30", last-ticket: "11:15" }
          - { days: "t2, t4", from: "13:30", to: "17:00" }
        queue: { overtaking-cap: 3, guard: 0s, calls-before-missed: 2, missed-after: 20s, return-window: 45m, appointment-lateness: 10m, undo-window: 8s, direct-hold: 2m }
        """;

    [Fact]
    public void Priorities_hours_and_times_stand_as_the_file_says()
    {
        var plan = Parse(Full).Plan;
        Assert.Equal([("nguoi-cao-tuoi", 30.0), ("nguoi-khuyet-tat", 60.0)], plan.Priorities.Select(p => (p.Code.Value, p.Credit.TotalMinutes)));
        Assert.Equal(new OpenSpan(DayOfWeek.Monday, new TimeOnly(7, 30), new TimeOnly(11, 30), new TimeOnly(11, 15)), plan.Hours[0]);
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Monday, DayOfWeek.Wednesday], plan.Hours.Select(h => h.Day));
        Assert.Equal((3, TimeSpan.Zero, 2, TimeSpan.FromSeconds(20)), (plan.OvertakingCap, plan.Timing.Guard, plan.Timing.CallsBeforeMissed, plan.Timing.MissedAfter));
        Assert.Equal((TimeSpan.FromMinutes(45), TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(8)), (plan.Timing.ReturnWindow, plan.Timing.AppointmentLateness, plan.Timing.UndoWindow));
        Assert.Equal(TimeSpan.FromMinutes(2), plan.Timing.DirectHold);
    }

    [Fact]
    public void Without_them_the_usual_values_stand()
    {
        var plan = Parse(TestCentre.Yaml).Plan;
        Assert.Equal(new QueueTiming(), plan.Timing);
        Assert.Equal((5, 0, 0), (plan.OvertakingCap, plan.Priorities.Length, plan.Hours.Length));
        Assert.Equal(2, plan.Services.Count);
    }

    [Fact]
    public void A_quota_and_a_self_service_counter_are_read()
    {
        var plan = Parse(TestCentre.Yaml
            .Replace("series: A }", "series: A, quota: 60 }", StringComparison.Ordinal)
            .Replace("services: [ho-tich] }", "services: [ho-tich], self-service: true, free-after: 20m }", StringComparison.Ordinal)).Plan;
        Assert.Equal(60, plan.Services[new ServiceCode("chung-thuc")].Quota);
        Assert.Equal((true, TimeSpan.FromMinutes(20)), (plan.Counters[new CounterId(2)].SelfService, plan.Counters[new CounterId(2)].FreeAfter));
    }

    [Theory]
    [InlineData("credit: 30m", "credit: 5h", "priorities[0].credit")]
    [InlineData("credit: 30m", "credit: 30", "priorities[0].credit")]
    [InlineData("credit: 30m", "credit: ''", "priorities[0].credit")]
    [InlineData("from: 2010-07-01", "from: 01/07/2010", "priorities[0].from")]
    [InlineData("group: nguoi-cao-tuoi", "group: Người già", "priorities[0].group")]
    [InlineData("days: t2-t6", "days: t6-t2", "hours[0].days")]
    [InlineData("days: t2-t6", "days: mon", "hours[0].days")]
    [InlineData("from: \"07:30\"", "from: \"7h30\"", "hours[0].from")]
    [InlineData("from: \"07:30\"", "from: \"12:30\"", "hours[0]")]
    [InlineData("last-ticket: \"11:15\"", "last-ticket: \"11:45\"", "hours[0]")]
    [InlineData("overtaking-cap: 3", "overtaking-cap: 101", "queue.overtaking-cap")]
    [InlineData("guard: 0s", "guard: 1m", "queue.guard")]
    [InlineData("guard: 0s", "gard: 0s", "queue")]
    [InlineData("series: H }", "series: H, quota: 0 }", "services[1].quota")]
    [InlineData("services: [ho-tich] }", "services: [ho-tich], free-after: 20m }", "counters[1]")]
    [InlineData("press: next 1", "press: ticket chung-thuc nguoi-gia", "devices.buttons[1].press")]
    [InlineData("press: next 1", "press: help Sảnh", "devices.buttons[1].press")]
    public void What_is_wrong_is_told_where_it_stands(string good, string bad, string path)
    {
        Assert.Contains(good, Full, StringComparison.Ordinal);
        var error = Assert.Throws<ConfigurationException>(() => Parse(Full.Replace(good, bad, StringComparison.Ordinal))).Errors[0];
        Assert.Equal(path, error.Path);
    }

    [Theory]
    [InlineData("ticket chung-thuc nguoi-cao-tuoi", PressAction.Ticket)]
    [InlineData("serve 1", PressAction.Serve)]
    [InlineData("missed 2", PressAction.Missed)]
    [InlineData("free 2", PressAction.Free)]
    [InlineData("help sanh", PressAction.Help)]
    public void A_button_may_ask_for_anything_that_a_hand_needs(string press, PressAction action) =>
        Assert.Equal(action, Parse(Full.Replace("press: next 1", $"press: {press}", StringComparison.Ordinal)).Buttons[1].Press.Action);

    private static CentreOptions Parse(string yaml) => CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(yaml));
}
