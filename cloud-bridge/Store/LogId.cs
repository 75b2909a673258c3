using MotCua.Protocols;
using MotCua.Protocols.Events;

namespace MotCua.CloudBridge.Store;

/// <summary>Names one replicated journal: a centre has one for each epoch it ever opened.</summary>
public readonly record struct LogId(CentreId Centre, EpochId Epoch);

/// <summary>How far the bridge holds a log.</summary>
/// <param name="UpTo">Sequence number of the last event held; 0 when nothing is held.</param>
/// <param name="Hash">Chain hash after that event; genesis at 0.</param>
public readonly record struct LogEnd(long UpTo, ChainHash Hash)
{
    public static LogEnd Empty => default;
}
