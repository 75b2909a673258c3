using MotCua.Edge.Queue;

namespace MotCua.Edge.Pages;

/// <summary>What a clerk asks at a counter; each verb needs some of it.</summary>
/// <param name="Reason">Why, 1 to 120 characters; never a citizen's name.</param>
/// <param name="Number">Of a call: the chosen ticket.</param>
/// <param name="Service">Of a transfer: the service to wait for.</param>
/// <param name="To">Of a transfer: the counter that calls it next.</param>
public sealed record CounterRequest(string? Reason = null, string? Number = null, string? Service = null, int? To = null);

/// <summary>A change of a ticket or of the centre; each verb needs some of it.</summary>
/// <param name="Counter">Of a cancellation: the counter that cancels and may undo it.</param>
public sealed record ChangeRequest(string? Reason = null, int? Counter = null);

/// <param name="Id">1 to 40 letters, digits and '-'.</param>
/// <param name="Slot">When the citizen is expected, in ISO 8601: 2026-11-23T09:00:00+07:00. Without an offset it is the time in Viet Nam.</param>
public sealed record AppointmentRequest(string Id, string Service, string Slot);

/// <param name="Seq">Sequence number of the durable event.</param>
public sealed record DoneAnswer(long Seq);

/// <param name="Done">Ticket that ended at the counter; null when there was none.</param>
/// <param name="Missed">Ticket that ended as missed.</param>
/// <param name="Called">Ticket that is at the counter now; null when nobody waits.</param>
/// <param name="Calls">How often it was called.</param>
/// <param name="Why">Why this ticket now; null for a recall.</param>
public sealed record CounterAnswer(int Counter, string? Done, string? Missed, string? Called, int Calls, string? Why, long Seq);

public sealed record QueueAnswer(
    DateOnly? Date, int Waiting, IReadOnlyList<ServiceWaiting> Services, IReadOnlyList<CounterNow> Counters, int Issued, int Called, int Done, int Inferred, long Seq)
{
    /// <summary>A clerk closed the day.</summary>
    public bool Closed { get; init; }

    public int Missed { get; init; }

    public int Cancelled { get; init; }

    public int Expired { get; init; }

    /// <summary>Pause of the whole centre.</summary>
    public PauseNow? Pause { get; init; }

    /// <summary>Missed and parked tickets, the newest first, at most 50.</summary>
    public IReadOnlyList<AsideNow> Aside { get; init; } = [];

    /// <summary>Places that wait for the support team, the longest first.</summary>
    public IReadOnlyList<HelpNow> Help { get; init; } = [];

    /// <summary>The priority table in force today.</summary>
    public IReadOnlyList<PriorityNow> Priorities { get; init; } = [];
}

/// <param name="Next">The next numbers, at most ten.</param>
public sealed record ServiceWaiting(string Code, string Name, string Series, int Waiting, IReadOnlyList<string> Next)
{
    public PauseNow? Pause { get; init; }

    /// <summary>Tickets left of the day's quota; null without one.</summary>
    public int? Left { get; init; }
}

public sealed record CounterNow(int Number, IReadOnlyList<string> Services, string? Ticket, int Calls, DateTimeOffset? CalledAt)
{
    /// <summary><c>called</c> or <c>serving</c>; null without a ticket.</summary>
    public string? Stage { get; init; }

    public PauseNow? Pause { get; init; }

    /// <summary>The action that could be taken back, if it is not too late.</summary>
    public string? CanUndo { get; init; }
}

public sealed record PauseNow(string Why, DateTimeOffset Since)
{
    internal static PauseNow? Of(Pause? pause) => pause is null ? null : new PauseNow(pause.Why.Value, pause.Since);
}

/// <param name="Stage"><c>missed</c> or <c>parked</c>.</param>
public sealed record AsideNow(string Number, string Stage, DateTimeOffset? ReturnUntil, string? Because);

public sealed record HelpNow(string Place, DateTimeOffset Since);

public sealed record PriorityNow(string Group, string Label, int CreditMinutes, string LegalBasis);

/// <param name="Stage"><c>waiting</c>, <c>called</c>, <c>serving</c>, <c>missed</c> or <c>parked</c>.</param>
/// <param name="Ahead">Tickets of its service that are called before it; null when it is not in that line.</param>
/// <param name="Counter">The counter that it is at.</param>
/// <param name="Overtaken">How often it was overtaken.</param>
/// <param name="Wait">The wait from now on; null when nothing can be said.</param>
public sealed record TicketNow(
    string Number, string Service, string Stage, int? Ahead, int? Counter, int Calls, int Overtaken, DateTimeOffset IssuedAt, DateTimeOffset? ReturnUntil, WaitNow? Wait)
{
    /// <summary>Given while the box did not know the time, and before it was last started: it may be of an earlier day.</summary>
    public bool Doubtful { get; init; }
}

/// <summary>A range that holds four times out of five.</summary>
/// <param name="FromMinutes">Whole minutes, rounded down.</param>
/// <param name="ToMinutes">Whole minutes, rounded up.</param>
/// <param name="Text">In Vietnamese, as for a ticket.</param>
public sealed record WaitNow(int FromMinutes, int ToMinutes, string Text)
{
    internal static WaitNow? Of(Queue.Forecast.WaitForecast? forecast) => forecast switch
    {
        Queue.Forecast.CalledAtOnce => new WaitNow(0, 1, "Sẽ được gọi ngay"),
        Queue.Forecast.WaitRange { Upper.TotalMinutes: <= 2 } => new WaitNow(0, 2, "Dự kiến chờ dưới 2 phút"),
        Queue.Forecast.WaitRange range => Between((int)Math.Floor(range.Lower.TotalMinutes), (int)Math.Ceiling(range.Upper.TotalMinutes)),
        _ => null,
    };

    private static WaitNow Between(int from, int to) => new(from, to, $"Dự kiến chờ {from}–{to} phút");
}
