using MotCua.Edge.Queue;
using MotCua.Edge.Queue.Forecast;

namespace MotCua.Edge.Outlook;

/// <summary>What the forecast learns from the queue's events, in order. Used by one thread at a time.</summary>
/// <param name="plan">For the sessions of each day.</param>
/// <param name="memory">What was learned before.</param>
internal sealed class Lessons(QueuePlan plan, ForecastMemory memory)
{
    // A day has some hundred tickets; who is beyond this teaches nothing.
    private const int MostTickets = 5_000;

    private readonly Dictionary<TicketNumber, (ServiceCode Service, DateTimeOffset Came)> tickets = [];
    private readonly Dictionary<CounterId, (TicketNumber Number, ServiceCode Service, DateTimeOffset CalledAt, TimeSpan Waited)> calls = [];
    private readonly Dictionary<CounterId, DateTimeOffset> pauses = [];
    private readonly Dictionary<TicketNumber, (DateTimeOffset Asked, WaitRange Range)> promised = [];
    private readonly Dictionary<CounterId, DateTimeOffset> lastActive = [];

    public ForecastMemory Memory { get; private set; } = memory;

    /// <summary>When each counter last did something today.</summary>
    public IReadOnlyDictionary<CounterId, DateTimeOffset> LastActive => lastActive;

    /// <summary>Whether the ticket was promised a range already; a ticket is judged by its first.</summary>
    public bool IsPromised(TicketNumber number) => promised.ContainsKey(number);

    public void Promise(TicketNumber number, DateTimeOffset asked, WaitRange range) => promised.TryAdd(number, (asked, range));

    /// <param name="at">The event's wall time, which is trusted.</param>
    public void Learn(QueueEvent happened, DateTimeOffset at)
    {
        switch (happened)
        {
            case TicketIssued e when tickets.Count < MostTickets:
                tickets[e.Number] = (e.Service, e.Slot is { } slot && slot > e.At ? slot : e.At);
                Memory = Memory.Issued(e.Service, e.Credit, SceneOf.TimeOf(at));
                break;
            case TicketTransferred e:
                Ended(e.From, at, there: true);
                if (tickets.TryGetValue(e.Number, out var moved))
                {
                    tickets[e.Number] = moved with { Service = e.Service };
                }

                promised.Remove(e.Number);
                break;
            case TicketCalled e:
                Called(e, at);
                break;
            case TicketDone e:
                Ended(e.Counter, at, there: true);
                break;
            case TicketParked e:
                Ended(e.Counter, at, there: true);
                break;
            case TicketMissed e:
                Ended(e.Counter, at, there: false);
                break;
            case TicketCancelled e:
                promised.Remove(e.Number);
                break;
            case TicketExpired e:
                promised.Remove(e.Number);
                foreach (var (counter, _) in calls.Where(call => call.Value.Number == e.Number).ToList())
                {
                    calls.Remove(counter);
                }

                break;
            case CounterPaused e:
                pauses[e.Counter] = at;
                break;
            case CounterResumed e when pauses.Remove(e.Counter, out var since) && InOneSession(since, at):
                lastActive[e.Counter] = at;
                Memory = Memory.Paused(at - since);
                break;
            // A duration across it would be none; but a clerk who was there still is.
            case ClockCorrected e:
                tickets.Clear();
                calls.Clear();
                pauses.Clear();
                promised.Clear();
                lastActive.Keys.ToList().ForEach(counter => lastActive[counter] = lastActive[counter].Moved(e.Step));
                break;
            // Carried tickets were issued without knowing the time, so nothing of them was learned.
            case DayOpened:
                Memory = Memory.NextDay();
                tickets.Clear();
                calls.Clear();
                pauses.Clear();
                promised.Clear();
                lastActive.Clear();
                break;
        }
    }

    private void Called(TicketCalled called, DateTimeOffset at)
    {
        Return(called.Counter, at);
        lastActive[called.Counter] = at;
        if (!tickets.TryGetValue(called.Number, out var ticket))
        {
            return;
        }

        var waited = at > ticket.Came ? at - ticket.Came : TimeSpan.Zero;
        calls[called.Counter] = (called.Number, ticket.Service, at, waited);
        // A chosen or direct call says nothing about the line.
        if (promised.Remove(called.Number, out var promise) && called.Grounds?.Kind is CallKind.InOrder or CallKind.Priority or CallKind.Due && at >= promise.Asked)
        {
            Memory = Memory.Judged(ticket.Service, SceneOf.TimeOf(promise.Asked), promise.Range, at - promise.Asked);
        }
    }

    // The first call after a break, with people waiting since before it ended, tells how late the clerk was.
    private void Return(CounterId counter, DateTimeOffset at)
    {
        var now = SceneOf.TimeOf(at);
        if (lastActive.TryGetValue(counter, out var before) && plan.Counters.TryGetValue(counter, out var known)
            && SceneOf.SessionsOf(plan, BusinessDate.Local(at).DayOfWeek).FirstOrDefault(s => s.From <= now && now < s.To) is { } session && SceneOf.TimeOf(before) < session.From
            && tickets.Values.Any(t => known.Services.Contains(t.Service) && SceneOf.TimeOf(t.Came) < session.From))
        {
            Memory = Memory.Returned(now - session.From);
        }
    }

    private void Ended(CounterId counter, DateTimeOffset at, bool there)
    {
        lastActive[counter] = at;
        if (calls.Remove(counter, out var call) && at > call.CalledAt)
        {
            var took = at - call.CalledAt;
            Memory = there ? Memory.Served(call.Service, counter, call.Waited, took) : Memory.NotThere(call.Waited, took);
        }
    }

    private bool InOneSession(DateTimeOffset from, DateTimeOffset to) => SceneOf.SessionsOf(plan, BusinessDate.Local(from).DayOfWeek).Any(
        s => s.From <= SceneOf.TimeOf(from) && SceneOf.TimeOf(to) < s.To && BusinessDate.In(from) == BusinessDate.In(to));
}
