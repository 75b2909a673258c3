namespace MotCua.Edge.Queue;

/// <summary>A ticket that is still alive: waiting, at a counter, or set aside.</summary>
/// <param name="Service">The service it waits for now; a transfer changes it.</param>
/// <param name="Arrival">Order of issue within the journal; ties cannot happen.</param>
/// <param name="Calls">How often it was called to its counter; 0 while waiting.</param>
/// <param name="CalledAt">Wall time of the newest call.</param>
public sealed record Ticket(TicketNumber Number, ServiceCode Service, FollowToken Token, DateTimeOffset IssuedAt, long Arrival, int Calls = 0, DateTimeOffset? CalledAt = null)
{
    public TicketStage Stage { get; init; } = TicketStage.Waiting;

    /// <summary>Its place before any credit, on the <see cref="ArrivalClock"/>: when it was issued, or the slot of an appointment. Kept through transfers and returns.</summary>
    public DateTimeOffset Came { get; init; } = IssuedAt;

    public PriorityCode? Priority { get; init; }

    public TimeSpan Credit { get; init; }

    /// <summary>Of an appointment that was kept: when it was for.</summary>
    public DateTimeOffset? Slot { get; init; }

    /// <summary>Issued while the clock was not trusted.</summary>
    public bool Unsure { get; init; }

    /// <summary>Unsure, and the box was started anew before it knew the time: it may be of an earlier day than the one it stands in.</summary>
    public bool Doubtful { get; init; }

    /// <summary>Back in line after it was missed or parked, and not called since.</summary>
    public bool Returned { get; init; }

    /// <summary>Ordinary calls of later arrivals at counters that could have served this one.</summary>
    public int Overtaken { get; init; }

    /// <summary>Prints, the original counted.</summary>
    public int Prints { get; init; } = 1;

    /// <summary>The counter that it is kept for after a direct transfer; see <see cref="Reservation"/>.</summary>
    public CounterId? Direct { get; init; }

    /// <summary>Why a clerk sent it elsewhere or set it aside.</summary>
    public Reason? Because { get; init; }

    /// <summary>Of a missed ticket: until when it may come back; null for all day.</summary>
    public DateTimeOffset? ReturnUntil { get; init; }

    /// <summary>In which the citizen asked to be called as well; null for the centre's languages alone.</summary>
    public LanguageCode? Language { get; init; }

    /// <summary>What the citizen comes for, where that was looked up; null for a service alone.</summary>
    public ProcedureCode? Procedure { get; init; }

    /// <summary>The order of calls: the earliest first, ties by <see cref="Arrival"/>.</summary>
    public DateTimeOffset Effective => Came - Credit;
}

/// <summary>Where a living ticket is.</summary>
public enum TicketStage
{
    Waiting,
    Called,
    Serving,
    Missed,
    Parked,
}
