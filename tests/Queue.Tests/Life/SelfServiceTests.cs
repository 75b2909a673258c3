using Xunit;

namespace MotCua.Edge.Queue.Tests;

public sealed class SelfServiceTests
{
    private readonly Hall hall = new();

    [Fact]
    public void An_empty_self_service_counter_calls_by_itself_and_one_with_a_clerk_does_not()
    {
        hall.Issue(Hall.Online);
        hall.Issue(Hall.Notary);
        var called = Assert.IsType<TicketCalled>(Assert.Single(hall.Do(new Tick())));
        Assert.Equal(("H001", 4), (called.Number.ToString(), called.Counter.Value));
        Assert.Equal("nothing-due", hall.Refusal(new Tick()));
    }

    [Fact]
    public void Its_own_button_frees_it_and_calls_the_next()
    {
        hall.Issue(Hall.Online);
        hall.Issue(Hall.Online);
        hall.Do(new Tick());
        Assert.Equal("pressed-twice", hall.Refusal(new FreeCounter(Hall.Counter(4))));
        hall.Wait(2);
        var events = hall.Do(new FreeCounter(Hall.Counter(4)));
        Assert.False(Assert.IsType<TicketDone>(events[0]).Inferred);
        Assert.Equal("H002", Assert.IsType<TicketCalled>(events[1]).Number.ToString());
        hall.Wait(2);
        Assert.IsType<TicketDone>(Assert.Single(hall.Do(new FreeCounter(Hall.Counter(4)))));
        Assert.Equal("nobody-waiting", hall.Refusal(new FreeCounter(Hall.Counter(4))));
        hall.Issue(Hall.Online);
        hall.Do<TicketCalled>(new FreeCounter(Hall.Counter(4)));
    }

    [Fact]
    public void After_its_time_it_is_freed_and_that_is_inferred()
    {
        hall.Issue(Hall.Online);
        hall.Do(new Tick());
        hall.Issue(Hall.Online);
        hall.Wait((20 * 60) - 0.001);
        Assert.Equal("nothing-due", hall.Refusal(new Tick()));
        hall.Wait(0.001);
        var events = hall.Do(new Tick());
        Assert.True(Assert.IsType<TicketDone>(events[0]).Inferred);
        Assert.Equal("H002", Assert.IsType<TicketCalled>(events[1]).Number.ToString());
    }

    [Fact]
    public void Without_a_time_only_the_button_frees_it()
    {
        var patient = new Hall(Hall.Plan with { Counters = Hall.Plan.Counters.SetItem(Hall.Counter(4), new Counter(Hall.Counter(4), [Hall.Online], SelfService: true)) });
        patient.Issue(Hall.Online);
        patient.Do(new Tick());
        patient.Wait(5 * 3600);
        Assert.Equal("nothing-due", patient.Refusal(new Tick()));
    }

    [Fact]
    public void A_paused_one_is_freed_but_calls_nobody()
    {
        hall.Issue(Hall.Online);
        hall.Issue(Hall.Online);
        hall.Do(new Tick());
        hall.Do(new PauseCounter(Hall.Counter(4), Hall.Because));
        hall.Wait(20 * 60);
        Assert.IsType<TicketDone>(Assert.Single(hall.Do(new Tick())));
        Assert.Equal("nothing-due", hall.Refusal(new Tick()));
        Assert.Equal("counter-paused", hall.Refusal(new FreeCounter(Hall.Counter(4))));
    }

    [Fact]
    public void Two_of_them_never_call_one_ticket()
    {
        var two = new Hall(Hall.Plan with { Counters = Hall.Plan.Counters.SetItem(Hall.Counter(5), new Counter(Hall.Counter(5), [Hall.Online], SelfService: true)) });
        two.Issue(Hall.Online);
        Assert.IsType<TicketCalled>(Assert.Single(two.Do(new Tick())));
        two.Issue(Hall.Online);
        Assert.Equal(5, Assert.IsType<TicketCalled>(Assert.Single(two.Do(new Tick()))).Counter.Value);
    }

    [Fact]
    public void The_button_of_a_counter_with_a_clerk_or_of_none_frees_nothing()
    {
        Assert.Equal("not-self-service", hall.Refusal(new FreeCounter(Hall.Counter(1))));
        Assert.Equal("unknown-counter", hall.Refusal(new FreeCounter(Hall.Counter(9))));
    }

    [Fact]
    public void Time_alone_opens_no_day()
    {
        Assert.Equal("nothing-due", hall.Refusal(new Tick()));
        hall.Issue(Hall.Online);
        hall.Now += TimeSpan.FromDays(1);
        Assert.Equal("nothing-due", hall.Refusal(new Tick()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void When_nothing_is_due_a_tick_costs_no_memory_not_even_overnight_with_a_full_hall_left_over(int hours)
    {
        hall.Issue(Hall.Online);
        hall.Do(new Tick());
        hall.Fill(Hall.Notary, 2_000);
        hall.Now += TimeSpan.FromHours(hours);
        var tick = new Tick();
        Ask();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Ask();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Ask()
        {
            for (var i = 0; i < 100; i++)
            {
                Assert.Same(Refusals.NothingDue, QueueRules.Decide(hall.State, tick, hall.Now, clockTrusted: true));
            }
        }
    }
}
