using MotCua.CloudBridge.Alerts;
using MotCua.Protocols.Faults;
using Xunit;

namespace MotCua.CloudBridge.Tests.Alerts;

/// <summary>Who is told when: the steps of the escalation, the calendar, acknowledging and muting.</summary>
public sealed class EscalationTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly AlertRig room = new AlertRig().With("viet-tri", "Việt Trì");

    [Fact]
    public void Nobody_takes_it_so_the_next_ones_are_told_and_in_the_end_all_of_them_hear_that_it_is_over()
    {
        room.Lose("viet-tri");
        room.Pass(TimeSpan.FromHours(3), every: TimeSpan.FromSeconds(30));
        room.Return("viet-tri");
        room.Pass(5 * Minute);
        Assert.Equal(
            [("Announced", "truc-ban"), ("Escalated", "doi-ho-tro"), ("Escalated", "lanh-dao"), ("Resolved", "doi-ho-tro,lanh-dao,truc-ban")],
            room.Notes.Where(note => note.Channels.Count > 0).Select(note => (note.Moment.ToString(), string.Join(',', note.Channels))));
        var steps = room.Notes.Where(note => note.Step > 0).Select(note => note.At - room.All[1].Opened).ToList();
        Assert.Equal([TimeSpan.Zero, 30 * Minute, 120 * Minute], steps);
    }

    [Fact]
    public void Acknowledged_it_goes_no_further()
    {
        room.Lose("viet-tri");
        room.Pass(3 * Minute);
        room.Decide(1, AlertCare.None with { AcknowledgedBy = "Trực ban", AcknowledgedAt = room.Now });
        room.Pass(TimeSpan.FromHours(3), every: Minute);
        Assert.Equal(AlertMoment.Announced, Assert.Single(room.Notes, note => note.Channels.Count > 0).Moment);
    }

    [Fact]
    public void What_gets_worse_is_told_again_and_is_nobodys_any_more()
    {
        var rules = AlertRules.Default with { Faults = [new FaultRule("tv.away", HoldSeconds: 0), new FaultRule("tv.no-answer", "critical")] };
        var hall = new AlertRig(rules).With("viet-tri");
        hall.Break("viet-tri", "tv-1", "tv.away");
        hall.Pass(Minute);
        hall.Decide(1, AlertCare.None with { AcknowledgedBy = "Trực ban", AcknowledgedAt = hall.Now });
        hall.Break("viet-tri", "tv-2", "tv.no-answer");
        hall.Pass(Minute);
        var alert = Assert.Single(hall.Open);
        Assert.Equal((Severity.Critical, null), (alert.Severity, alert.Care.AcknowledgedBy));
        Assert.Equal(["truc-ban"], Assert.Single(hall.Notes, note => note.Moment == AlertMoment.Worsened).Channels);
    }

    [Fact]
    public void At_night_a_lost_centre_waits_for_the_morning()
    {
        room.Pass(TimeSpan.FromHours(14), every: Minute);
        room.Lose("viet-tri");
        room.Pass(TimeSpan.FromHours(9), every: Minute);
        Assert.Equal((7, Severity.Notice, 0), (room.Now.Hour, Assert.Single(room.Open).Severity, room.Notes.Count(note => note.Channels.Count > 0)));
        room.Pass(TimeSpan.FromHours(1), every: Minute);
        var told = Assert.Single(room.Notes, note => note.Moment == AlertMoment.Announced);
        Assert.Equal((7, 30, Severity.Critical), (told.At.Hour, told.At.Minute, room.Open[0].Severity));
    }

    [Fact]
    public void A_step_for_any_hour_is_taken_at_Tet_and_one_for_working_hours_is_not()
    {
        var rules = AlertRules.Default with { Steps = [new EscalationStep(0, "notice", true, ["dien-thoai"]), new EscalationStep(0, "notice", false, ["van-phong"])] };
        var eve = new DateTimeOffset(2027, 2, 5, 9, 0, 0, WorkCalendar.Zone);
        var engine = new AlertEngine(rules, [], 1);
        engine.Hear(true, eve);
        engine.See(new("viet-tri"), "", true, [new PresentCause("the", "journal.write-failed", null, null)], eve);
        var later = eve.AddMinutes(5);
        Assert.Equal(["dien-thoai"], engine.Step(later).Notes.SelectMany(note => note.Channels));
        Assert.Equal(new DateTimeOffset(2027, 2, 12, 7, 30, 0, WorkCalendar.Zone), engine.Step(later).NextDue);
        Assert.Equal(["van-phong"], engine.Step(new DateTimeOffset(2027, 2, 12, 7, 30, 0, WorkCalendar.Zone)).Notes.SelectMany(note => note.Channels));
    }

    [Fact]
    public void Muted_it_stays_on_the_page_and_tells_nobody_until_the_mute_ends()
    {
        room.Lose("viet-tri");
        room.Pass(3 * Minute);
        room.Decide(1, AlertCare.None with { MutedUntil = room.Now.AddMinutes(60), MutedBy = "Trực ban" });
        room.Pass(59 * Minute, every: Minute);
        Assert.Equal((1, 1), (room.Open.Count, room.Notes.Count(note => note.Channels.Count > 0)));
        room.Pass(3 * Minute);
        Assert.Contains(room.Notes, note => note.Channels.Contains("doi-ho-tro"));
    }

    [Fact]
    public void Whatever_opens_and_ends_while_it_is_muted_tells_nobody()
    {
        room.Break("viet-tri", "cam-1", "camera.unreachable");
        room.Pass(2 * Minute);
        room.Decide(1, AlertCare.None with { MutedUntil = room.Now.AddHours(8), MutedBy = "Trực ban" });
        var told = room.Notes.Count(note => note.Channels.Count > 0);
        room.Mend("viet-tri", "cam-1");
        room.Pass(5 * Minute);
        room.Break("viet-tri", "cam-1", "camera.unreachable");
        room.Pass(5 * Minute);
        Assert.Equal((2L, told), (Assert.Single(room.Open).Openings, room.Notes.Count(note => note.Channels.Count > 0)));
    }
}
