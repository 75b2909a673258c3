using MotCua.CloudBridge.Store;

namespace MotCua.CloudBridge.Ledger;

/// <summary>What pages show of the ledger.</summary>
/// <param name="Row">Newest stretch that was checked.</param>
/// <param name="ToGo">Stretches that were not; until there are none, nothing is said about ends of logs.</param>
/// <param name="Checked">Events whose hash was checked since this bridge started.</param>
/// <param name="Days">Of the last weeks, by centre and day.</param>
/// <param name="Lacks">Everything that is missing, altered or forgotten, at most <see cref="LedgerBook.MostLacks"/>.</param>
public sealed record LedgerState(long Row, long ToGo, long Checked, IReadOnlyList<LedgerDay> Days, IReadOnlyList<LedgerLack> Lacks);

/// <summary>Keeps the ledger up behind the log, so that opening its page reads no history. One thread steps it; anybody reads.</summary>
public sealed class LedgerBook(IBridgeStore store, TimeProvider time)
{
    /// <summary>Days that pages may ask for.</summary>
    public const int MostDays = 62;

    public const int MostLacks = 10_000;

    // Small, and with a rest after each: whoever opens no ledger should not feel it.
    private const int AtOnce = 64;
    private static readonly TimeSpan BetweenPieces = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan WhenDone = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private CompletenessLedger ledger = new([]);
    private IReadOnlyList<LedgerLack> atTheEnd = [];
    private DateTimeOffset? forgottenAt;
    private bool begun;
    private long row;
    private long toGo;

    /// <returns>How long it may rest.</returns>
    /// <exception cref="BridgeStoreException">The store cannot be read.</exception>
    public TimeSpan Step()
    {
        BeginAgainWhenForgotten();
        // First the ends, then the rows: what is written meanwhile is not asked for.
        var stretches = store.ReadStretches(row, AtOnce);
        if (stretches.Count == 0)
        {
            var held = store.ReadLogs();
            var said = store.ReadFacts().Where(fact => fact.Key.Kind == FactKind.Birth).SelectMany(SaidAtBirth.Of).ToList();
            if (store.ReadStretches(row, 1).Count > 0)
            {
                return TimeSpan.Zero; // Those ends are ahead of what was checked.
            }

            lock (gate)
            {
                (atTheEnd, toGo) = ([.. ledger.AtTheEnd(held, said)], 0);
                ledger.DropBefore(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-MostDays - 1));
            }

            return WhenDone;
        }

        var left = stretches.Count < AtOnce ? 0 : store.Views.ReadLag(stretches[^1].Row).Rows;
        lock (gate)
        {
            foreach (var stretch in stretches)
            {
                ledger.Add(stretch);
            }

            (row, toGo) = (stretches[^1].Row, left);
        }

        return left == 0 ? TimeSpan.Zero : BetweenPieces;
    }

    public LedgerState Read()
    {
        lock (gate)
        {
            return new LedgerState(row, begun ? toGo : -1, ledger.Checked, [.. ledger.Days], [.. ledger.Lacks.Concat(toGo == 0 ? atTheEnd : []).Take(MostLacks)]);
        }
    }

    private void BeginAgainWhenForgotten()
    {
        var forgotten = store.Retention.Read();
        if (begun && forgotten?.At == forgottenAt)
        {
            return;
        }

        lock (gate)
        {
            (ledger, row, begun, forgottenAt, atTheEnd) = (new CompletenessLedger(forgotten?.Logs ?? []), 0, true, forgotten?.At, []);
        }
    }
}
