using System.Collections.Immutable;
using MotCua.Edge.Queue;
using MotCua.Protocols.Configuration;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>Everything that the journal's events add up to.</summary>
/// <param name="Calls">The newest calls, oldest first; at most <see cref="RecentCall.Kept"/>.</param>
/// <param name="Devices">What the journal last said of each device.</param>
public sealed record CentreState(QueueState Queue, ImmutableArray<RecentCall> Calls, ImmutableSortedDictionary<string, DeviceCondition> Devices)
{
    /// <summary>Both clocks at the newest event; null before the first.</summary>
    public ClockMark? Clock { get; init; }

    /// <summary>Sequence number of the event that opened the day, in the journal that is being written; 0 when it stands in none or in an older one.</summary>
    public long DayBeginsAt { get; init; }

    /// <summary>Sequence number of the event that began this boot of the box, or the first of those that it carries on.</summary>
    public long BootBeginsAt { get; init; }

    /// <summary>Where the day's figures begin: at its opening, or before it at the boot whose tickets it carries.</summary>
    public long FiguresBeginAt { get; init; }

    /// <summary>How much the buttons were used, by name, as the journal last said it.</summary>
    public ImmutableSortedDictionary<string, ButtonCount> Buttons { get; init; } = ImmutableSortedDictionary<string, ButtonCount>.Empty;

    /// <summary>Commands of the province that this centre has had.</summary>
    public CommandMemory Commands { get; init; } = CommandMemory.Empty;

    /// <summary>What the journal last said of a configuration of the province; null before it said anything.</summary>
    public ConfigurationMark? Configuration { get; init; }

    /// <summary>What began at cameras and is not over; at most <see cref="OpenIncidents.Most"/>.</summary>
    public ImmutableSortedDictionary<string, OpenIncident> Incidents { get; init; } = OpenIncidents.None;

    /// <summary>Pictures that were asked for, oldest first; at most <see cref="SnapshotMark.Kept"/>.</summary>
    public ImmutableArray<SnapshotMark> Snapshots { get; init; } = [];

    internal static ImmutableSortedDictionary<string, ButtonCount> ByName(IEnumerable<ButtonCount> counts) =>
        ImmutableSortedDictionary.Create<string, ButtonCount>(StringComparer.Ordinal).SetItems(counts.Select(count => KeyValuePair.Create(count.Device, count)));

    public static CentreState Empty(QueuePlan plan) => new(QueueState.Empty(plan), [], ImmutableSortedDictionary<string, DeviceCondition>.Empty);
}

/// <summary>A call or recall, and whether a voice has answered for it.</summary>
/// <param name="Seq">Sequence number of its event; identity of the call.</param>
/// <param name="Times">1 for the first call of the ticket.</param>
public sealed record RecentCall(long Seq, TicketNumber Ticket, CounterId Counter, int Times, DateTimeOffset At, bool Spoken)
{
    /// <summary>More than any board shows, and more than can be called within the 60 s that a restart looks back.</summary>
    public const int Kept = 32;
}

/// <summary>What the journal says last of configurations of the province.</summary>
/// <param name="Outcome">As in <c>configuration.changed</c>.</param>
/// <param name="Highest">Highest revision that the journal names: one that is kept may be set aside after a newer one was refused. 0 in snapshots of before.</param>
public sealed record ConfigurationMark(long Revision, string Outcome, long Highest = 0)
{
    public static ConfigurationMark Of(ConfigurationChanged changed) => new(changed.Revision, changed.Outcome, changed.Revision);

    /// <summary>Only newer ones are looked at.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Newest => Math.Max(Revision, Highest);

    /// <summary>After an event that is younger.</summary>
    public ConfigurationMark Then(ConfigurationChanged changed) => Of(changed) with { Highest = Math.Max(Newest, changed.Revision) };

    public bool SaysAs(ConfigurationMark? other) => other is not null && (Revision, Outcome) == (other.Revision, other.Outcome);

    /// <summary>Decided about before, also where the card has lost the book; one that was only begun may come again.</summary>
    public bool Closes(long revision) => revision < Newest || (revision == Newest && !(revision == Revision && Outcome == ConfigurationOutcome.Tried));
}

/// <param name="State"><c>ready</c>, <c>degraded</c>, <c>failed</c> or <c>absent</c>.</param>
public sealed record DeviceCondition(string State, string? Fault, string? Detail, DateTimeOffset Since);
