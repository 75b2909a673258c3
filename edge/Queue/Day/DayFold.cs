using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

internal static class DayFold
{
    // Leftovers were expired before, each by its own event in the same commit; what still lives now is carried.
    public static QueueState Opened(QueueState state, DayOpened opened)
    {
        var fresh = state with
        {
            Date = opened.Date,
            Closed = false,
            SkipAtNextDay = 0,
            Undo = state.Undo.Clear(),
            Appointments = state.Appointments.RemoveRange(state.Appointments.Where(a => BusinessDate.In(a.Value.Slot) < opened.Date).Select(a => a.Key)),
        };
        var boot = state.Boot with { OpenedByClerk = opened.ByClerk ? opened.At : state.Boot.OpenedByClerk, Closed = false };
        return opened.Carries
            ? fresh with
            {
                Tally = boot.Unsure,
                Issued = boot.UnsureIssued,
                Boot = boot,
                Aside = state.Aside.RemoveRange(state.Aside.Values.Where(ticket => !boot.IsUnsure(ticket)).Select(ticket => ticket.Number)),
            }
            : fresh with
            {
                LastNumbers = state.SkipAtNextDay == 0 ? ImmutableDictionary<char, int>.Empty
                    : state.LastNumbers.Keys.ToImmutableDictionary(series => series, _ => state.SkipAtNextDay),
                Tally = DayTally.Zero,
                Issued = ImmutableDictionary<ServiceCode, int>.Empty,
                Boot = boot.Settled(state.NextArrival),
                Aside = ImmutableDictionary<TicketNumber, Ticket>.Empty,
                PausedCounters = ImmutableDictionary<CounterId, Pause>.Empty,
                // Who asked to be served at home still waits there.
                Help = state.Help.RemoveRange(state.Help.Where(help => help.Value.Kind != HelpKind.Home).Select(help => help.Key)),
                Ratings = RatingBook.Empty,
                Clock = default,
            };
    }

    public static QueueState Confirmed(QueueState state) => state with { Boot = state.Boot.Settled(state.NextArrival) };

    public static QueueState Closed(QueueState state) => state with { Closed = true, Undo = state.Undo.Clear(), Boot = state.Boot with { Closed = true } };

    public static QueueState Reopened(QueueState state) => state with { Closed = false, Boot = state.Boot with { Closed = false } };

    public static QueueState Expired(QueueState state, TicketExpired expired)
    {
        if (state.CounterOf(expired.Number) is { } counter)
        {
            return Count(state with { AtCounters = state.AtCounters.Remove(counter) }, state.AtCounters[counter]);
        }

        if (state.Aside.TryGetValue(expired.Number, out var aside))
        {
            return Count(state with { Aside = state.Aside.Remove(expired.Number) }, aside);
        }

        return state.FindWaiting(expired.Number) is { } waiting ? Count(state.Leave(waiting), waiting) : state;
    }

    // A restart of the program alone keeps the mark: the machine's monotonic clock did not stop either.
    public static QueueState Started(QueueState state, BoxStarted started)
    {
        var before = state.Boot;
        if (started.Boot == before.Boot)
        {
            return state;
        }

        return before.GoesOn
            ? state.Each(ticket => before.IsUnsure(ticket) ? ticket with { Doubtful = true } : ticket) with
            {
                Boot = before with { Boot = started.Boot, OpenedByClerk = null, Named = before.Named || before.OpenedByClerk is not null },
            }
            : state with { Boot = BootMark.None with { Boot = started.Boot, FirstArrival = state.NextArrival } };
    }

    public static QueueState Lost(QueueState state, PastLost lost) => state with
    {
        LastNumbers = state.Plan.Services.Values.Select(service => service.Series).Union(state.LastNumbers.Keys)
            .ToImmutableDictionary(series => series, series => state.LastNumbers.GetValueOrDefault(series) + lost.Skip),
        // A second loss before the next day adds to the first, as the numbers do.
        SkipAtNextDay = state.SkipAtNextDay + lost.Skip,
    };

    private static QueueState Count(QueueState state, Ticket ticket) => state.Count(ticket, tally => tally with { Expired = tally.Expired + 1 });
}
