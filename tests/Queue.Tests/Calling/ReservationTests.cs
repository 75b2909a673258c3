using System.Collections.Immutable;
using Xunit;

namespace MotCua.Edge.Queue.Tests;

/// <summary>A ticket that was sent straight to a counter that does not call it.</summary>
public sealed class ReservationTests
{
    private readonly Hall hall = new();

    public ReservationTests()
    {
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Do(new TransferToCounter(Hall.Counter(1), Hall.Counter(3), Hall.Because));
    }

    [Fact]
    public void It_is_kept_for_a_counter_that_works() => KeptFor(TimeSpan.FromHours(2));

    [Fact]
    public void It_is_kept_for_five_minutes_when_the_counter_pauses()
    {
        hall.Do(new PauseCounter(Hall.Counter(3), Hall.Because));
        KeptFor(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void After_that_any_counter_that_takes_its_service_calls_it_first_and_says_why()
    {
        hall.Do(new PauseCounter(Hall.Counter(3), new Reason("họp")));
        hall.Wait(300);
        var called = hall.Call(2);
        Assert.Equal(("A001", CallKind.Direct), (called.Number.ToString(), called.Grounds!.Kind));
        Assert.Equal("Đã chuyển đến quầy 3 (thiếu bản sao), nhưng quầy 3 tạm ngừng nên quầy khác gọi.", called.Why);
        Assert.Equal("A002", hall.Next(1));
    }

    [Fact]
    public void A_counter_that_does_not_take_its_service_never_calls_it()
    {
        hall.Do(new PauseCounter(Hall.Counter(3), Hall.Because));
        hall.Wait(3600);
        Assert.Equal("nobody-waiting", hall.Refusal(new CallNext(Hall.Counter(4))));
    }

    [Fact]
    public void A_pause_of_its_service_holds_it_as_it_holds_the_line()
    {
        hall.Do(new PauseCounter(Hall.Counter(3), Hall.Because));
        hall.Do(new PauseService(Hall.Notary, Hall.Because));
        hall.Wait(3600);
        Assert.Equal("nobody-waiting", hall.Refusal(new CallNext(Hall.Counter(2))));
    }

    [Fact]
    public void The_counter_calls_it_itself_when_it_works_again()
    {
        hall.Do(new PauseCounter(Hall.Counter(3), Hall.Because));
        hall.Wait(3600);
        hall.Do(new ResumeCounter(Hall.Counter(3)));
        Assert.Equal("A002", hall.Next(1));
        Assert.Equal("A001", hall.Next(3));
    }

    [Fact]
    public void When_the_counter_is_gone_from_the_plan_another_calls_it_at_once()
    {
        Without(3);
        Assert.Equal("Đã chuyển đến quầy 3 (thiếu bản sao), nhưng trung tâm không còn quầy 3 nên quầy khác gọi.", hall.Call(1).Why);
        Assert.Equal("A001", hall.At(1).Number.ToString());
    }

    [Fact]
    public void Of_two_the_earlier_arrival_goes_first()
    {
        hall.Next(1);
        hall.Do(new TransferToCounter(Hall.Counter(1), Hall.Counter(2), Hall.Because));
        Without(2, 3);
        Assert.Equal("A001", hall.Next(1));
        Assert.Equal("A002", hall.Next(1));
    }

    [Fact]
    public void Of_three_whose_counters_are_gone_each_goes_in_its_turn()
    {
        hall.Next(1);
        hall.Do(new TransferToCounter(Hall.Counter(1), Hall.Counter(2), Hall.Because));
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Do(new TransferToCounter(Hall.Counter(1), Hall.Counter(3), Hall.Because));
        Without(2, 3);
        Assert.Equal("A001", hall.Next(1));
        Assert.Equal("A002", hall.Next(1));
        Assert.Equal("A003", hall.Next(1));
    }

    [Fact]
    public void One_that_nobody_keeps_any_more_releases_none_that_is_kept()
    {
        hall.Next(1);
        hall.Do(new TransferToCounter(Hall.Counter(1), Hall.Counter(2), Hall.Because));
        Without(3);
        Assert.Equal("A001", hall.Next(1));
        hall.Do(new FinishTicket(Hall.Counter(1)));
        Assert.Equal("nobody-waiting", hall.Refusal(new CallNext(Hall.Counter(1))));
        Assert.Equal("A002", hall.Next(2));
    }

    [Fact]
    public void Where_a_pause_keeps_nobody_another_counter_calls_it_in_the_same_moment()
    {
        hall.State = hall.State with { Plan = hall.State.Plan with { Timing = hall.State.Plan.Timing with { DirectHold = TimeSpan.Zero } } };
        hall.Do(new PauseCounter(Hall.Counter(3), Hall.Because));
        var called = hall.Do(new CallNext(Hall.Counter(2))).OfType<TicketCalled>().Single();
        Assert.Equal("A001", called.Number.ToString());
    }

    /// <summary>Whatever was asked before, whichever counters are gone or paused: who waits for a service that a working counter takes is called there.</summary>
    [Fact]
    public void Nobody_is_stranded_whose_service_a_working_counter_takes() => Script.Check(script =>
    {
        var after = new Hall();
        for (var step = 0; step < script.Length; step++)
        {
            var (what, which, detail, pause) = script[step];
            Script.Pass(after, pause, after.Happened);
            // Every fourth step sends someone straight to a counter, and now and then one pauses.
            after.Try(step % 4 == 3 ? new TransferToCounter(Hall.Counter(1 + (which % 4)), Hall.Counter(1 + (detail % 4)), Hall.Because)
                : what % 32 == 31 ? new PauseCounter(Hall.Counter(1 + (which % 4)), Hall.Because) : Script.Command(what, which, detail, step, after));
        }

        after.ClockTrusted = true;
        if (BusinessDate.Of(after.Now, after.State.Date, after.ClockTrusted) != after.State.Date)
        {
            return;
        }

        after.Try(new ResumeCentre());
        after.State.PausedServices.Keys.ToList().ForEach(service => after.Try(new ResumeService(service)));
        after.State = after.State with { Plan = after.State.Plan with { Counters = after.State.Plan.Counters.Remove(Hall.Counter(1 + (script.Length % 4))) } };
        // Past the longest that a clock of these scripts can have been set back, and within the day.
        after.State = after.State with { PausedCounters = after.State.PausedCounters.ToImmutableDictionary(p => p.Key, p => p.Value with { Since = after.Now.AddMinutes(-6) }) };
        var working = after.State.Plan.Counters.Values.Where(counter => !after.State.PausedCounters.ContainsKey(counter.Id)).ToList();
        for (var called = true; called;)
        {
            after.Wait(3);
            called = working.Aggregate(false, (any, counter) => any | (after.Try(new CallNext(counter.Id)) is Decided { Events: var events } && events.OfType<TicketCalled>().Any()));
        }

        var direct = after.State.Direct.Where(line => working.Any(counter => counter.Id == line.Key)).SelectMany(line => line.Value.InTurn);
        Assert.Empty(direct.Concat(after.State.AllWaiting.Where(ticket => working.Any(counter => counter.Services.Contains(ticket.Service)))));
    });

    private void KeptFor(TimeSpan time)
    {
        hall.Now += time - TimeSpan.FromSeconds(3);
        Assert.Equal("A002", hall.Next(2));
        Assert.Equal("nobody-waiting", hall.Refusal(new CallNext(Hall.Counter(1))));
    }

    private void Without(params int[] counters) =>
        hall.State = hall.State with { Plan = hall.State.Plan with { Counters = hall.State.Plan.Counters.RemoveRange(counters.Select(Hall.Counter)) } };
}
