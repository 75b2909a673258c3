using Xunit;

namespace MotCua.Edge.Queue.Tests;

public sealed class PauseTests
{
    private static readonly AppointmentId Id = new("hen-1");
    private readonly Hall hall = new();

    [Fact]
    public void A_paused_counter_calls_nobody_but_ends_what_it_has()
    {
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Notary);
        hall.Next(1);
        var paused = hall.Do<CounterPaused>(new PauseCounter(Hall.Counter(1), Hall.Because));
        Assert.Equal((Hall.Because, hall.Now), (paused.Why, paused.At));
        hall.Wait(3);
        Assert.Equal("counter-paused", hall.Refusal(new CallNext(Hall.Counter(1))));
        Assert.Equal("counter-paused", hall.Refusal(new CallChosen(Hall.Counter(1), Hall.Number("A002"), Hall.Because)));
        hall.Do<TicketDone>(new FinishTicket(Hall.Counter(1)));
        Assert.Equal("A002", hall.Next(2));
        hall.Do<CounterResumed>(new ResumeCounter(Hall.Counter(1)));
        Assert.Equal("nobody-waiting", hall.Refusal(new CallNext(Hall.Counter(1))));
    }

    [Fact]
    public void A_paused_service_gives_no_numbers_and_is_called_by_no_next_but_may_be_chosen()
    {
        hall.Issue(Hall.Land);
        hall.Do<ServicePaused>(new PauseService(Hall.Land, Hall.Because));
        Assert.Equal("service-paused", hall.Refusal(new IssueTicket(Hall.Land, Hall.Token(9), "api")));
        Assert.Equal("nobody-waiting", hall.Refusal(new CallNext(Hall.Counter(3))));
        hall.Do<TicketCalled>(new CallChosen(Hall.Counter(3), Hall.Number("L001"), Hall.Because));
        hall.Do<ServiceResumed>(new ResumeService(Hall.Land));
        hall.Issue(Hall.Land);
    }

    [Fact]
    public void A_paused_centre_gives_no_numbers_and_calls_nobody()
    {
        hall.Issue(Hall.Notary);
        hall.Do(new BookAppointment(Id, Hall.Notary, Hall.Monday.AddHours(1)));
        hall.Do<CentrePaused>(new PauseCentre(Hall.Because));
        Assert.Equal("centre-paused", hall.Refusal(new IssueTicket(Hall.Notary, Hall.Token(9), "api")));
        Assert.Equal("centre-paused", hall.Refusal(new CheckIn(Id, Hall.Token(9), "api")));
        Assert.Equal("centre-paused", hall.Refusal(new CallNext(Hall.Counter(1))));
        hall.Do<CentreResumed>(new ResumeCentre());
        Assert.Equal("A001", hall.Next(1));
    }

    [Fact]
    public void What_is_paused_cannot_be_paused_nor_what_runs_be_resumed()
    {
        Assert.Equal("not-paused", hall.Refusal(new ResumeCounter(Hall.Counter(1))));
        Assert.Equal("not-paused", hall.Refusal(new ResumeService(Hall.Land)));
        Assert.Equal("not-paused", hall.Refusal(new ResumeCentre()));
        hall.Do(new PauseCounter(Hall.Counter(1), Hall.Because));
        hall.Do(new PauseService(Hall.Land, Hall.Because));
        hall.Do(new PauseCentre(Hall.Because));
        Assert.Equal("already-paused", hall.Refusal(new PauseCounter(Hall.Counter(1), Hall.Because)));
        Assert.Equal("already-paused", hall.Refusal(new PauseService(Hall.Land, Hall.Because)));
        Assert.Equal("already-paused", hall.Refusal(new PauseCentre(Hall.Because)));
        Assert.Equal("unknown-counter", hall.Refusal(new PauseCounter(Hall.Counter(9), Hall.Because)));
        Assert.Equal("unknown-service", hall.Refusal(new PauseService(new ServiceCode("khong-co"), Hall.Because)));
    }

    [Fact]
    public void A_refusal_repeats_the_reason_of_the_pause()
    {
        hall.Do(new PauseCentre(new Reason("mất điện")));
        Assert.Contains("mất điện", Assert.IsType<Refused>(hall.Try(new CallNext(Hall.Counter(1)))).Reason, StringComparison.Ordinal);
    }
}
