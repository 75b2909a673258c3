namespace MotCua.Edge.Queue.Tests;

/// <summary>A second, plain account of who is where and who was overtaken, kept from the events alone and with none of the engine's code. Slow on purpose: it looks at everyone.</summary>
internal sealed class Model(QueuePlan plan)
{
    private readonly Dictionary<CounterId, Person> at = [];
    private readonly Dictionary<CounterId, Memory> memories = [];
    private readonly Dictionary<CounterId, DateTimeOffset> pausedCounters = [];
    private readonly HashSet<ServiceCode> pausedServices = [];
    private readonly HashSet<(DateOnly, TicketNumber)> rated = [];
    private readonly Dictionary<char, int> last = [];
    private bool centrePaused;
    private DateOnly? date;
    private int lost;
    private int order;
    private DateTimeOffset latest;
    private TimeSpan shift;

    public List<Person> People { get; } = [];

    public int MostOvertaken { get; private set; }

    public int ByClass { get; private set; }

    /// <summary>Whom the counter could call now in its own order.</summary>
    public List<Person> Callable(CounterId counter, DateTimeOffset now) => centrePaused || pausedCounters.ContainsKey(counter) || !plan.Counters.TryGetValue(counter, out var own) ? []
        : [.. People.Where(p => p.Where == Where.Line && (p.Direct == counter || (own.Services.Contains(p.Service) && !pausedServices.Contains(p.Service) && (p.Direct is null || (pausedCounters.TryGetValue(p.Direct.Value, out var since) && now - since >= plan.Timing.DirectHold)))))];

    public void Saw(QueueEvent happened, QueueCommand? command)
    {
        switch (happened)
        {
            case DayOpened e:
                Open(e);
                break;
            case TicketIssued e:
                Issue(e);
                break;
            case TicketCalled e:
                Call(e, command is CallChosen);
                break;
            case TicketRecalled e:
                Must(at[e.Counter].Number == e.Number, "recalled a ticket that is not there");
                break;
            case TicketDone e:
                Leave(e.Counter, e.Number, UndoableAction.Finish, Where.Done);
                break;
            case TicketMissed e:
                Leave(e.Counter, e.Number, UndoableAction.Miss, Where.Missed);
                break;
            case TicketParked e:
                Leave(e.Counter, e.Number, UndoableAction.Park, Where.Parked);
                break;
            case TicketTransferred e:
                var sent = Leave(e.From, e.Number, UndoableAction.Transfer, Where.Line);
                (sent.Service, sent.Direct, sent.Moved) = (e.Service, e.To, true);
                break;
            case TicketReturned e:
                var back = Find(e.Number);
                Must(back.Where is Where.Missed or Where.Parked, "returned from nowhere");
                (back.Where, back.Returned, back.Moved, back.Hands) = (Where.Line, true, true, back.Hands + 1);
                break;
            case TicketCancelled e:
                var gone = Find(e.Number);
                Must(gone.Where is Where.Line or Where.Missed or Where.Parked, "cancelled at a counter or after its end");
                gone.Hands++;
                if (e.By is { } by)
                {
                    memories[by] = new Memory(UndoableAction.Cancel, gone, gone.Where, gone.Service, gone.Direct, gone.Returned, gone.Hands);
                }

                gone.Where = Where.Cancelled;
                break;
            case TicketExpired e:
                var left = Find(e.Number);
                Must(left.Where is Where.Line or Where.Parked or Where.Counter, "expired after its end");
                left.Where = Where.Expired;
                foreach (var counter in at.Where(a => a.Value == left).Select(a => a.Key).ToList())
                {
                    at.Remove(counter);
                }

                break;
            case ActionUndone e:
                Undo(e);
                break;
            case TicketRated e:
                Must(Find(e.Number).Where == Where.Done, "rated before it was done");
                Must(rated.Add((date!.Value, e.Number)), "rated twice");
                break;
            case CounterPaused e:
                pausedCounters[e.Counter] = e.At;
                break;
            case CounterResumed e:
                pausedCounters.Remove(e.Counter);
                break;
            case ServicePaused e:
                pausedServices.Add(e.Service);
                break;
            case ServiceResumed e:
                pausedServices.Remove(e.Service);
                break;
            case CentrePaused:
                centrePaused = true;
                break;
            case CentreResumed:
                centrePaused = false;
                break;
            case ClockCorrected e:
                shift -= e.Step;
                pausedCounters.Keys.ToList().ForEach(counter => pausedCounters[counter] += e.Step);
                break;
            case PastLost e:
                lost += e.Skip;
                foreach (var series in plan.Services.Values.Select(s => s.Series))
                {
                    last[series] = last.GetValueOrDefault(series) + e.Skip;
                }

                break;
        }
    }

    private static void Must(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }

    private Person Find(TicketNumber number) => People.Last(p => p.Number == number);

    private void Open(DayOpened opened)
    {
        Must(date is not { } before || opened.Date > before, "the business date went back or stood");
        Must(opened.Carries || People.All(p => p.Where is not (Where.Line or Where.Parked or Where.Counter)), "a leftover lives on without being carried");
        date = opened.Date;
        memories.Clear();
        if (!opened.Carries)
        {
            last.Clear();
            foreach (var series in lost > 0 ? plan.Services.Values.Select(s => s.Series) : [])
            {
                last[series] = lost;
            }

            pausedCounters.Clear();
            rated.Clear();
            People.Clear();
            (latest, shift) = (default, default);
        }
        else
        {
            foreach (var done in rated.ToList())
            {
                rated.Add((opened.Date, done.Item2));
            }
        }

        lost = 0;
    }

