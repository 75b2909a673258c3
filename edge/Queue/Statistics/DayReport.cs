using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>The figures of one business day.</summary>
/// <param name="Overtakings">How often a ticket was overtaken by an ordinary call.</param>
/// <param name="Apart">How often by a chosen, direct or returned one or an appointment.</param>
/// <param name="ByPriority">By group of the priority table.</param>
/// <param name="WithoutPriority">Everyone else.</param>
public sealed record DayReport(
    DateOnly Date, Figures Total, ImmutableDictionary<ServiceCode, Figures> ByService, ImmutableDictionary<CounterId, Figures> ByCounter,
    ImmutableDictionary<PriorityCode, Figures> ByPriority, Figures WithoutPriority, int Overtakings, int Apart, ImmutableDictionary<Rating, int> Ratings)
{
    internal static DayReport Of(DateOnly date, IReadOnlyCollection<TicketStory> stories, int overtakings, int apart, Dictionary<Rating, int> ratings) => new(
        date,
        Figures.Of(stories),
        stories.GroupBy(story => story.Service).ToImmutableDictionary(group => group.Key, Figures.Of),
        stories.Where(story => story.Counter is not null).GroupBy(story => story.Counter!.Value).ToImmutableDictionary(group => group.Key, Figures.Of),
        stories.Where(story => story.Priority is not null).GroupBy(story => story.Priority!.Value).ToImmutableDictionary(group => group.Key, Figures.Of),
        Figures.Of(stories.Where(story => story.Priority is null)),
        overtakings, apart, ratings.ToImmutableDictionary());
}

/// <summary>Counts and times of a set of tickets. A ticket has one end at most: <c>Issued = Served + Inferred + Missed + Expired + Cancelled + Living</c>.</summary>
/// <param name="Served">Ended by someone who was there.</param>
/// <param name="Inferred">Ended by the call of the next or by time: probably served, but nobody said so.</param>
/// <param name="Expired">Left over at the end of the day; never served.</param>
/// <param name="Living">Not ended yet.</param>
/// <param name="Waiting">From arrival, or the slot of an appointment, to the first call.</param>
/// <param name="Service">From the start of serving, or else the call, to the end; of <paramref name="Served"/> only.</param>
public sealed record Figures(int Issued, int Served, int Inferred, int Missed, int Expired, int Cancelled, int Living, Spread Waiting, Spread Service)
{
    internal static Figures Of(IEnumerable<TicketStory> some)
    {
        var stories = some.ToList();
        return new Figures(
            stories.Count, Ended(TicketEnd.Served), Ended(TicketEnd.Inferred), Ended(TicketEnd.Missed), Ended(TicketEnd.Expired), Ended(TicketEnd.Cancelled), Ended(TicketEnd.None),
            Spread.Of(stories.Where(story => story.Waited is not null).Select(story => story.Waited!.Value)),
            Spread.Of(stories.Where(story => story.ServedFor is not null).Select(story => story.ServedFor!.Value)));

        int Ended(TicketEnd end) => stories.Count(story => story.End == end);
    }
}

/// <summary>Where the middle of some durations lies, and how long the slow ones are.</summary>
/// <param name="Count">How many durations; with 0 the others are zero.</param>
/// <param name="P90">Nine of ten are at most this long (nearest rank).</param>
public readonly record struct Spread(int Count, TimeSpan Median, TimeSpan P90)
{
    public static Spread Of(IEnumerable<TimeSpan> durations)
    {
        var sorted = durations.Order().ToArray();
        return sorted.Length == 0 ? default : new Spread(sorted.Length, Rank(50), Rank(90));

        // Nearest rank: the smallest duration that at least this share does not exceed.
        TimeSpan Rank(int percent) => sorted[((percent * sorted.Length) + 99) / 100 - 1];
    }
}
