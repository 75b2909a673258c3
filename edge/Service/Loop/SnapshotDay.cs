using System.Collections.Immutable;
using System.Globalization;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Loop;

/// <summary>The parts of a queue's state beside its lines and counters.</summary>
/// <param name="Issued">Tickets issued today for each service.</param>
/// <param name="BeginsAt">As in <see cref="CentreState.DayBeginsAt"/>.</param>
internal sealed record SnapshotDay(
    bool Closed, List<SnapshotTicket> Aside, SortedDictionary<string, int> Issued, DateTimeOffset ClockLatest, TimeSpan ClockShift, SnapshotBoot Boot,
    SortedDictionary<string, SnapshotPause> PausedCounters, SortedDictionary<string, SnapshotPause> PausedServices, SnapshotPause? CentrePause,
    SortedDictionary<string, SnapshotAppointment> Appointments, SortedDictionary<string, DateTimeOffset> Help, List<SnapshotRatable> Ratings, List<SnapshotUndo> Undo, long BeginsAt, long BootBeginsAt, long FiguresBeginAt,
    SortedDictionary<string, SnapshotHelp>? HelpMore = null)
{
    public static SnapshotDay Of(CentreState centre) => Of(centre.Queue, centre);

    private static SnapshotDay Of(QueueState state, CentreState centre) => new(
        state.Closed,
        [.. state.Aside.Values.OrderBy(t => t.Arrival).Select(t => SnapshotTicket.Of(t))],
        CentreSnapshot.Sorted(state.Issued.Select(s => (s.Key.Value, s.Value))),
        state.Clock.Latest, state.Clock.Shift,
        new SnapshotBoot(
            state.Boot.Boot, state.Boot.FirstArrival, state.Boot.OpenedByClerk, state.Boot.Closed, state.Boot.Unsure, CentreSnapshot.Sorted(state.Boot.UnsureIssued.Select(s => (s.Key.Value, s.Value))), state.Boot.Named),
        CentreSnapshot.Sorted(state.PausedCounters.Select(p => (p.Key.ToString(), SnapshotPause.Of(p.Value)))),
        CentreSnapshot.Sorted(state.PausedServices.Select(p => (p.Key.Value, SnapshotPause.Of(p.Value)))),
        state.CentrePause is { } pause ? SnapshotPause.Of(pause) : null,
        CentreSnapshot.Sorted(state.Appointments.Select(a => (a.Key.Value, new SnapshotAppointment(a.Value.Service.Value, a.Value.Slot)))),
        CentreSnapshot.Sorted(state.Help.Select(h => (h.Key.Value, h.Value.Since))),
        [.. state.Ratings.Order.Select(n => new SnapshotRatable(n.ToString(), state.Ratings.Open.TryGetValue(n, out var counter) ? counter.Value : null))],
        [.. state.Undo.OrderBy(u => u.Key.Value).Select(u => new SnapshotUndo(u.Key.Value, WireWord.Of(u.Value.Action), SnapshotTicket.Of(u.Value.Before), u.Value.Inferred, u.Value.At, u.Value.Touched))],
        centre.DayBeginsAt, centre.BootBeginsAt, centre.FiguresBeginAt,
        CentreSnapshot.Sorted(state.Help.Select(h => (h.Key.Value, SnapshotHelp.Of(h.Value)))));

    public QueueState Onto(QueueState state) => state with
    {
        Closed = Closed,
        Aside = Aside.Select(t => t.ToTicket()).ToImmutableDictionary(t => t.Number),
        Issued = Counts(Issued),
        Clock = new ArrivalClock(ClockLatest, ClockShift),
        Boot = new BootMark(Boot.Boot, Boot.FirstArrival, Boot.OpenedByClerk, Boot.Closed, Boot.Unsure, Counts(Boot.UnsureIssued), Boot.Named),
        PausedCounters = PausedCounters.ToImmutableDictionary(p => new CounterId(int.Parse(p.Key, CultureInfo.InvariantCulture)), p => p.Value.ToPause()),
        PausedServices = PausedServices.ToImmutableDictionary(p => new ServiceCode(p.Key), p => p.Value.ToPause()),
        CentrePause = CentrePause?.ToPause(),
        Appointments = Appointments.ToImmutableDictionary(a => new AppointmentId(a.Key), a => new Appointment(new ServiceCode(a.Value.Service), a.Value.Slot)),
        Help = Help.ToImmutableDictionary(h => new HelpPlace(h.Key), h => HelpMore?.GetValueOrDefault(h.Key)?.ToAsk(h.Value) ?? new HelpAsk(h.Value)),
        Ratings = new RatingBook(
            Ratings.Where(r => r.Counter is not null).ToImmutableDictionary(r => TicketNumber.Parse(r.Number), r => new CounterId(r.Counter!.Value)),
            ImmutableQueue.CreateRange(Ratings.Select(r => TicketNumber.Parse(r.Number))), Ratings.Count),
        Undo = Undo.Where(u => WireWord.TryParse<UndoableAction>(u.Action, out _)).ToImmutableDictionary(u => new CounterId(u.Counter), u => u.ToUndoable()),
    };

    private static ImmutableDictionary<ServiceCode, int> Counts(SortedDictionary<string, int> counts) => counts.ToImmutableDictionary(s => new ServiceCode(s.Key), s => s.Value);
}

internal sealed record SnapshotBoot(string? Boot, long FirstArrival, DateTimeOffset? OpenedByClerk, bool Closed, DayTally Unsure, SortedDictionary<string, int> UnsureIssued, bool Named = false);

internal sealed record SnapshotPause(string Why, DateTimeOffset Since)
{
    public static SnapshotPause Of(Pause pause) => new(pause.Why.Value, pause.Since);

    public Pause ToPause() => new(new Reason(Why), Since);
}

/// <summary>What came to a help request later than its beginning did.</summary>
internal sealed record SnapshotHelp(string Kind, string? Area, int? TakenBy, DateTimeOffset? TakenAt)
{
    public static SnapshotHelp Of(HelpAsk ask) => new(WireWord.Of(ask.Kind), ask.Area?.Value, ask.TakenBy, ask.TakenAt);

    public HelpAsk ToAsk(DateTimeOffset since) => new(since, WireWord.TryParse<HelpKind>(Kind, out var kind) ? kind : HelpKind.Other, Area is { } area && HomeArea.IsValid(area) ? new HomeArea(area) : null, TakenBy, TakenAt);
}

internal sealed record SnapshotAppointment(string Service, DateTimeOffset Slot);

/// <param name="Counter">Where it was served; null once it is rated.</param>
internal sealed record SnapshotRatable(string Number, int? Counter);

internal sealed record SnapshotUndo(int Counter, string Action, SnapshotTicket Before, bool Inferred, DateTimeOffset At, bool Touched = false)
{
    public Undoable ToUndoable() => new(WireWord.TryParse<UndoableAction>(Action, out var action) ? action : default, Before.ToTicket(), Inferred, At, Touched);
}