    private void Issue(TicketIssued issued)
    {
        Must(issued.Date == date, "a ticket of another day");
        Must(issued.Number.Value == last.GetValueOrDefault(issued.Number.Series) + 1, "a gap or a number given twice");
        Must(plan.Services[issued.Service].Series == issued.Number.Series, "a foreign series");
        last[issued.Number.Series] = issued.Number.Value;
        // Order's time never goes back: what a clock loses is added from then on.
        var place = issued.At + shift;
        shift += place < latest ? latest - place : TimeSpan.Zero;
        latest = place < latest ? latest : place;
        var came = issued.Slot is { } slot ? slot + shift : latest;
        People.Add(new Person
        {
            Number = issued.Number, Service = issued.Service, Came = (came, ++order), Effective = came - issued.Credit, Slot = issued.Slot is not null, Priority = issued.Priority,
        });
    }

    private void Call(TicketCalled called, bool chosen)
    {
        var ticket = Find(called.Number);
        Must(!at.ContainsKey(called.Counter), "a counter holds two");
        Must(ticket.Where is Where.Line || (chosen && ticket.Where is Where.Missed or Where.Parked), "called from nowhere, or to two counters");
        var callable = Callable(called.Counter, called.At);
        if (!chosen)
        {
            Must(callable.Contains(ticket), "called to a counter that may not");
            Must(ticket.Direct == called.Counter || callable.TrueForAll(p => p.Direct != called.Counter), "someone sent here waits behind another");
            Must(ticket.Direct is not null || callable.TrueForAll(p => p.Direct is null), "someone sent straight to a counter waits behind the line");
        }

        if (!chosen && ticket is { Direct: null, Returned: false, Slot: false })
        {
            Ordinary(ticket, callable);
        }

        (ticket.Where, ticket.Direct, ticket.Returned, ticket.Hands) = (Where.Counter, null, false, ticket.Hands + 1);
        at[called.Counter] = ticket;
        memories.Remove(called.Counter);
    }

    private void Ordinary(Person ticket, List<Person> callable)
    {
        var inLine = callable.Where(p => p != ticket && p.Direct is null).ToList();
        Must(
            ticket.Overtaken >= plan.OvertakingCap || inLine.TrueForAll(p => p.Overtaken < plan.OvertakingCap && (ticket.Effective, ticket.Came.Order).CompareTo((p.Effective, p.Came.Order)) < 0),
            "a later effective arrival went first, and was not due");
        if (!ticket.Moved)
        {
            Must(inLine.TrueForAll(p => p.Moved || p.Slot || p.Service != ticket.Service || p.Priority != ticket.Priority || p.Came.Order > ticket.Came.Order), "not first come, first served within a class");
            ByClass++;
        }

        foreach (var passed in inLine.Where(p => p.Came.CompareTo(ticket.Came) < 0))
        {
            passed.Overtaken++;
            MostOvertaken = Math.Max(MostOvertaken, passed.Overtaken);
            Must(passed.Overtaken <= plan.OvertakingCap, "overtaken more often than the cap");
        }
    }

    private Person Leave(CounterId counter, TicketNumber number, UndoableAction action, Where to)
    {
        Must(at.TryGetValue(counter, out var ticket) && ticket.Number == number, "ended at a counter where it is not");
        memories[counter] = new Memory(action, ticket!, Where.Counter, ticket!.Service, ticket.Direct, ticket.Returned, ++ticket.Hands);
        at.Remove(counter);
        ticket.Where = to;
        return ticket;
    }

    private void Undo(ActionUndone undone)
    {
        Must(memories.Remove(undone.Counter, out var memory) && memory.Action == undone.Action && memory.Ticket.Number == undone.Number, "took back what was not done");
        var ticket = memory!.Ticket;
        Must(ticket.Hands == memory.Hands, "took back what went through other hands");
        (ticket.Where, ticket.Service, ticket.Direct, ticket.Returned) = (memory.Where, memory.Service, memory.Direct, memory.Returned);
        if (memory.Where == Where.Counter)
        {
            Must(at.TryAdd(undone.Counter, ticket), "a counter holds two after an undo");
        }
    }

    private sealed record Memory(UndoableAction Action, Person Ticket, Where Where, ServiceCode Service, CounterId? Direct, bool Returned, int Hands);
}

internal enum Where
{
    Line,
    Counter,
    Missed,
    Parked,
    Done,
    Cancelled,
    Expired,
}

internal sealed class Person
{
    public required TicketNumber Number { get; init; }

    public required ServiceCode Service { get; set; }

    public required (DateTimeOffset At, int Order) Came { get; init; }

    public required DateTimeOffset Effective { get; init; }

    public required bool Slot { get; init; }

    public required PriorityCode? Priority { get; init; }

    public Where Where { get; set; }

    public CounterId? Direct { get; set; }

    public bool Returned { get; set; }

    public bool Moved { get; set; }

    public int Overtaken { get; set; }

    /// <summary>How often someone did something with it.</summary>
    public int Hands { get; set; }
}
