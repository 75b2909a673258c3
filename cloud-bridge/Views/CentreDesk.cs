using MotCua.Protocols;
using MotCua.Protocols.Events;

namespace MotCua.CloudBridge.Views;

/// <summary>Goes through the events of one centre, in order, and keeps its tickets and faults as they tell. Knows nothing of a store or of other centres.</summary>
/// <remarks>
/// The rules are those of the centre's own statistics, so that both say the same: a time that was taken without knowing the time measures nothing, what runs moves with a
/// clock that is set, and off time counts only where the clock was trusted before and after.
/// </remarks>
public sealed class CentreDesk
{
    /// <summary>Tickets of the present day that later events may be about. Ten times what a large centre gives; past it the oldest are let go.</summary>
    public const int MostLive = 20_000;

    private const int MostFaults = 512;
    private const int MostName = 64;
    private const double MostStepMs = 365_250.0 * 24 * 3600 * 1000; // A thousand years either way, as the edge holds it.

    private readonly SortedDictionary<long, TicketView> live = [];
    private readonly Dictionary<string, TicketView> byNumber = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, FaultView> faults = [];

    /// <param name="tickets">The live ones.</param>
    /// <param name="known">Faults that last, and those whose times are not settled.</param>
    public CentreDesk(CentreId centre, DeskState state, IEnumerable<TicketView> tickets, IEnumerable<FaultView> known)
    {
        (Centre, State) = (centre, state);
        foreach (var ticket in tickets.OrderBy(ticket => ticket.Ordinal))
        {
            live.Add(ticket.Ordinal, ticket);
            byNumber[ticket.Number] = ticket;
        }

        foreach (var fault in known)
        {
            faults.Add(fault.Ordinal, fault);
        }
    }

    public CentreId Centre { get; }

    public DeskState State { get; private set; }

    /// <summary>Rows in memory.</summary>
    public int Size => live.Count + faults.Count;

    /// <param name="row">Stretch of the log that it stands in.</param>
    public void Apply(ReadEvent read, long row, ViewChanges changes)
    {
        var step = new Step(DateTimeOffset.FromUnixTimeMilliseconds(read.Header.Time.ToUnixTimeMilliseconds()), read.Header.Clock != ClockTrust.Unsynced, row, changes);
        var boot = Fits(read.Header.Boot) ? read.Header.Boot : "?";
        if (boot != State.Boot)
        {
            Started(step);
        }

        State = State with { Boot = boot, MarkAt = step.At, MarkTrusted = step.Trusted };
        switch (read.Data)
        {
            case null:
                changes.Unknown++;
                break;
            case JournalOpened { Previous: null }:
                AnotherBox(step);
                break;
            case DayOpened e:
                Open(e, step);
                break;
            case DayConfirmed:
                Settle(step);
                break;
            case DayClosed:
                State = State with { Closed = true };
                break;
            case DayReopened:
                State = State with { Closed = false };
                break;
            case ClockCorrected e:
                Move(TimeSpan.FromMilliseconds(Math.Clamp(e.StepMs, -MostStepMs, MostStepMs)), step);
                break;
            case TicketIssued e:
                Issue(e, step);
                break;
            case DeviceChanged e:
                Change(e, step);
                break;
            case { } other when TicketLife.NumberOf(other) is { } number:
                if (!byNumber.TryGetValue(number, out var ticket))
                {
                    changes.Orphaned++;
                }
                else if (row > ticket.FrozenUpTo)
                {
                    changes.Changing(ticket);
                    TicketLife.Apply(ticket, other, step.At, step.Trusted, Fits);
                }

                break;
        }
    }

    private void Started(Step step)
    {
        // What was pending in the boot before stays a guess: nobody will ever set that clock.
        foreach (var ticket in Thawed(step).Where(ticket => ticket.Doubts.HasPending()))
        {
            step.Changes.Changing(ticket);
            ticket.Doubts = ticket.Doubts.ForEver();
        }

        foreach (var fault in faults.Values.Where(fault => fault.Doubts.HasPending() && step.Row > fault.FrozenUpTo).ToList())
        {
            fault.Doubts = fault.Doubts.ForEver();
            Tell(fault, step);
        }

        if (State.Boot is not null && !(State.MarkTrusted && step.Trusted))
        {
            Move(step.At - State.MarkAt, step with { Trusted = false });
        }

        if (State.Closed)
        {
            Settle(step);
        }

        State = State with { Closed = false };
    }

    // A card was swapped: the new journal knows nothing of the old one's tickets and faults, and will never end them.
    private void AnotherBox(Step step)
    {
        foreach (var ticket in live.Values.ToList())
        {
            LetGo(ticket, step);
        }

        foreach (var fault in faults.Values.Where(fault => fault.To is null).ToList())
        {
            Close(fault, step);
        }

        State = State with { Day = null, Closed = false };
    }

    private void Open(DayOpened opened, Step step)
    {
        foreach (var ticket in live.Values.ToList())
        {
            if (opened.Carries && ticket.Unsure)
            {
                step.Changes.Changing(ticket);
                ticket.Day = opened.Date;
            }
            else
            {
                LetGo(ticket, step);
            }
        }

        State = State with { Day = opened.Date, Closed = false };
    }

    private void Settle(Step step)
    {
        foreach (var ticket in Thawed(step).Where(ticket => ticket.Unsure))
        {
            step.Changes.Changing(ticket);
            ticket.Unsure = false;
        }
    }

