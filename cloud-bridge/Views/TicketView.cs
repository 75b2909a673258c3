using MotCua.Protocols;

namespace MotCua.CloudBridge.Views;

/// <summary>Where a ticket stands. The ones from <see cref="Served"/> on are ends; a ticket has one at most.</summary>
public enum TicketStage
{
    Waiting,
    Called,
    Serving,
    Parked,

    /// <summary>Ended by someone who was there.</summary>
    Served,

    /// <summary>Ended by the call of the next or by time: probably served, but nobody said so.</summary>
    Inferred,
    Missed,
    Expired,
    Cancelled,
}

/// <summary>A ticket as its centre's log tells it, with all that is needed to go on telling.</summary>
/// <param name="ordinal">Counts the tickets of a centre from 1, in the order of its log.</param>
/// <param name="number">As printed, such as <c>A105</c>; unique within a day unless a card was swapped.</param>
/// <param name="row">Stretch of the log that issued it.</param>
public sealed class TicketView(CentreId centre, long ordinal, string number, long row)
{
    public CentreId Centre => centre;

    public long Ordinal => ordinal;

    public string Number => number;

    public long Row => row;

    /// <summary>Business date. It moves once at most, when it turns out which day a morning without a clock was.</summary>
    public required DateOnly Day { get; set; }

    public required string Service { get; set; }

    /// <summary>The service before the last transfer, for when it is taken back.</summary>
    public required string ServiceBefore { get; set; }

    /// <summary>First 22 characters of base64url of the SHA-256 of the citizen's token; null once the day is over.</summary>
    public string? TokenHash { get; set; }

    public string? Priority { get; init; }

    public required DateTimeOffset Issued { get; set; }

    /// <summary>When its waiting began: issued, or the slot of an appointment that is later. Moves with the clock, so that it measures what passed.</summary>
    public required DateTimeOffset Since { get; set; }

    /// <summary>First call.</summary>
    public DateTimeOffset? Called { get; set; }

    /// <summary>Start of the service that is going on, or its last call. Moves with the clock.</summary>
    public DateTimeOffset? ServiceSince { get; set; }

    public DateTimeOffset? Ended { get; set; }

    /// <summary>The counter it was last at.</summary>
    public int? Counter { get; set; }

    /// <summary>How often it was called, over all its turns.</summary>
    public int Calls { get; set; }

    public TicketStage Stage { get; set; }

    /// <summary>The stage before the last action that a clerk may take back.</summary>
    public TicketStage StageBefore { get; set; }

    public TimeSpan? Waited { get; set; }

    public TimeSpan? ServedFor { get; set; }

    /// <summary>Issued while the box knew the time, so that <see cref="Since"/> can be measured from.</summary>
    public required bool Measures { get; init; }

    /// <summary>Issued without knowing the time, and nothing has settled since which day it is of.</summary>
    public required bool Unsure { get; set; }

    public Doubts Doubts { get; set; }

    /// <summary>The citizen's word as on the wire; null without one.</summary>
    public string? Rating { get; set; }

    /// <summary>Of the centre's present day, so that later events may be about it.</summary>
    public bool Live { get; set; } = true;

    /// <summary>Of a ticket that was taken over from older views because its events are forgotten: those up to this row are in it already.</summary>
    public long FrozenUpTo { get; set; }

    public bool HasEnded => Stage >= TicketStage.Served;
}

/// <summary>A device that was not ready, from then until then.</summary>
/// <param name="ordinal">Counts the faults of a centre from 1.</param>
/// <param name="row">Stretch of the log that told of it.</param>
public sealed class FaultView(CentreId centre, long ordinal, string device, string state, string? fault, long row)
{
    public CentreId Centre => centre;

    public long Ordinal => ordinal;

    public string Device => device;

    /// <summary><c>degraded</c>, <c>failed</c> or <c>absent</c>.</summary>
    public string State => state;

    /// <summary>Code of the fault catalogue; null when the centre gave none.</summary>
    public string? Fault => fault;

    public long Row => row;

    public required DateTimeOffset From { get; set; }

    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? To { get; set; }

    public Doubts Doubts { get; set; }

    /// <inheritdoc cref="TicketView.FrozenUpTo"/>
    public long FrozenUpTo { get; set; }
}
