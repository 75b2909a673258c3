using MotCua.Edge.Journal;
using MotCua.Edge.Loop;
using MotCua.Protocols.Events;
using Wire = MotCua.Protocols.Events;

namespace MotCua.Edge.Printing;

/// <summary>The living tickets of the day that no receipt says are on paper, read from the journal when somebody asks.</summary>
/// <remarks>
/// Of a power cut between commit and print, of an empty roll, of a printer that was away: all are offered for «in lại» alike. So are all that lived when a journal was opened
/// after damage: their receipts may be among what was lost, and nobody knows.
/// </remarks>
public sealed class UnprintedTickets(EventJournal journal, Func<Committed> durable)
{
    /// <summary>More than any clerk prints again by hand; the newest are kept.</summary>
    public const int Most = 200;

    private const int EventsAtOnce = 200;
    private const int BytesAtOnce = 64 * 1024;

    private readonly Lock gate = new();
    private readonly JournalReader reader = new(journal);
    private readonly Dictionary<string, string?> without = new(StringComparer.Ordinal);
    private JournalMark? readUpTo;
    private long beginsAt = -1;

    /// <summary>Oldest first, at most <see cref="Most"/>.</summary>
    public IReadOnlyList<UnprintedTicket> Now()
    {
        lock (gate)
        {
            var now = durable();
            ReadOn(now);
            return
            [
                .. now.State.Queue.Living.Where(t => without.ContainsKey(t.Number.ToString())).OrderByDescending(t => t.Arrival).Take(Most).Reverse()
                    .Select(t => new UnprintedTicket(t, without[t.Number.ToString()])),
            ];
        }
    }

    private void ReadOn(Committed now)
    {
        if (now.State.FiguresBeginAt != beginsAt)
        {
            beginsAt = now.State.FiguresBeginAt;
            without.Clear();
            var before = Math.Max(0, beginsAt - 1);
            readUpTo = reader.HashAt(journal.Epoch, before) is { } hash ? new JournalMark(journal.Epoch, before, hash) : null;
            // The day began in an earlier journal: its tickets were carried into this one, their receipts were not.
            foreach (var ticket in beginsAt == 0 ? now.State.Queue.Living : [])
            {
                without[ticket.Number.ToString()] = null;
            }
        }

        while (readUpTo is { } mark && mark.Seq < now.Mark.Seq && reader.ReadAfter(mark, EventsAtOnce, BytesAtOnce) is { } stretch)
        {
            foreach (var bytes in stretch.Events)
            {
                Add(EventCodec.Read(bytes.Span).Data);
            }

            readUpTo = stretch.End;
        }
    }

    private void Add(EventData? data)
    {
        switch (data)
        {
            case Wire.TicketIssued issued:
                without[issued.Number] = null;
                break;
            case TicketUnprinted { Copy: 1 } told:
                without[told.Number] = told.Fault;
                break;
            case TicketPrinted printed:
                without.Remove(printed.Number);
                break;
        }
    }
}

/// <param name="Fault">Why; null when nobody knows, as after a power cut.</param>
public sealed record UnprintedTicket(Queue.Ticket Ticket, string? Fault);
