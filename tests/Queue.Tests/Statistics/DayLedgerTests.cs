using Xunit;

namespace MotCua.Edge.Queue.Tests;

public sealed class DayLedgerTests
{
    private readonly Hall hall = new();

    [Fact]
    public void Every_end_is_counted_apart_and_no_leftover_is_served()
    {
        for (var i = 0; i < 6; i++)
        {
            hall.Issue(Hall.Notary);
        }

        hall.Next(1);
        hall.Do(new FinishTicket(Hall.Counter(1)));
        hall.Next(1);
        hall.Next(1);
        hall.CallInVain(1);
        hall.Do(new MarkMissed(Hall.Counter(1)));
        hall.Do(new CancelTicket(Hall.Number("A004"), Hall.Because));
        var now = Report().Total;
        Assert.Equal((6, 1, 1, 1, 0, 1, 2), (now.Issued, now.Served, now.Inferred, now.Missed, now.Expired, now.Cancelled, now.Living));
        hall.Do(new CloseDay());
        var end = Report().Total;
        Assert.Equal((6, 1, 1, 1, 2, 1, 0), (end.Issued, end.Served, end.Inferred, end.Missed, end.Expired, end.Cancelled, end.Living));
    }

    [Fact]
    public void Waiting_runs_to_the_first_call_and_service_from_the_start_of_serving()
    {
        hall.Issue(Hall.Notary, Hall.Elderly);
        hall.Wait(597);
        hall.Next(1);
        hall.Wait(60);
        hall.Do(new StartServing(Hall.Counter(1)));
        hall.Wait(300);
        hall.Do(new FinishTicket(Hall.Counter(1)));
        var report = Report();
        Assert.Equal(Hall.MondayDate, report.Date);
        foreach (var figures in new[] { report.Total, report.ByService[Hall.Notary], report.ByCounter[Hall.Counter(1)], report.ByPriority[Hall.Elderly] })
        {
            Assert.Equal(new Spread(1, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10)), figures.Waiting);
            Assert.Equal(new Spread(1, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5)), figures.Service);
        }

        Assert.Equal(0, report.WithoutPriority.Issued);
    }

    [Fact]
    public void Without_a_start_service_runs_from_the_call_and_an_inferred_end_measures_nothing()
    {
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Wait(97);
        hall.Next(1);
        hall.Wait(50);
        hall.Do(new FinishTicket(Hall.Counter(1)));
        Assert.Equal(new Spread(1, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(50)), Report().Total.Service);
        Assert.Equal(2, Report().WithoutPriority.Issued);
    }

    [Fact]
    public void An_appointment_waits_from_its_slot()
    {
        hall.Do(new BookAppointment(new AppointmentId("hen-1"), Hall.Notary, Hall.Monday.AddMinutes(30)));
        hall.Do(new CheckIn(new AppointmentId("hen-1"), Hall.Token(9), "api"));
        hall.Wait(35 * 60);
        hall.Do(new CallNext(Hall.Counter(1)));
        Assert.Equal(TimeSpan.FromMinutes(5), Report().Total.Waiting.Median);
    }

    [Fact]
    public void A_second_call_after_a_return_does_not_change_the_waiting_and_the_end_is_the_last_one()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.CallInVain(1);
        hall.Do(new MarkMissed(Hall.Counter(1)));
        hall.Do(new ReturnTicket(Hall.Number("A001")));
        Assert.Equal((0, 1), (Report().Total.Missed, Report().Total.Living));
        hall.Wait(600);
        hall.Next(2);
        hall.Do(new FinishTicket(Hall.Counter(2)));
        var report = Report();
        Assert.Equal((TimeSpan.FromSeconds(3), 1, 0), (report.Total.Waiting.Median, report.Total.Served, report.Total.Missed));
        Assert.Equal([Hall.Counter(2)], report.ByCounter.Keys);
    }

    [Fact]
    public void What_was_taken_back_is_not_counted()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Do(new FinishTicket(Hall.Counter(1)));
        hall.Do(new UndoLast(Hall.Counter(1)));
        Assert.Equal((0, 1, 0), (Report().Total.Served, Report().Total.Living, Report().Total.Service.Count));
        hall.CallInVain(1);
        hall.Do(new MarkMissed(Hall.Counter(1)));
        hall.Do(new CancelTicket(Hall.Number("A001"), Hall.Because, Hall.Counter(1)));
        hall.Do(new UndoLast(Hall.Counter(1)));
        Assert.Equal((1, 0), (Report().Total.Missed, Report().Total.Cancelled));
    }

    [Fact]
    public void A_transferred_ticket_counts_where_it_went()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Do(new TransferToService(Hall.Counter(1), Hall.Land, Hall.Because));
        Assert.Equal([Hall.Land], Report().ByService.Keys);
    }

    [Fact]
    public void Overtakings_are_counted_and_those_by_choice_apart()
    {
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Notary);
        hall.Wait(1);
        hall.Issue(Hall.Notary, Hall.Disabled);
        hall.Next(1);
        hall.Wait(3);
        hall.Do(new CallChosen(Hall.Counter(1), Hall.Number("A002"), Hall.Because));
        Assert.Equal((2, 1), (Report().Overtakings, Report().Apart));
    }

    [Fact]
    public void Ratings_are_counted()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Do(new FinishTicket(Hall.Counter(1)));
        hall.Do(new RateTicket(Hall.Number("A001"), Rating.VerySatisfied));
        Assert.Equal([new(Rating.VerySatisfied, 1)], Report().Ratings);
    }

    [Fact]
    public void The_day_before_is_kept_as_it_ended_and_the_new_one_starts_empty()
    {
        hall.Issue(Hall.Notary);
        hall.Now += TimeSpan.FromDays(1);
        hall.Issue(Hall.Land);
        var ledger = Ledger();
        Assert.Equal((Hall.MondayDate, 1, 1), (ledger.Before!.Date, ledger.Before.Total.Issued, ledger.Before.Total.Expired));
        Assert.Equal((Hall.MondayDate.AddDays(1), 1, 0), (ledger.Report().Date, ledger.Report().Total.Issued, ledger.Report().Total.Expired));
    }

    [Fact]
    public void Tickets_of_a_morning_without_the_time_count_in_the_day_they_turn_out_to_be_of_but_their_waiting_is_unknown()
    {
        hall.Issue(Hall.Notary);
        hall.Happened(new BoxStarted("tuesday"));
        hall.ClockTrusted = false;
        hall.Issue(Hall.Notary);
        hall.Now += TimeSpan.FromDays(1);
        hall.ClockTrusted = true;
        hall.Do(new Tick());
        hall.Next(1);
        var ledger = Ledger();
        Assert.Equal((1, 1), (ledger.Before!.Total.Issued, ledger.Before.Total.Expired));
        Assert.Equal((1, 0, 0), (ledger.Report().Total.Issued, ledger.Report().Total.Expired, ledger.Report().Total.Waiting.Count));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(9, 5, 9)]
    [InlineData(10, 5, 9)]
    [InlineData(11, 6, 10)]
    public void Median_and_ninetieth_are_the_nearest_ranks(int count, int median, int p90)
    {
        var spread = Spread.Of(Enumerable.Range(1, count).Reverse().Select(i => TimeSpan.FromMinutes(i)));
        Assert.Equal(new Spread(count, TimeSpan.FromMinutes(median), TimeSpan.FromMinutes(p90)), spread);
    }

    [Fact]
    public void Of_nothing_there_is_no_middle() => Assert.Equal(default, Spread.Of([]));

    private DayLedger Ledger()
    {
        var ledger = new DayLedger();
        hall.Log.ForEach(ledger.Add);
        return ledger;
    }

    private DayReport Report() => Ledger().Report();
}
