using System.Collections.Immutable;
using MotCua.Edge.Journal;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;
using Wire = MotCua.Protocols.Events;

namespace MotCua.Edge.Pages;

/// <summary>Why the ticket at each counter was called, for the clerk there. The state does not keep it; its event does.</summary>
internal sealed class CallReasons : ICommitSink
{
    private volatile ImmutableDictionary<int, Wire.TicketCalled> newest = ImmutableDictionary<int, Wire.TicketCalled>.Empty;

    /// <summary>After a start the newest calls are looked up in the journal once.</summary>
    public CallReasons(CentreState found, JournalReader reader, EpochId epoch)
    {
        foreach (var call in found.Calls.Where(call => call.Times == 1))
        {
            if (call.Seq > 0 && reader.HashAt(epoch, call.Seq - 1) is { } hash && reader.ReadAfter(new JournalMark(epoch, call.Seq - 1, hash), 1, EventBatch.MaxBytes) is { Events: [var bytes, ..] }
                && EventCodec.Read(bytes.Span) is { Data: Wire.TicketCalled called })
            {
                newest = newest.SetItem(called.Counter, called);
            }
        }
    }

    public void Accept(Committed committed)
    {
        foreach (var happened in committed.Events)
        {
            if (happened.Data is Wire.TicketCalled called)
            {
                newest = newest.SetItem(called.Counter, called);
            }
        }
    }

    /// <returns>Null where the call is too long ago to be known.</returns>
    public string? Of(CounterId counter, TicketNumber ticket) =>
        newest.TryGetValue(counter.Value, out var called) && called.Number == ticket.ToString() ? called.Why : null;
}
