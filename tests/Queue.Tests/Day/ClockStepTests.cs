using Xunit;

namespace MotCua.Edge.Queue.Tests;

/// <summary>The wall clock is set, such as by the network after a morning without it. Every wait goes on as if nothing had been.</summary>
public sealed class ClockStepTests
{
    public static TheoryData<double> Steps => [8, -1];

    private readonly Hall hall = new();

    [Theory]
    [MemberData(nameof(Steps))]
    public void The_guard_time_after_a_call_neither_ends_nor_grows(double hours)
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        Step(hours);
        hall.Wait(1.999);
        Assert.Equal("pressed-twice", hall.Refusal(new CallNext(Hall.Counter(1))));
        hall.Wait(0.001);
        hall.Do<TicketDone>(new CallNext(Hall.Counter(1)));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Who_was_called_has_the_whole_time_to_come(double hours)
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Do(new Recall(Hall.Counter(1)));
        hall.Do(new Recall(Hall.Counter(1)));
        Step(hours);
        hall.Wait(29.999);
        Assert.Equal("not-called-enough", hall.Refusal(new MarkMissed(Hall.Counter(1))));
        hall.Wait(0.001);
        hall.Do<TicketMissed>(new MarkMissed(Hall.Counter(1)));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_self_service_counter_is_freed_after_its_time_and_not_by_the_clock(double hours)
    {
        hall.Issue(Hall.Online);
        hall.Do(new Tick());
        hall.Do(new StartServing(Hall.Counter(4)));
        Step(hours);
        hall.Wait((20 * 60) - 0.001);
        Assert.Equal("nothing-due", hall.Refusal(new Tick()));
        hall.Wait(0.001);
        hall.Do<TicketDone>(new Tick());
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Who_missed_the_call_may_come_back_for_the_whole_window(double hours)
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.CallInVain(1);
        hall.Do(new MarkMissed(Hall.Counter(1)));
        Step(hours);
        hall.Wait((30 * 60) + 0.001);
        Assert.Equal("return-too-late", hall.Refusal(new ReturnTicket(Hall.Number("A001"))));
        hall.Wait(-0.001);
        hall.Do<TicketReturned>(new ReturnTicket(Hall.Number("A001")));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void What_can_be_taken_back_can_for_five_seconds(double hours)
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.CallInVain(1);
        hall.Do(new MarkMissed(Hall.Counter(1)));
        Step(hours);
        hall.Wait(5.001);
        Assert.Equal("undo-too-late", hall.Refusal(new UndoLast(Hall.Counter(1))));
        hall.Wait(-0.001);
        hall.Do<ActionUndone>(new UndoLast(Hall.Counter(1)));
        Assert.Equal(35, (hall.Now - hall.At(1).CalledAt!.Value).TotalSeconds, 3);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_pause_keeps_its_length_and_who_was_sent_to_the_counter_is_kept_for_it(double hours)
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Do(new TransferToCounter(Hall.Counter(1), Hall.Counter(3), Hall.Because));
        hall.Do(new PauseCounter(Hall.Counter(3), Hall.Because));
        hall.Do(new PauseService(Hall.Land, Hall.Because));
        hall.Do(new RequestHelp(new HelpPlace("sanh")));
        hall.Do(new PauseCentre(Hall.Because));
        Step(hours);
        Assert.Equal(hall.Now, hall.State.PausedServices[Hall.Land].Since);
        Assert.Equal((hall.Now, hall.Now), (hall.State.CentrePause!.Since, hall.State.Help[new HelpPlace("sanh")].Since));
        hall.Do(new ResumeCentre());
        hall.Wait(299.999);
        Assert.Equal("nobody-waiting", hall.Refusal(new CallNext(Hall.Counter(2))));
        hall.Wait(0.001);
        Assert.Equal("A001", hall.Do<TicketCalled>(new CallNext(Hall.Counter(2))).Number.ToString());
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_second_held_key_opens_no_second_day(double hours)
    {
        hall.ClockTrusted = false;
        hall.Do(new OpenDay());
        Step(hours);
        hall.Now += TimeSpan.FromHours(4) - TimeSpan.FromSeconds(1);
        Assert.Equal("day-already-open", hall.Refusal(new OpenDay()));
        hall.Wait(1);
        hall.Do<DayOpened>(new OpenDay());
    }

    [Theory]
    [InlineData(8)]
    [InlineData(-1)]
    public void A_credit_is_worth_what_it_says_between_those_of_before_and_those_of_after(double hours)
    {
        hall.Issue(Hall.Notary);
        hall.Wait(29 * 60);
        Step(hours);
        hall.Issue(Hall.Notary, Hall.Elderly);
        hall.Wait(2 * 60);
        hall.Issue(Hall.Notary, Hall.Elderly);
        Assert.Equal(["A002", "A001", "A003"], [hall.Next(1), hall.Next(1), hall.Next(1)]);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(-1)]
    public void The_figures_measure_what_people_waited_and_not_what_the_clock_jumped(double hours)
    {
        hall.Issue(Hall.Notary);
        hall.Wait(600 - 3);
        Step(hours);
        hall.Next(1);
        hall.Wait(60);
        Step(-hours);
        hall.Do(new FinishTicket(Hall.Counter(1)));
        var ledger = new DayLedger();
        hall.Log.ForEach(ledger.Add);
        var figures = ledger.Report().Total;
        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1)), (figures.Waiting.Median, figures.Service.Median));
    }

    /// <summary>Whatever happened before: a step of the clock alone changes no answer but in the times that it names.</summary>
    [Fact]
    public void No_step_of_the_clock_changes_what_may_be_done() => Script.Check(script =>
    {
        var (still, stepped) = (new Hall { ClockTrusted = false }, new Hall { ClockTrusted = false });
        for (var step = 0; step < script.Length; step++)
        {
            var (what, which, detail, pause) = script[step];
            if (pause < 240)
            {
                Script.Pass(still, pause, still.Happened);
                Script.Pass(stepped, pause, stepped.Happened);
            }
            else
            {
                var by = TimeSpan.FromMinutes((pause - 247) * 30);
                stepped.Now += by;
                stepped.Happened(new ClockCorrected(by, stepped.Now));
            }

            var command = Script.Command(what, which, detail, step, still);
            var (one, other) = (still.Try(command), stepped.Try(command));
            Assert.Equal((one as Refused)?.Code, (other as Refused)?.Code);
            Assert.Equal(Kinds(one), Kinds(other));
        }

        static IEnumerable<string> Kinds(Decision decision) => (decision as Decided)?.Events.Select(e => e switch
        {
            TicketCalled called => $"called {called.Number} {called.Counter} {called.Why} {called.Grounds}",
            TicketIssued issued => $"issued {issued.Number} {issued.Ahead}",
            _ => e.GetType().Name,
        }) ?? [];
    });

    private void Step(double hours)
    {
        var by = TimeSpan.FromHours(hours);
        hall.Now += by;
        hall.Happened(new ClockCorrected(by, hall.Now));
    }
}
