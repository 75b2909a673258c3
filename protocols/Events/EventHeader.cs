namespace MotCua.Protocols.Events;

/// <summary>How far the wall time of an event can be trusted.</summary>
public enum ClockTrust
{
    /// <summary>The box booted without a trusted clock; the time may be years off.</summary>
    Unsynced,

    /// <summary>It was synchronised since boot, and is on its own now.</summary>
    Holdover,

    Synced,
}

/// <summary>What every event carries beside its data: CloudEvents 1.0 attributes and our extensions.</summary>
/// <param name="Epoch">The journal the event belongs to; with <paramref name="Seq"/> it makes the CloudEvents <c>id</c>.</param>
/// <param name="Seq">Gapless within the epoch, from 1.</param>
/// <param name="Time">Wall time, for people; see <paramref name="Clock"/>.</param>
/// <param name="Mono">Milliseconds on the box's monotonic clock, comparable within one <paramref name="Boot"/>.</param>
/// <param name="Boot">Identity of the boot, 8 hexadecimal digits.</param>
public sealed record EventHeader(CentreId Centre, EpochId Epoch, long Seq, DateTimeOffset Time, long Mono, string Boot, ClockTrust Clock);
