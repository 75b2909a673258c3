using Xunit;
using static MotCua.Edge.Queue.Tests.Hall;

namespace MotCua.Edge.Queue.Tests;

public sealed class UpcomingTests
{
    private readonly Hall hall = new();

    [Fact]
    public void What_is_foretold_is_what_is_called_with_the_same_reasons()
    {
        Take(4);
        hall.Now += TimeSpan.FromMinutes(1);
        hall.Do(new IssueTicket(Notary, Token(90), "api", Elderly));
        hall.Do(new IssueTicket(Land, Token(91), "api"));
        hall.Do(new IssueTicket(Notary, Token(92), "api", Disabled));
        var foretold = Upcoming.For(hall.State, Counter(2), hall.Now, hall.ClockTrusted, 6);
        Assert.Equal(6, foretold.Length);
        Assert.Contains(foretold, next => next.Call.Why.StartsWith("Ưu tiên: người cao tuổi", StringComparison.Ordinal));
        foreach (var next in foretold)
        {
            var called = hall.Do(new CallNext(Counter(2))).OfType<TicketCalled>().Single();
            Assert.Equal((next.Call.Number, next.Call.Why), (called.Number, called.Why));
            Assert.Equal(called.Number, next.Ticket.Number);
            hall.Now += TimeSpan.FromSeconds(5);
        }
    }

    [Fact]
    public void Yesterdays_leftovers_are_nobodys_next()
    {
        Take(2);
        Assert.Equal(2, Upcoming.For(hall.State, Counter(1), hall.Now, clockTrusted: true, 5).Length);
        Assert.Empty(Upcoming.For(hall.State, Counter(1), hall.Now.AddDays(1), clockTrusted: true, 5));
    }

    [Fact]
    public void Before_the_first_day_at_a_counter_that_is_not_there_and_beyond_the_bound_there_is_nobody()
    {
        Assert.Empty(Upcoming.For(hall.State, Counter(1), hall.Now, clockTrusted: true, 5));
        Take(3);
        Assert.Empty(Upcoming.For(hall.State, Counter(9), hall.Now, clockTrusted: true, 5));
        Assert.Equal(2, Upcoming.For(hall.State, Counter(1), hall.Now, clockTrusted: true, 2).Length);
    }

    private void Take(int tickets)
    {
        for (var i = 0; i < tickets; i++)
        {
            hall.Issue(Notary);
        }
    }
}
