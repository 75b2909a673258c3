using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>The queue of one centre at one moment. Immutable: a candidate that did not become durable is simply dropped.</summary>
/// <param name="Date">Business date; null before the first day.</param>
/// <param name="LastNumbers">The newest number of each series today.</param>
/// <param name="Waiting">The line of each service.</param>
/// <param name="AtCounters">The ticket at each busy counter.</param>
/// <param name="NextArrival">Order of arrival of the next ticket.</param>
/// <param name="SkipAtNextDay">Numbers that the next day skips as well, because the lost part of the past may reach into it.</param>
public sealed record QueueState(
    QueuePlan Plan,
    DateOnly? Date,
    ImmutableDictionary<char, int> LastNumbers,
    ImmutableDictionary<ServiceCode, WaitingLine> Waiting,
    ImmutableSortedDictionary<CounterId, Ticket> AtCounters,
    DayTally Tally,
    long NextArrival,
    int SkipAtNextDay)
{
    private static readonly Comparer<CounterId> ByNumber = Comparer<CounterId>.Create((a, b) => a.Value.CompareTo(b.Value));

    /// <summary>The day was closed by a clerk.</summary>
    public bool Closed { get; init; }

    /// <summary>Tickets sent straight to a counter.</summary>
    public ImmutableSortedDictionary<CounterId, WaitingLine> Direct { get; init; } = ImmutableSortedDictionary.Create<CounterId, WaitingLine>(ByNumber);

    /// <summary>Missed and parked tickets.</summary>
    public ImmutableDictionary<TicketNumber, Ticket> Aside { get; init; } = ImmutableDictionary<TicketNumber, Ticket>.Empty;

    /// <summary>Tickets issued today for each service, for its quota.</summary>
    public ImmutableDictionary<ServiceCode, int> Issued { get; init; } = ImmutableDictionary<ServiceCode, int>.Empty;

    public ArrivalClock Clock { get; init; }

    public BootMark Boot { get; init; } = BootMark.None;

    public ImmutableDictionary<CounterId, Pause> PausedCounters { get; init; } = ImmutableDictionary<CounterId, Pause>.Empty;

    public ImmutableDictionary<ServiceCode, Pause> PausedServices { get; init; } = ImmutableDictionary<ServiceCode, Pause>.Empty;

    public Pause? CentrePause { get; init; }

    /// <summary>Appointments that nobody has checked in for yet.</summary>
    public ImmutableDictionary<AppointmentId, Appointment> Appointments { get; init; } = ImmutableDictionary<AppointmentId, Appointment>.Empty;

    /// <summary>Places that wait for the support team.</summary>
    public ImmutableDictionary<HelpPlace, HelpAsk> Help { get; init; } = ImmutableDictionary<HelpPlace, HelpAsk>.Empty;

    public RatingBook Ratings { get; init; } = RatingBook.Empty;

    /// <summary>What each counter could take back.</summary>
    public ImmutableDictionary<CounterId, Undoable> Undo { get; init; } = ImmutableDictionary<CounterId, Undoable>.Empty;

    public static QueueState Empty(QueuePlan plan) => new(
        plan, null, ImmutableDictionary<char, int>.Empty, ImmutableDictionary<ServiceCode, WaitingLine>.Empty,
        ImmutableSortedDictionary.Create<CounterId, Ticket>(ByNumber), DayTally.Zero, 1, 0);

    /// <summary>Everyone in a line, those sent straight to a counter too.</summary>
    public int WaitingCount
    {
        get
        {
            var count = 0;
            foreach (var (_, line) in Waiting)
            {
                count += line.Count;
            }

            foreach (var (_, line) in Direct)
            {
                count += line.Count;
            }

            return count;
        }
    }

    public int WaitingFor(ServiceCode service) => Waiting.TryGetValue(service, out var line) ? line.Count : 0;

    /// <summary>Everyone in a line.</summary>
    public IEnumerable<Ticket> AllWaiting => Waiting.Values.Concat(Direct.Values).SelectMany(line => line.InArrival);

    /// <summary>Every living ticket, wherever it is.</summary>
    public IEnumerable<Ticket> Living => AtCounters.Values.Concat(Aside.Values).Concat(AllWaiting);
}

/// <summary>Counts of the business day.</summary>
/// <param name="Called">First calls; one that is called again after a return or a transfer counts again.</param>
/// <param name="Inferred">Of <paramref name="Done"/>, those that nobody confirmed.</param>
/// <param name="Missed">Those that are missed now; one that comes back no longer counts.</param>
/// <param name="Expired">Left over when a clerk closed the day.</param>
public sealed record DayTally(int Issued, int Called, int Done, int Inferred, int Missed = 0, int Expired = 0, int Cancelled = 0)
{
    public static DayTally Zero { get; } = new(0, 0, 0, 0);
}
