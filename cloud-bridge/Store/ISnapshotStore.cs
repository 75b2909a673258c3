using MotCua.Protocols;

namespace MotCua.CloudBridge.Store;

/// <summary>Pictures that centres sent because somebody asked; they are written with everything else that a group changes (<see cref="BridgeWrites.Snapshots"/>).</summary>
/// <remarks>Every operation throws <see cref="BridgeStoreException"/> when the engine fails.</remarks>
public interface ISnapshotStore
{
    /// <summary>Those of a centre, newest first.</summary>
    IReadOnlyList<SnapshotRecord> Read(CentreId centre, int limit);

    /// <returns>Null for one that no log announced, or that is long gone.</returns>
    SnapshotRecord? Find(SnapshotKey key);

    /// <summary>Pictures of a centre whose bytes are held, or that came after a moment.</summary>
    int Count(CentreId centre, DateTimeOffset since);

    /// <summary>Writes into the audit that somebody is about to look; on return that survives a power cut.</summary>
    /// <param name="view">Names this look, once in the world.</param>
    LookOutcome Look(SnapshotKey key, string view, SnapshotView by);

    /// <summary>The bytes for a look, once and within <see cref="LookWithin"/> of it.</summary>
    /// <returns>Null for a look that was never written down or is over, or a picture that is gone.</returns>
    byte[]? Show(SnapshotKey key, string view, DateTimeOffset now);

    /// <summary>Removes the bytes of pictures whose time is over, some at once. What is known of them stays.</summary>
    /// <returns>How many.</returns>
    int Expire(DateTimeOffset now, int most);

    /// <summary>Centres that ever announced one.</summary>
    IReadOnlyList<CentreId> ReadCentres();

    /// <summary>The bytes, for another store.</summary>
    byte[]? ReadPicture(SnapshotKey key);

    /// <summary>An empty store takes over what another one holds of a picture, with its looks.</summary>
    void Adopt(SnapshotRecord record, byte[]? jpeg);

    /// <summary>From its line in the audit to its bytes.</summary>
    static TimeSpan LookWithin { get; } = TimeSpan.FromMinutes(1);
}

/// <summary>Whether somebody may look.</summary>
public enum LookOutcome
{
    /// <summary>It is in the audit.</summary>
    Written,

    /// <summary>There is no picture: never, or no more. Nothing was written.</summary>
    Gone,

    /// <summary>So many looked already that it is a program. Nothing was written.</summary>
    TooMany,
}
