using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>A service ("lĩnh vực") that citizens take a number for.</summary>
/// <param name="Name">Vietnamese, for people: "Chứng thực".</param>
/// <param name="Series">Letter of its numbers.</param>
/// <param name="Quota">Most tickets in a day; null for as many as come.</param>
public sealed record Service(ServiceCode Code, string Name, char Series, int? Quota = null);

/// <summary>A counter and the services it takes.</summary>
/// <param name="SelfService">A PC without a clerk: its own button or time frees it, and it calls the next by itself.</param>
/// <param name="FreeAfter">After how long a self-service counter is freed without its button; null: only by its button.</param>
public sealed record Counter(CounterId Id, ImmutableHashSet<ServiceCode> Services, bool SelfService = false, TimeSpan? FreeAfter = null);

/// <summary>A row of the priority table.</summary>
/// <param name="Label">Vietnamese, as it stands after "ưu tiên: ": "người cao tuổi". Never announced or shown in public.</param>
/// <param name="Credit">How much earlier than its arrival a ticket of the group counts; 0 to 4 h.</param>
/// <param name="LegalBasis">Such as "Luật 39/2009/QH12".</param>
/// <param name="InForceFrom">First business date of the row. A group may have several rows; the newest in force counts.</param>
public sealed record PriorityGroup(PriorityCode Code, string Label, TimeSpan Credit, string LegalBasis, DateOnly InForceFrom)
{
    public static TimeSpan MostCredit { get; } = TimeSpan.FromHours(4);
}

/// <summary>A stretch of a weekday in which tickets are given.</summary>
/// <param name="From">First minute, in Vietnamese time.</param>
/// <param name="To">When the counters close; no ticket from then on.</param>
/// <param name="LastTicket">From when on no more tickets are given though the counters still work; null: until <paramref name="To"/>.</param>
public sealed record OpenSpan(DayOfWeek Day, TimeOnly From, TimeOnly To, TimeOnly? LastTicket = null);

/// <summary>Times of the rules. Each default stands at its property.</summary>
public sealed record QueueTiming
{
    /// <summary>A second press of next within this after the call counts as the same press. Default 2 s; 0 turns it off.</summary>
    public TimeSpan Guard { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Calls after which a ticket may be missed. Default 3.</summary>
    public int CallsBeforeMissed { get; init; } = 3;

    /// <summary>Time after the newest call before a ticket may be missed. Default 30 s: time to cross the hall.</summary>
    public TimeSpan MissedAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a missed ticket may come back. Default 30 min.</summary>
    public TimeSpan ReturnWindow { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How late an appointment keeps its slot. Default 15 min.</summary>
    public TimeSpan AppointmentLateness { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a ticket that was sent straight to a counter is kept for it while it pauses. Default 5 min: longer than a cup of tea is a pause that nobody should wait out.</summary>
    public TimeSpan DirectHold { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an action can be taken back. Default 5 s.</summary>
    public TimeSpan UndoWindow { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Least time between two days that clerks open while the clock is not trusted, so that a second held key opens no second day. Default 4 h.</summary>
    public TimeSpan ShortestDay { get; init; } = TimeSpan.FromHours(4);
}

/// <summary>What the centre offers, from its configuration. It is not part of the journal: events name services and counters by their codes.</summary>
public sealed record QueuePlan(ImmutableDictionary<ServiceCode, Service> Services, ImmutableSortedDictionary<CounterId, Counter> Counters)
{
    /// <summary>The priority table; empty for a centre without one.</summary>
    public ImmutableArray<PriorityGroup> Priorities { get; init; } = [];

    /// <summary>When tickets are given; empty: always.</summary>
    public ImmutableArray<OpenSpan> Hours { get; init; } = [];

    public QueueTiming Timing { get; init; } = new();

    /// <summary>How often one ticket may be overtaken before it goes first. 0 to 100, default 5; 0 makes every line first come, first served.</summary>
    public int OvertakingCap { get; init; } = 5;

    public static QueuePlan Of(IEnumerable<Service> services, IEnumerable<Counter> counters) => new(
        services.ToImmutableDictionary(s => s.Code),
        counters.ToImmutableSortedDictionary(c => c.Id, c => c, Comparer<CounterId>.Create((a, b) => a.Value.CompareTo(b.Value))));
}
