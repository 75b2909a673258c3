using MotCua.CloudBridge.Store;
using MotCua.Protocols.Events;

namespace MotCua.CloudBridge.Ingest;

/// <summary>Decides whether a batch continues a log. Pure.</summary>
/// <remarks>
/// <code>
///            held ─────────────►│
///  continues                    │[from ── to]       prev = held hash
///  overlap            [from ────┼──── to]           hash over the known part must meet the held hash
///  known / history    [── to]   │                   compared with the stored bytes
///  gap                          │··gap··[from ── to]
///  too far ahead                │       [from ── to]
/// </code>
/// </remarks>
public static class BatchJudge
{
    public static BatchVerdict Judge(LogId log, LogEnd held, EventBatch batch)
    {
        if (batch.From <= held.UpTo)
        {
            return batch.To < held.UpTo ? new BatchVerdict.NeedsHistory() : JudgeOverlap(log, held, batch);
        }

        if (batch.Gap is { } gap)
        {
            // The reader made sure that the gap ends right before the batch, with the batch's prev as its hash.
            return gap.From == held.UpTo + 1 ? Continue(log, held, gap, batch, batch.Prev, 0) : new BatchVerdict.TooFarAhead();
        }

        if (batch.From > held.UpTo + 1)
        {
            return new BatchVerdict.TooFarAhead();
        }

        return batch.Prev == held.Hash
            ? Continue(log, held, null, batch, held.Hash, 0)
            : new BatchVerdict.Contradicts($"prev before event {batch.From} is not the hash held.");
    }

    /// <summary>Judges a batch that lies before the end of the log.</summary>
    /// <param name="stored">What is stored of that stretch.</param>
    public static BatchVerdict JudgeHistory(EventBatch batch, IReadOnlyList<StoredEvents> stored)
    {
        foreach (var stretch in stored)
        {
            var first = Math.Max(stretch.From, batch.From);
            var last = Math.Min(stretch.From + stretch.Events.Count - 1, batch.To);
            for (var seq = first; seq <= last; seq++)
            {
                if (!stretch.Events[(int)(seq - stretch.From)].Span.SequenceEqual(batch.Events[(int)(seq - batch.From)].Span))
                {
                    return new BatchVerdict.Contradicts($"Event {seq} is held with other bytes.");
                }
            }
        }

        return new BatchVerdict.Known();
    }

    private static BatchVerdict JudgeOverlap(LogId log, LogEnd held, EventBatch batch)
    {
        var known = (int)(held.UpTo - batch.From + 1);
        var hash = batch.Prev;
        for (var i = 0; i < known; i++)
        {
            hash = hash.Next(batch.Events[i].Span);
        }

        if (hash != held.Hash)
        {
            return new BatchVerdict.Contradicts($"Events {batch.From} to {held.UpTo} lead to another hash than the one held.");
        }

        return known == batch.Events.Count ? new BatchVerdict.Known() : Continue(log, held, null, batch, hash, known);
    }

    private static BatchVerdict.Continues Continue(LogId log, LogEnd held, DeclaredGap? gap, EventBatch batch, ChainHash prev, int skip)
    {
        var events = new ReadOnlyMemory<byte>[batch.Events.Count - skip];
        var hash = prev;
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = batch.Events[skip + i];
            hash = hash.Next(events[i].Span);
        }

        return new BatchVerdict.Continues(new LogAppend(log, held, gap, events, new LogEnd(batch.To, hash)));
    }
}
