using System.Text.Json;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.Events;

namespace MotCua.CloudBridge.Ledger;

/// <summary>One centre on one day.</summary>
/// <param name="Date">Business date of tickets; of other events the day in Viet Nam on which they happened.</param>
/// <param name="Issued">Tickets.</param>
/// <param name="Received">Events that the province holds.</param>
/// <param name="Lost">Events that the centre declared lost before the province had them; told on the day of the first event after them.</param>
public sealed record LedgerDay(CentreId Centre, DateOnly Date, long Issued, long Received, long Lost)
{
    /// <summary>No centre has more events than a browser can count; what a foreign hand writes is held to it, so that sums never run over.</summary>
    public const long Most = 1L << 53;

    /// <summary>Events from one to another, both included.</summary>
    internal static long Length(long from, long to) => to < from ? 0 : Math.Min(Most, to - Math.Max(0, from)) + 1;
}

/// <summary>Something that the province lacks, or no longer has as it was.</summary>
/// <param name="What">Which of the ways.</param>
/// <param name="From">First sequence number.</param>
/// <param name="To">Last one.</param>
public sealed record LedgerLack(CentreId Centre, EpochId Epoch, LackKind What, long From, long To);

public enum LackKind
{
    /// <summary>The centre declared it lost: its card was full for too long.</summary>
    DeclaredLost,

    /// <summary>The centre has it and has not delivered it yet, as of its last connection.</summary>
    NotDeliveredYet,

    /// <summary>The rows are there, but their bytes do not lead to the hash under which they were acknowledged: the store has changed them.</summary>
    Altered,

    /// <summary>Rows that were acknowledged are not in the store any more.</summary>
    Vanished,

    /// <summary>Forgotten on purpose, since they were older than the province keeps them. Nothing is wrong.</summary>
    Forgotten,
}

/// <summary>Counts what the province holds of each centre and day, and checks the hash chain of every byte of it. Made from the stored stretches, in order.</summary>
public sealed class CompletenessLedger
{
    private static readonly TimeSpan VietNam = TimeSpan.FromHours(7);

    private readonly Dictionary<LogId, LogEnd> ends = [];
    private readonly Dictionary<CentreId, Dictionary<DateOnly, LedgerDay>> days = [];
    private readonly Dictionary<LogId, long> forgottenUpTo = [];
    private readonly LackBook lacks;

    /// <param name="forgotten">Up to where logs were forgotten on purpose; what is held begins there.</param>
    /// <param name="mostRanges">Lacks of each centre and kind that are kept exactly; all are counted.</param>
    public CompletenessLedger(IEnumerable<(LogId Log, LogEnd End)> forgotten, int mostRanges)
    {
        lacks = new LackBook(mostRanges);
        foreach (var (log, end) in forgotten)
        {
            ends[log] = end;
            forgottenUpTo[log] = end.UpTo;
            lacks.Add(new LedgerLack(log.Centre, log.Epoch, LackKind.Forgotten, 1, end.UpTo));
        }
    }

    /// <summary>By centre, then by day.</summary>
    public IEnumerable<LedgerDay> Days => days.OrderBy(one => one.Key.Value, StringComparer.Ordinal).SelectMany(one => one.Value.Values.OrderBy(day => day.Date));

    /// <summary>By centre, then by kind.</summary>
    public IEnumerable<LackGroup> Groups => lacks.All;

    /// <summary>Those that are kept exactly.</summary>
    public IEnumerable<LedgerLack> Lacks => Groups.SelectMany(group => group.First);

    /// <summary>Days that are counted; all when it is null.</summary>
    public (DateOnly First, DateOnly Last)? Window { get; set; }

    /// <summary>Events whose bytes were checked.</summary>
    public long Checked { get; private set; }

