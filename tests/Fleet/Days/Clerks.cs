using MotCua.Edge.Queue;
using MotCua.Fleet.Centres;

namespace MotCua.Fleet.Days;

/// <summary>What the clerks of a centre do: call, wait for the citizen, serve, park, send on, rest, go for lunch.</summary>
internal sealed class Clerks(CentreProfile profile, WorkingHours hours, Agenda agenda, ICentreHands hands, Random chance)
{
    private const double AbsentShare = 0.06;
    private const double ParkShare = 0.015;
    private const double TransferShare = 0.01;
    private const double RatedShare = 0.3;

    private static readonly Reason Lunch = new("Nghỉ trưa.");
    private static readonly Reason Papers = new("Thiếu bản sao.");
    private static readonly Reason OtherField = new("Thuộc lĩnh vực khác.");

    private readonly Desk[] desks = [.. profile.Plan.Counters.Values.Select(counter => new Desk(counter, chance.LogNormal(1, 0.15)))];

    private enum Doing
    {
        Away,
        Free,
        Calling,
        Serving,
        AboutToCall,
    }

    public void Begin(DateTimeOffset now)
    {
        for (var i = 0; i < desks.Length; i++)
        {
            Plan(i, Doing.Away, hours.SessionEnd(now) is null ? hours.NextSession(now) + chance.Seconds(10, 400) : now + chance.Seconds(1, 60));
        }
    }

    /// <summary>Somebody joined a line: a clerk who is free sees it.</summary>
    public void SomebodyWaits(DateTimeOffset now)
    {
        var free = Array.FindIndex(desks, desk => desk.Doing == Doing.Free && desk.Counter.Services.Any(service => hands.Queue.Waiting.TryGetValue(service, out var line) && line.First is not null));
        if (free >= 0)
        {
            Plan(free, Doing.AboutToCall, now + chance.Seconds(2, 10));
        }
    }

    /// <param name="turn">As it was planned; a plan that another took over is dropped.</param>
    public void Do(int index, long turn, DateTimeOffset now)
    {
        var desk = desks[index];
        if (turn != desk.Turn)
        {
            return;
        }

        switch (desk.Doing)
        {
            case Doing.Away when hours.SessionEnd(now) is null:
                Plan(index, Doing.Away, hours.NextSession(now) + chance.Seconds(10, 400));
                break;
            case Doing.Away when hands.Queue.PausedCounters.ContainsKey(desk.Counter.Id):
                hands.Submit(new ResumeCounter(desk.Counter.Id));
                Call(index, now);
                break;
            case Doing.Calling:
                LookForCitizen(index, now);
                break;
            case Doing.Serving:
                EndService(index, now);
                break;
            default:
                Call(index, now);
                break;
        }
    }

    private void Call(int index, DateTimeOffset now)
    {
        var desk = desks[index];
        if (hours.SessionEnd(now) is not { } end)
        {
            GoAway(index, now);
            return;
        }

        var before = TicketAt(desk);
        if (hands.Submit(new CallNext(desk.Counter.Id)) && TicketAt(desk) is { } called && called.Number != before?.Number)
        {
            (desk.Absent, desk.Calls) = (chance.NextDouble() < AbsentShare, 1);
            Plan(index, Doing.Calling, now + (desk.Absent ? chance.Seconds(25, 45) : chance.Seconds(6, 40)));
        }
        else
        {
            Plan(index, Doing.Free, end + chance.Seconds(1, 120));
        }
    }

    private void LookForCitizen(int index, DateTimeOffset now)
    {
        var desk = desks[index];
        if (!desk.Absent && TicketAt(desk) is { } ticket)
        {
            hands.Submit(new StartServing(desk.Counter.Id));
            var minutes = CentreProfile.MinutesOf(ticket.Service) * desk.Slowness * chance.LogNormal(0.9, 0.5);
            Plan(index, Doing.Serving, now + TimeSpan.FromMinutes(Math.Clamp(minutes, 0.5, 120)));
        }
        else if (desk.Absent && desk.Calls < profile.Plan.Timing.CallsBeforeMissed)
        {
            hands.Submit(new Recall(desk.Counter.Id));
            desk.Calls++;
            Plan(index, Doing.Calling, now + chance.Seconds(32, 50));
        }
        else
        {
            hands.Submit(new MarkMissed(desk.Counter.Id));
            Plan(index, Doing.AboutToCall, now + chance.Seconds(3, 10));
        }
    }

    private void EndService(int index, DateTimeOffset now)
    {
        var desk = desks[index];
        var (served, kind) = (TicketAt(desk)?.Number, chance.NextDouble());
        if (kind < ParkShare)
        {
            hands.Submit(new ParkTicket(desk.Counter.Id, Papers));
        }
        else if (kind < ParkShare + TransferShare)
        {
            hands.Submit(new TransferToService(desk.Counter.Id, profile.AnyService(chance), OtherField));
            SomebodyWaits(now);
        }
        else if (kind < 0.5)
        {
            // Two keys run a counter: the next call ends this ticket.
            Call(index, now);
            Rate(served);
            return;
        }
        else
        {
            hands.Submit(new FinishTicket(desk.Counter.Id));
            Rate(served);
        }

        Plan(index, Doing.AboutToCall, now + chance.Seconds(4, 90));
    }

    private void Rate(TicketNumber? served)
    {
        if (served is { } number && chance.NextDouble() < RatedShare)
        {
            var kind = chance.NextDouble();
            hands.Submit(new RateTicket(number, kind < 0.55 ? Rating.VerySatisfied : kind < 0.96 ? Rating.Satisfied : Rating.NotSatisfied));
        }
    }

    private void GoAway(int index, DateTimeOffset now)
    {
        var desk = desks[index];
        if (TicketAt(desk) is not null)
        {
            hands.Submit(new FinishTicket(desk.Counter.Id));
        }

        if (chance.Next(3) == 0)
        {
            hands.Submit(new PauseCounter(desk.Counter.Id, Lunch));
        }

        Plan(index, Doing.Away, hours.NextSession(now) + chance.Seconds(10, 400));
    }

    private Ticket? TicketAt(Desk desk) => hands.Queue.AtCounters.TryGetValue(desk.Counter.Id, out var ticket) ? ticket : null;

    private void Plan(int index, Doing doing, DateTimeOffset at)
    {
        desks[index].Doing = doing;
        agenda.Plan(at, new Due(Act.Clerk, index, ++desks[index].Turn));
    }

    private sealed class Desk(Counter counter, double slowness)
    {
        public Counter Counter => counter;

        public double Slowness => slowness;

        public Doing Doing { get; set; }

        public long Turn { get; set; }

        public bool Absent { get; set; }

        public int Calls { get; set; }
    }
}
