namespace MotCua.CloudBridge.Ingest;

/// <summary>How ingest stands at a moment.</summary>
/// <param name="LinkFault">Null while the bridge is connected and subscribed.</param>
/// <param name="StoreFault">Null while the store takes writes.</param>
/// <param name="LinkSince">Wall time of the last change of the link; null before the first attempt ended.</param>
/// <param name="Events">Committed since start.</param>
/// <param name="Batches">Taken since start.</param>
/// <param name="Quarantined">Messages refused since start, stored or only counted.</param>
/// <param name="WrongPlace">Batches answered with a true ack, since they did not continue the log.</param>
/// <param name="StoreFailures">Commits that failed.</param>
/// <param name="AcksRefused">Acknowledgements that the broker did not take.</param>
/// <param name="Dropped">Messages that the link dropped, since this program was too slow; the edges send them again.</param>
public sealed record IngestSnapshot(
    string? LinkFault, string? StoreFault, DateTimeOffset? LinkSince, long Events, long Batches, long Quarantined, long WrongPlace, long StoreFailures, long AcksRefused, long Dropped);

/// <summary>Counters and health of ingest. Written by its loop, read by anyone.</summary>
public sealed class IngestStatus
{
    private readonly Lock gate = new();
    private IngestSnapshot now = new("Not connected yet.", null, null, 0, 0, 0, 0, 0, 0, 0);

    public IngestSnapshot Now
    {
        get
        {
            lock (gate)
            {
                return now;
            }
        }
    }

    public void LinkUp(DateTimeOffset at) => Change(s => s with { LinkFault = null, LinkSince = at });

    public void LinkDown(string reason, DateTimeOffset at) => Change(s => s with { LinkFault = reason, LinkSince = s.LinkFault is null || s.LinkSince is null ? at : s.LinkSince });

    public void AckRefused() => Change(s => s with { AcksRefused = s.AcksRefused + 1 });

    public void Quarantined() => Change(s => s with { Quarantined = s.Quarantined + 1 });

    public void WrongPlace() => Change(s => s with { WrongPlace = s.WrongPlace + 1 });

    public void Committed(int batches, long events) => Change(s => s with { StoreFault = null, Batches = s.Batches + batches, Events = s.Events + events });

    public void StoreFailed(string reason) => Change(s => s with { StoreFault = reason, StoreFailures = s.StoreFailures + 1 });

    public void Dropped(long total) => Change(s => s.Dropped == total ? s : s with { Dropped = total });

    private void Change(Func<IngestSnapshot, IngestSnapshot> change)
    {
        lock (gate)
        {
            now = change(now);
        }
    }
}
