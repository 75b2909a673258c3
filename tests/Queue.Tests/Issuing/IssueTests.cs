using Xunit;

namespace MotCua.Edge.Queue.Tests;

public sealed class IssueTests
{
    private static readonly QueuePlan Hours = Hall.Plan with
    {
        Hours =
        [
            new OpenSpan(DayOfWeek.Monday, new TimeOnly(7, 30), new TimeOnly(11, 30), new TimeOnly(11, 15)),
            new OpenSpan(DayOfWeek.Monday, new TimeOnly(13, 30), new TimeOnly(17, 0)),
        ],
    };

    [Theory]
    [InlineData("07:29:59", "outside-hours")]
    [InlineData("07:30:00", null)]
    [InlineData("11:14:59", null)]
    [InlineData("11:15:00", "after-last-ticket")]
    [InlineData("11:29:59", "after-last-ticket")]
    [InlineData("11:30:00", "outside-hours")]
    [InlineData("13:29:59", "outside-hours")]
    [InlineData("13:30:00", null)]
    [InlineData("16:59:59", null)]
    [InlineData("17:00:00", "outside-hours")]
    public void Tickets_are_given_in_opening_hours_until_the_last_ticket(string time, string? code)
    {
        var hall = new Hall(Hours) { Now = Hall.Monday.Date + TimeSpan.Parse(time) is var local ? new DateTimeOffset(local, TimeSpan.FromHours(7)) : default };
        var decision = hall.Try(new IssueTicket(Hall.Notary, Hall.Token(1), "api"));
        Assert.Equal(code, (decision as Refused)?.Code);
        hall.ClockTrusted = false;
        hall.Issue(Hall.Notary);
    }

    [Fact]
    public void Nobody_gets_a_ticket_on_a_day_without_hours_but_who_waits_is_still_called()
    {
        var hall = new Hall(Hours);
        hall.Issue(Hall.Notary);
        hall.Now = Hall.Monday.AddHours(9.5);
        Assert.Equal("A001", hall.Next(1));
        hall.Now = Hall.Monday.AddDays(1);
        Assert.Equal("outside-hours", hall.Refusal(new IssueTicket(Hall.Notary, Hall.Token(9), "api")));
    }

    [Fact]
    public void A_quota_ends_the_tickets_of_its_service_for_the_day_and_of_no_other()
    {
        var hall = new Hall(Hall.Plan with { Services = Hall.Plan.Services.SetItem(Hall.Notary, new Service(Hall.Notary, "Chứng thực", 'A', Quota: 2)) });
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Notary);
        Assert.Equal("quota-reached", hall.Refusal(new IssueTicket(Hall.Notary, Hall.Token(9), "api")));
        hall.Issue(Hall.Land);
        hall.ClockTrusted = false;
        hall.Issue(Hall.Notary);
        hall.ClockTrusted = true;
        hall.Now += TimeSpan.FromDays(1);
        hall.Issue(Hall.Notary);
    }

    [Fact]
    public void A_group_of_the_priority_table_gives_its_credit_and_an_unknown_one_none()
    {
        var hall = new Hall();
        var issued = hall.Do<TicketIssued>(new IssueTicket(Hall.Notary, Hall.Token(1), "api", Hall.Elderly));
        Assert.Equal((Hall.Elderly, TimeSpan.FromMinutes(30), true), (issued.Priority!.Value, issued.Credit, issued.ClockTrusted));
        Assert.Equal("unknown-priority", hall.Refusal(new IssueTicket(Hall.Notary, Hall.Token(2), "api", new PriorityCode("ai-do"))));
        Assert.Equal((null, TimeSpan.Zero), (hall.Do<TicketIssued>(new IssueTicket(Hall.Notary, Hall.Token(3), "api")).Priority, TimeSpan.Zero));
    }

    [Fact]
    public void A_row_counts_from_the_day_it_is_in_force()
    {
        var hall = new Hall();
        Assert.Equal("unknown-priority", hall.Refusal(new IssueTicket(Hall.Notary, Hall.Token(1), "api", Hall.Future)));
        hall.Now = Hall.Monday.AddDays(1);
        Assert.Equal(TimeSpan.FromMinutes(45), hall.Do<TicketIssued>(new IssueTicket(Hall.Notary, Hall.Token(1), "api", Hall.Future)).Credit);
    }

    [Theory]
    [InlineData("2026-11-22", 30)]
    [InlineData("2026-11-23", 20)]
    [InlineData("2026-11-24", 10)]
    [InlineData("2026-11-25", 10)]
    public void The_newest_row_in_force_counts(string date, int minutes)
    {
        PriorityGroup Row(int credit, string from) => new(Hall.Elderly, "người cao tuổi", TimeSpan.FromMinutes(credit), "luật", DateOnly.Parse(from));
        var hall = new Hall(Hall.Plan with { Priorities = [Row(20, "2026-11-23"), Row(30, "2026-01-01"), Row(10, "2026-11-24")] })
        {
            Now = new DateTimeOffset(DateTime.Parse(date), TimeSpan.FromHours(7)),
        };
        Assert.Equal(TimeSpan.FromMinutes(minutes), hall.Do<TicketIssued>(new IssueTicket(Hall.Notary, Hall.Token(1), "api", Hall.Elderly)).Credit);
    }

    [Fact]
    public void Without_the_time_nobody_loses_a_right_and_the_oldest_row_counts_before_all()
    {
        PriorityGroup Row(int credit, string from) => new(Hall.Elderly, "người cao tuổi", TimeSpan.FromMinutes(credit), "luật", DateOnly.Parse(from));
        var hall = new Hall(Hall.Plan with { Priorities = [Row(20, "2026-11-23"), Row(30, "2026-06-01"), Row(10, "2026-11-24")] }) { ClockTrusted = false };
        var issued = hall.Do<TicketIssued>(new IssueTicket(Hall.Notary, Hall.Token(1), "api", Hall.Elderly));
        Assert.Equal((TimeSpan.FromMinutes(30), false, BusinessDate.Unknown), (issued.Credit, issued.ClockTrusted, issued.Date));
    }

    [Fact]
    public void Tickets_set_aside_count_towards_the_bound()
    {
        var hall = new Hall();
        hall.Issue(Hall.Notary);
        hall.Fill(Hall.Notary, QueueRules.MaxWaiting);
        hall.Next(1);
        hall.Do(new ParkTicket(Hall.Counter(1), Hall.Because));
        Assert.Equal("too-many-waiting", hall.Refusal(new IssueTicket(Hall.Notary, Hall.Token(9), "api")));
    }

    [Fact]
    public void The_last_number_of_all_is_given_and_none_after_it()
    {
        var hall = new Hall();
        hall.Issue(Hall.Notary);
        hall.Happened(new PastLost(TicketNumber.Most - 2));
        Assert.Equal("A9999999", hall.Issue(Hall.Notary));
        Assert.Equal("numbers-used-up", hall.Refusal(new IssueTicket(Hall.Notary, Hall.Token(9), "api")));
    }
}
