using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>A service ("lĩnh vực") that citizens take a number for.</summary>
/// <param name="Name">Vietnamese, for people: "Chứng thực".</param>
/// <param name="Series">Letter of its numbers.</param>
public sealed record Service(ServiceCode Code, string Name, char Series);

/// <summary>A counter and the services it takes.</summary>
public sealed record Counter(CounterId Id, ImmutableHashSet<ServiceCode> Services);

/// <summary>What the centre offers, from its configuration. It is not part of the journal: events name services and counters by their codes.</summary>
public sealed record QueuePlan(ImmutableDictionary<ServiceCode, Service> Services, ImmutableSortedDictionary<CounterId, Counter> Counters)
{
    public static QueuePlan Of(IEnumerable<Service> services, IEnumerable<Counter> counters) => new(
        services.ToImmutableDictionary(s => s.Code),
        counters.ToImmutableSortedDictionary(c => c.Id, c => c, Comparer<CounterId>.Create((a, b) => a.Value.CompareTo(b.Value))));
}
