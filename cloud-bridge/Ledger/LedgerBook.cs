using MotCua.CloudBridge.Store;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Ledger;

/// <summary>How far the ledger is.</summary>
/// <param name="ToGo">Stretches that were not checked; -1 before the first look. Until it is 0 nothing is said about ends of logs.</param>
/// <param name="Checked">Events whose hash was checked since this bridge started.</param>
public sealed record LedgerState(long ToGo, long Checked);

/// <summary>One centre on some days, and what it lacks in all of the log.</summary>
/// <param name="Places">Where something is missing or altered; what was forgotten on purpose is none, nor what the centre will still send.</param>
/// <param name="Waiting">Events that the centre has and has not delivered yet.</param>
public readonly record struct LedgerSum(long Issued, long Received, long Lost, long Places, long Waiting);

/// <summary>Keeps the ledger up behind the log, so that opening its page reads no history. One thread steps it; anybody reads.</summary>
/// <remarks><code>ends of the logs, births ─► rows up to there, in pieces ─► compare, rest ─► ends …</code></remarks>
public sealed class LedgerBook(IBridgeStore store, TimeProvider time)
{
    /// <summary>Days that pages may ask for.</summary>
    public const int MostDays = 62;

    /// <summary>Places of each centre and kind that are told exactly. As many as a birth may name logs.</summary>
    public const int MostRanges = 64;

    // Small, and with a rest after each: whoever opens no ledger should not feel it.
    private const int AtOnce = 64;
    private static readonly TimeSpan BetweenPieces = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan WhenDone = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan VietNam = TimeSpan.FromHours(7);

    private readonly Lock gate = new();
    private CompletenessLedger ledger = new([], MostRanges);
    private LackBook atTheEnd = new(MostRanges);
    private Round? round;
    private DateTimeOffset? forgottenAt;
    private bool begun;
    private bool compared;
    private long row;
    private long toGo;

    /// <returns>How long it may rest.</returns>
    /// <exception cref="BridgeStoreException">The store cannot be read.</exception>
    public TimeSpan Step()
    {
        var asked = round ??= Begin();
        var stretches = row < asked.Row ? store.ReadStretches(row, AtOnce) : [];
        var first = DateOnly.FromDateTime((time.GetUtcNow() + VietNam).UtcDateTime).AddDays(-MostDays);
        if (stretches.Count > 0)
        {
            lock (gate)
            {
                // A box whose clock is far off fills no other days: tomorrow's are taken, since it may be a little ahead.
                ledger.Window = (first, first.AddDays(MostDays + 1));
                foreach (var stretch in stretches)
                {
                    ledger.Add(stretch);
                }

                row = stretches[^1].Row;
                toGo = Left(asked.Row);
            }

            if (row < asked.Row)
            {
                return BetweenPieces;
            }
        }

        round = null;
        if (store.Retention.Read()?.At != forgottenAt)
        {
            return BetweenPieces; // Rows went while they were read: the next step begins again.
        }

        lock (gate)
        {
            atTheEnd = new LackBook(MostRanges);
            foreach (var lack in ledger.AtTheEnd(asked.Held, asked.Said))
            {
                atTheEnd.Add(lack);
            }

            (compared, toGo) = (true, 0);
            ledger.DropBefore(first);
        }

        return WhenDone;
    }

    /// <param name="first">First day of the sums; the last is the newest.</param>
    public (LedgerState State, IReadOnlyDictionary<CentreId, LedgerSum> Centres) Read(DateOnly first)
    {
        lock (gate)
        {
            var sums = new Dictionary<CentreId, LedgerSum>();
            foreach (var day in ledger.Days.Where(day => day.Date >= first))
            {
                var sum = sums.GetValueOrDefault(day.Centre);
                sums[day.Centre] = sum with { Issued = sum.Issued + day.Issued, Received = sum.Received + day.Received, Lost = Math.Min(LedgerDay.Most, sum.Lost + day.Lost) };
            }

            foreach (var group in ledger.Groups.Concat(AtTheEnd.All))
            {
                var sum = sums.GetValueOrDefault(group.Centre);
                sums[group.Centre] = group.What switch
                {
                    LackKind.Forgotten => sum,
                    LackKind.NotDeliveredYet => sum with { Waiting = Math.Min(LedgerDay.Most, sum.Waiting + group.Events) },
                    _ => sum with { Places = sum.Places + group.Places },
                };
            }

            return (State, sums);
        }
    }

    /// <summary>A centre's days, the newest first, and of each kind of lack the first <see cref="MostRanges"/>.</summary>
    public (LedgerState State, IReadOnlyList<LedgerDay> Days, IReadOnlyList<LedgerLack> Lacks) Read(CentreId centre)
    {
        lock (gate)
        {
            return (State, [.. ledger.DaysOf(centre).OrderByDescending(day => day.Date)], [.. ledger.GroupsOf(centre).Concat(AtTheEnd.Of(centre)).SelectMany(group => group.First)]);
        }
    }

    private LedgerState State => new(begun ? toGo : -1, ledger.Checked);

    // Of another time than the rows, it says nothing while those are read.
    private LackBook AtTheEnd => toGo == 0 ? atTheEnd : new LackBook(MostRanges);

    // First the ends, then the rows: what is written meanwhile is not asked for.
    private Round Begin()
    {
        var forgotten = store.Retention.Read();
        if (!begun || forgotten?.At != forgottenAt)
        {
            lock (gate)
            {
                (ledger, row, begun, compared, forgottenAt, atTheEnd) = (new CompletenessLedger(forgotten?.Logs ?? [], MostRanges), 0, true, false, forgotten?.At, new LackBook(MostRanges));
                toGo = Left(0);
            }
        }

        var said = store.ReadFacts(FactKind.Birth).SelectMany(SaidAtBirth.Of).ToList();
        var held = store.ReadLogs();
        var asked = new Round(held, said, row + store.Views.ReadLag(row).Rows);
        lock (gate)
        {
            toGo = Left(asked.Row);
        }

        return asked;
    }

    // What came within the last seconds is no reason to take the word of the last comparison back.
    private long Left(long upTo)
    {
        var left = Math.Max(0, upTo - row);
        return compared && left <= AtOnce ? 0 : Math.Max(1, left);
    }

    /// <param name="Row">Newest stretch when the ends were read.</param>
    private sealed record Round(IReadOnlyList<(LogId Log, LogEnd End)> Held, IReadOnlyList<(LogId Log, long Last)> Said, long Row);
}
