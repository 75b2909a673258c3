using Xunit;

namespace MotCua.Edge.Queue.Tests;

public sealed class QueueRulesTests
{
    private static readonly ServiceCode Notary = Hall.Notary;
    private static readonly ServiceCode Land = Hall.Land;

    [Fact]
    public void Numbers_of_a_service_run_from_001_without_a_gap()
    {
        var queue = new Hall();
        Assert.Equal(["A001", "A002", "L001", "A003"], [queue.Issue(Notary), queue.Issue(Notary), queue.Issue(Land), queue.Issue(Notary)]);
    }

    [Fact]
    public void A_number_beyond_999_has_four_digits()
    {
        var queue = new Hall();
        for (var i = 1; i <= 999; i++)
        {
            queue.Issue(Notary);
        }

        Assert.Equal("A1000", queue.Issue(Notary));
    }

    [Fact]
    public void The_first_to_come_is_the_first_called_among_the_services_of_the_counter()
    {
        var queue = new Hall();
        queue.Issue(Land);
        queue.Issue(Notary);
        Assert.Equal("L001", queue.Next(2));
        Assert.Equal("A001", queue.Next(1));
    }

    [Fact]
    public void A_counter_is_never_given_a_service_it_does_not_take()
    {
        var queue = new Hall();
        queue.Issue(Land);
        Assert.Equal("nobody-waiting", queue.Refusal(new CallNext(new CounterId(1))));
        Assert.Equal(1, queue.State.WaitingCount);
    }

    [Fact]
    public void Next_ends_the_ticket_at_the_counter_and_says_that_this_is_inferred()
    {
        var queue = new Hall();
        queue.Issue(Notary);
        queue.Issue(Notary);
        queue.Next(1);
        queue.Wait(2);
        var events = queue.Do(new CallNext(new CounterId(1)));
        Assert.Equal([new TicketDone(new DateOnly(2026, 11, 23), TicketNumber.Parse("A001"), new CounterId(1), true, queue.Now)], events.OfType<TicketDone>());
        Assert.Equal("A002", queue.State.AtCounters[new CounterId(1)].Number.ToString());
    }

    [Fact]
    public void Next_with_nobody_waiting_still_frees_the_counter()
    {
        var queue = new Hall();
        queue.Issue(Notary);
        queue.Next(1);
        queue.Wait(2);
        Assert.IsType<TicketDone>(Assert.Single(queue.Do(new CallNext(new CounterId(1)))));
        Assert.Empty(queue.State.AtCounters);
    }

    [Fact]
    public void A_recall_counts_the_calls()
    {
        var queue = new Hall();
        queue.Issue(Notary);
        queue.Next(1);
        queue.Do(new Recall(new CounterId(1)));
        Assert.Equal(3, Assert.IsType<TicketRecalled>(Assert.Single(queue.Do(new Recall(new CounterId(1))))).Call);
    }

    [Theory]
    [InlineData("recall", "counter-empty")]
    [InlineData("done", "counter-empty")]
    [InlineData("next", "nobody-waiting")]
    [InlineData("next-99", "unknown-counter")]
    [InlineData("issue", "unknown-service")]
    public void A_command_that_makes_no_sense_is_refused_with_a_reason_and_changes_nothing(string what, string code)
    {
        var queue = new Hall();
        queue.Issue(Land);
        var before = queue.State;
        QueueCommand command = what switch
        {
            "recall" => new Recall(new CounterId(1)),
            "done" => new FinishTicket(new CounterId(1)),
            "next" => new CallNext(new CounterId(1)),
            "next-99" => new CallNext(new CounterId(99)),
            _ => new IssueTicket(new ServiceCode("khong-co"), Hall.Token(1), "api"),
        };
        Assert.Equal(code, queue.Refusal(command));
        Assert.Same(before, queue.State);
    }

    [Fact]
    public void A_new_day_starts_at_001_and_what_was_left_over_is_expired_not_served()
    {
        var queue = new Hall();
        queue.Issue(Notary);
        queue.Issue(Notary);
        queue.Next(1);
        queue.Now += TimeSpan.FromDays(1);
        var events = queue.Do(new IssueTicket(Notary, Hall.Token(9), "api"));
        Assert.Equal(["A001", "A002"], events.OfType<TicketExpired>().Select(e => e.Number.ToString()));
        Assert.Equal("A001", events.OfType<TicketIssued>().Single().Number.ToString());
        Assert.Equal(0, queue.State.Tally.Done);
        Assert.Equal(1, queue.State.WaitingCount);
    }

    [Fact]
    public void A_ticket_taken_at_half_past_midnight_in_viet_nam_belongs_to_that_day_not_to_the_day_of_utc()
    {
        var queue = new Hall { Now = new DateTimeOffset(2026, 11, 23, 17, 30, 0, TimeSpan.Zero) };
        queue.Issue(Notary);
        Assert.Equal(new DateOnly(2026, 11, 24), queue.State.Date);
    }

    [Fact]
    public void The_business_date_never_goes_back_when_the_clock_does()
    {
        var queue = new Hall();
        queue.Issue(Notary);
        queue.Now -= TimeSpan.FromDays(3);
        Assert.Equal("A002", queue.Issue(Notary));
        Assert.Equal(new DateOnly(2026, 11, 23), queue.State.Date);
    }

    [Fact]
    public void A_clock_that_is_not_trusted_does_not_open_a_new_day()
    {
        var queue = new Hall();
        queue.Issue(Notary);
        queue.Now += TimeSpan.FromDays(400);
        queue.ClockTrusted = false;
        Assert.Equal("A002", queue.Issue(Notary));
    }

    [Fact]
    public void After_a_lost_past_no_number_is_given_twice_not_even_when_the_loss_reached_into_the_next_day()
    {
        var queue = new Hall();
        queue.Issue(Notary);
        queue.State = QueueFold.Apply(queue.State, new PastLost(50));
        Assert.Equal("A052", queue.Issue(Notary));
        queue.Now += TimeSpan.FromDays(1);
        Assert.Equal("A051", queue.Issue(Notary));
        Assert.Equal("L051", queue.Issue(Land));
        queue.Now += TimeSpan.FromDays(1);
        Assert.Equal("A001", queue.Issue(Notary));
    }

    [Fact]
    public void Nobody_can_fill_the_memory_with_tickets()
    {
        var queue = new Hall();
        queue.Issue(Land);
        queue.Fill(Notary, QueueRules.MaxWaiting - 1);
        Assert.Equal("too-many-waiting", queue.Refusal(new IssueTicket(Notary, Hall.Token(0), "api")));
        queue.Next(1);
        Assert.Equal("A001", queue.Issue(Notary));
        Assert.Equal("too-many-waiting", queue.Refusal(new IssueTicket(Notary, Hall.Token(0), "api")));
    }
}
