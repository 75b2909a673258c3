using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>The queue of one centre at one moment. Immutable: a candidate that did not become durable is simply dropped.</summary>
/// <param name="Date">Business date; null before the first day.</param>
/// <param name="LastNumbers">The newest number of each series today.</param>
/// <param name="Waiting">Waiting tickets of each service, by order of arrival.</param>
/// <param name="AtCounters">The ticket at each busy counter.</param>
/// <param name="NextArrival">Order of arrival of the next ticket.</param>
/// <param name="SkipAtNextDay">Numbers that the next day skips as well, because the lost part of the past may reach into it.</param>
public sealed record QueueState(
    QueuePlan Plan,
    DateOnly? Date,
    ImmutableDictionary<char, int> LastNumbers,
    ImmutableDictionary<ServiceCode, ImmutableSortedDictionary<long, Ticket>> Waiting,
    ImmutableSortedDictionary<CounterId, Ticket> AtCounters,
    DayTally Tally,
    long NextArrival,
    int SkipAtNextDay)
{
    private static readonly Comparer<CounterId> ByNumber = Comparer<CounterId>.Create((a, b) => a.Value.CompareTo(b.Value));

    public static QueueState Empty(QueuePlan plan) => new(
        plan, null, ImmutableDictionary<char, int>.Empty, ImmutableDictionary<ServiceCode, ImmutableSortedDictionary<long, Ticket>>.Empty,
        ImmutableSortedDictionary.Create<CounterId, Ticket>(ByNumber), DayTally.Zero, 1, 0);

    public int WaitingCount => Waiting.Sum(service => service.Value.Count);

    public int WaitingFor(ServiceCode service) => Waiting.TryGetValue(service, out var tickets) ? tickets.Count : 0;
}

/// <summary>Counts of the business day.</summary>
/// <param name="Inferred">Of <paramref name="Done"/>, those concluded from the next call.</param>
public sealed record DayTally(int Issued, int Called, int Done, int Inferred)
{
    public static DayTally Zero { get; } = new(0, 0, 0, 0);
}
