using System.Collections.Immutable;
using MotCua.Edge.Journal;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>The figures of the business day, read from the journal when somebody asks. Nothing is kept for those who do not.</summary>
/// <param name="journal">Its events are the only source: what they say today they say tomorrow.</param>
/// <param name="durable">The durable state, which knows where the day begins.</param>
public sealed class DayStatistics(EventJournal journal, Func<Committed> durable)
{
    private const int EventsAtOnce = 200;
    private const int BytesAtOnce = 64 * 1024;

    private readonly Lock gate = new();
    private readonly JournalReader reader = new(journal);
    private readonly HashSet<string> kept = new(StringComparer.Ordinal);
    private DayLedger ledger = new();
    private WaitingCurve curve = new();
    private JournalMark? readUpTo;
    private long beginsAt = -1;
    private bool begun;

    /// <summary>The day up to the newest durable event. The first question of a day reads all of it, later ones what came since.</summary>
    public DayReport Report()
    {
        lock (gate)
        {
            ReadOn();
            return ledger.Report();
        }
    }

    /// <summary>The same, with how many waited until now and who waited longest.</summary>
    public (DayReport Report, ImmutableArray<CurvePoint> Curve, ImmutableArray<LongWait> Longest) Day(DateTimeOffset now)
    {
        lock (gate)
        {
            ReadOn();
            return (ledger.Report(), curve.Until(now), curve.Longest);
        }
    }

    /// <summary>Ids of the appointments that were checked in this day, whose booking is over; a copy.</summary>
    public IReadOnlySet<string> AppointmentsKept()
    {
        lock (gate)
        {
            ReadOn();
            return kept.ToHashSet(StringComparer.Ordinal);
        }
    }

    private void ReadOn()
    {
        var now = durable();
        if (now.State.FiguresBeginAt != beginsAt)
        {
            (beginsAt, begun, ledger, curve) = (now.State.FiguresBeginAt, false, new DayLedger(), new WaitingCurve());
            kept.Clear();
            readUpTo = MarkBefore(beginsAt);
        }

        while (readUpTo is { } mark && mark.Seq < now.Mark.Seq && reader.ReadAfter(mark, EventsAtOnce, BytesAtOnce) is { } stretch)
        {
            foreach (var bytes in stretch.Events)
            {
                if (EventCodec.Read(bytes.Span) is { Data: { } data } read)
                {
                    Add(read.Header, data);
                }
            }

            readUpTo = stretch.End;
        }
    }

    private void Add(EventHeader header, EventData data)
    {
        if (!begun)
        {
            // So that a restart of the program alone is not taken for one of the box, which settles what was issued before.
            begun = true;
            ledger.Add(new BoxStarted(header.Boot));
        }

        if (data is Protocols.Events.TicketIssued { Appointment: { } appointment })
        {
            kept.Add(appointment);
        }

        if (WireMap.ToQueue(header, data) is { } happened)
        {
            ledger.Add(happened);
            curve.Add(happened);
        }
    }

    // A day that began in an older, damaged journal is told from where this one begins.
    private JournalMark? MarkBefore(long seq) =>
        reader.HashAt(journal.Epoch, Math.Max(0, seq - 1)) is { } hash ? new JournalMark(journal.Epoch, Math.Max(0, seq - 1), hash) : null;
}
