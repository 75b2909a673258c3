using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.Events;

namespace MotCua.CloudBridge.Ingest;

/// <summary>Takes batches of events into a group.</summary>
public sealed class BatchIntake(IBridgeStore store, IngestStatus status)
{
    /// <param name="reason">Why it belongs in quarantine; null when it does not.</param>
    /// <returns>False when the group must be committed first: the batch repeats events that wait in it.</returns>
    /// <exception cref="BridgeStoreException">What is held cannot be read.</exception>
    public bool TryTake(CentreId centre, ReadOnlyMemory<byte> payload, IngestGroup group, out string? reason)
    {
        reason = null;
        if (EventBatchReader.TryRead(payload, centre, out var malformed) is not { } batch)
        {
            reason = malformed;
            return true;
        }

        var log = new LogId(centre, batch.Epoch);
        var verdict = BatchJudge.Judge(log, group.EndOf(log), batch);
        if (verdict is BatchVerdict.NeedsHistory)
        {
            if (group.Moves(log))
            {
                return false;
            }

            verdict = BatchJudge.JudgeHistory(batch, store.ReadLog(log, batch.From, batch.To));
        }

        group.Owe(log);
        switch (verdict)
        {
            case BatchVerdict.Continues(var append):
                group.Append(append);
                break;
            case BatchVerdict.TooFarAhead:
                status.WrongPlace();
                break;
            case BatchVerdict.Contradicts(var contradiction):
                status.WrongPlace();
                reason = contradiction;
                break;
        }

        return true;
    }
}