    private void Issue(TicketIssued issued, Step step)
    {
        if (!Fits(issued.Number) || !Fits(issued.Service) || (issued.Priority is { } priority && !Fits(priority)) || issued.Token.Length > MostName)
        {
            step.Changes.Broken++;
            return;
        }

        if (live.Count >= MostLive)
        {
            LetGo(live.First().Value, step);
        }

        State = State with { Tickets = State.Tickets + 1 };
        var slot = issued.Slot is { } said ? DateTimeOffset.FromUnixTimeMilliseconds(said.ToUnixTimeMilliseconds()) : step.At;
        var ticket = new TicketView(Centre, State.Tickets, issued.Number, step.Row)
        {
            Day = issued.Date, Service = issued.Service, ServiceBefore = issued.Service, TokenHash = TicketLife.HashOf(issued.Token), Priority = issued.Priority, Issued = step.At,
            Since = slot > step.At ? slot : step.At, Measures = step.Trusted, Unsure = !step.Trusted, Doubts = step.Trusted ? Doubts.None : Doubts.Begin,
        };
        live.Add(ticket.Ordinal, ticket);
        byNumber[ticket.Number] = ticket;
        step.Changes.Added(ticket);
    }

    private void Change(DeviceChanged changed, Step step)
    {
        if (!Fits(changed.Device) || !Fits(changed.State) || (changed.Fault is { } code && !Fits(code)))
        {
            step.Changes.Broken++;
            return;
        }

        var open = faults.Values.FirstOrDefault(fault => fault.To is null && fault.Device == changed.Device);
        if (open?.FrozenUpTo >= step.Row || (open?.State == changed.State && open.Fault == changed.Fault))
        {
            return;
        }

        if (open is not null)
        {
            Close(open, step);
        }

        if (changed.State == "ready")
        {
            return;
        }

        if (faults.Count >= MostFaults)
        {
            // Past the bound the oldest ends here, and its times stay what they are: a row that stayed open would be an outage for ever.
            var oldest = faults.First().Value;
            (oldest.To, oldest.Doubts) = (oldest.To ?? step.At, oldest.Doubts.ForEver());
            Tell(oldest, step);
        }

        State = State with { Faults = State.Faults + 1 };
        var fault = new FaultView(Centre, State.Faults, changed.Device, changed.State, changed.Fault, step.Row) { From = step.At, Doubts = step.Trusted ? Doubts.None : Doubts.Begin };
        faults.Add(fault.Ordinal, fault);
        step.Changes.Changed(fault);
    }

    // What runs moves along, so that it measures what passed; a time that was not known moves until it is; a time that was known stands.
    private void Move(TimeSpan by, Step step)
    {
        var before = step.At.Moved(-by);
        foreach (var ticket in Thawed(step))
        {
            step.Changes.Changing(ticket);
            ticket.Since = ticket.Since <= before ? ticket.Since.Moved(by) : ticket.Since; // A slot that is still to come was said in true time.
            ticket.ServiceSince = ticket.ServiceSince?.Moved(by);
            ticket.Issued = ticket.Doubts.Of(Doubts.Begin) ? ticket.Issued.Moved(by) : ticket.Issued;
            ticket.Called = ticket.Doubts.Of(Doubts.Call) ? ticket.Called?.Moved(by) : ticket.Called;
            ticket.Ended = ticket.Doubts.Of(Doubts.End) ? ticket.Ended?.Moved(by) : ticket.Ended;
            ticket.Doubts = step.Trusted ? ticket.Doubts & ~Doubts.Pending : ticket.Doubts;
        }

        foreach (var fault in faults.Values.Where(fault => fault.Doubts != Doubts.None && step.Row > fault.FrozenUpTo).ToList())
        {
            fault.From = fault.Doubts.Of(Doubts.Begin) ? fault.From.Moved(by) : fault.From;
            fault.To = fault.Doubts.Of(Doubts.End) ? fault.To?.Moved(by) : fault.To;
            fault.Doubts = step.Trusted ? fault.Doubts & ~Doubts.Pending : fault.Doubts;
            Tell(fault, step);
        }
    }

    private void Close(FaultView fault, Step step)
    {
        if (step.Row <= fault.FrozenUpTo)
        {
            return;
        }

        fault.To = step.At < fault.From && step.Trusted && fault.Doubts == Doubts.None ? fault.From : step.At;
        fault.Doubts |= step.Trusted ? Doubts.None : Doubts.End;
        Tell(fault, step);
    }

    // One that is over and settled never changes again.
    private void Tell(FaultView fault, Step step)
    {
        step.Changes.Changed(fault);
        if (fault.To is not null && !fault.Doubts.HasPending())
        {
            faults.Remove(fault.Ordinal);
        }
    }

    private void LetGo(TicketView ticket, Step step)
    {
        step.Changes.Changing(ticket);
        (ticket.Live, ticket.TokenHash) = (false, null); // The citizen's page ends with the day.
        live.Remove(ticket.Ordinal);
        if (byNumber.GetValueOrDefault(ticket.Number) == ticket)
        {
            byNumber.Remove(ticket.Number);
        }
    }

    private List<TicketView> Thawed(Step step) => [.. live.Values.Where(ticket => step.Row > ticket.FrozenUpTo)];

    // What an engine can hold and index: short, and no character that is none.
    private static bool Fits(string word) => word.Length is > 0 and <= MostName && !word.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter));

    private readonly record struct Step(DateTimeOffset At, bool Trusted, long Row, ViewChanges Changes);
}