    /// <param name="stretch">Continues its log; those of other logs may come between.</param>
    public void Add(StoredStretch stretch)
    {
        if (stretch.To <= forgottenUpTo.GetValueOrDefault(stretch.Log))
        {
            return; // Not removed yet.
        }

        var before = ends.GetValueOrDefault(stretch.Log, LogEnd.Empty);
        var hash = before.Hash;
        var lost = 0L;
        if (stretch.Gap is { } gap)
        {
            lacks.Add(new LedgerLack(stretch.Log.Centre, stretch.Log.Epoch, LackKind.DeclaredLost, gap.From, gap.To));
            (hash, lost) = (gap.Hash, gap.To - gap.From + 1);
        }

        var next = before.UpTo + 1 + lost;
        if (stretch.From != next)
        {
            lacks.Add(new LedgerLack(stretch.Log.Centre, stretch.Log.Epoch, LackKind.Vanished, next, stretch.From - 1));
        }

        foreach (var one in stretch.Events)
        {
            hash = hash.Next(one.Span);
            Count(stretch.Log.Centre, one, lost);
            lost = 0;
        }

        // After a hole nothing is known of the hash before it, so the stretch vouches for itself no more; the next one is judged again.
        if (hash != stretch.Hash && stretch.From == next)
        {
            lacks.Add(new LedgerLack(stretch.Log.Centre, stretch.Log.Epoch, LackKind.Altered, stretch.From, stretch.To));
        }

        ends[stretch.Log] = new LogEnd(stretch.To, stretch.Hash);
    }

    /// <summary>After the last stretch: what the store acknowledged, and what a centre said at its last connection that it has.</summary>
    /// <param name="held">Where the store says that its logs end.</param>
    public void Close(IEnumerable<(LogId Log, LogEnd End)> held, IEnumerable<(LogId Log, long Last)> said)
    {
        foreach (var lack in AtTheEnd(held, said))
        {
            lacks.Add(lack);
        }
    }

    /// <summary>In no order.</summary>
    public IEnumerable<LedgerDay> DaysOf(CentreId centre) => days.TryGetValue(centre, out var some) ? some.Values : [];

    /// <summary>By kind.</summary>
    public IEnumerable<LackGroup> GroupsOf(CentreId centre) => lacks.Of(centre);

    /// <summary>What is missing at the end of the logs, as of now.</summary>
    /// <inheritdoc cref="Close"/>
    public IEnumerable<LedgerLack> AtTheEnd(IEnumerable<(LogId Log, LogEnd End)> held, IEnumerable<(LogId Log, long Last)> said)
    {
        var acknowledged = held.ToDictionary(one => one.Log, one => one.End);
        foreach (var (log, end) in acknowledged)
        {
            var found = ends.GetValueOrDefault(log, LogEnd.Empty);
            if (found.UpTo < end.UpTo)
            {
                yield return new LedgerLack(log.Centre, log.Epoch, LackKind.Vanished, found.UpTo + 1, end.UpTo);
            }
            else if (found.UpTo == end.UpTo && found.Hash != end.Hash)
            {
                yield return new LedgerLack(log.Centre, log.Epoch, LackKind.Altered, 1, end.UpTo); // Rewritten whole, as nobody acknowledged it.
            }
        }

        foreach (var (log, last) in said)
        {
            var end = acknowledged.GetValueOrDefault(log, LogEnd.Empty).UpTo;
            if (end < last)
            {
                yield return new LedgerLack(log.Centre, log.Epoch, LackKind.NotDeliveredYet, end + 1, last);
            }
        }
    }

    /// <summary>Keeps the days from one on, for whoever asks about the last weeks only.</summary>
    public void DropBefore(DateOnly first)
    {
        foreach (var some in days.Values)
        {
            foreach (var date in some.Keys.Where(date => date < first && date != default).ToList())
            {
                some.Remove(date);
            }
        }
    }

    private void Count(CentreId centre, ReadOnlyMemory<byte> bytes, long lost)
    {
        Checked++;
        DateOnly date;
        var issued = 0;
        try
        {
            var read = EventCodec.Read(bytes.Span);
            var ticket = read.Data as TicketIssued;
            issued = ticket is null ? 0 : 1;
            date = ticket?.Date ?? DateOnly.FromDateTime(read.Header.Time.ToOffset(VietNam).DateTime);
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException)
        {
            date = default; // Ingest asks an event for its place in the chain only; one without a readable time has a line of its own, without a day.
        }

        if (Window is { } window && date != default && (date < window.First || date > window.Last))
        {
            return;
        }

        if (!days.TryGetValue(centre, out var some))
        {
            days.Add(centre, some = []);
        }

        var day = some.GetValueOrDefault(date, new LedgerDay(centre, date, 0, 0, 0));
        some[date] = day with { Issued = day.Issued + issued, Received = day.Received + 1, Lost = Math.Min(LedgerDay.Most, day.Lost + Math.Min(LedgerDay.Most, lost)) };
    }
}
