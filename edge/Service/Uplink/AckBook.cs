using MotCua.Edge.Journal;
using MotCua.Protocols.Events;
using MotCua.Protocols.Trust;

namespace MotCua.Edge.Uplink;

/// <summary>What an acknowledgement turned out to be worth.</summary>
public enum AckVerdict
{
    /// <summary>The province holds what we hold, up to there.</summary>
    Believed,

    /// <summary>About a journal that is no longer here.</summary>
    UnknownEpoch,

    /// <summary>The province holds something else than we do: a card was swapped or restored, or an event changed.</summary>
    HistoryDiffers,
}

/// <summary>What the province holds of each journal. Forgetting goes only forward; sending may go back, since a bridge restored from a backup must get again what it lost.</summary>
public sealed class AckBook(JournalReader reader)
{
    private readonly Dictionary<EpochId, JournalMark> held = [];
    private readonly Lock gate = new();
    private readonly Dictionary<int, long> forgettable = [];

    /// <summary>Where the province stands with a journal; null until it said so.</summary>
    public JournalMark? HeldOf(EpochId epoch) => held.TryGetValue(epoch, out var mark) ? mark : null;

    /// <summary>Whether the province was ever known to hold a journal up to a number. Any thread.</summary>
    public bool IsForgettable(int ordinal, long upTo)
    {
        lock (gate)
        {
            return forgettable.TryGetValue(ordinal, out var acknowledged) && upTo <= acknowledged;
        }
    }

    public AckVerdict Take(Ack ack)
    {
        var extent = reader.Epochs().Where(e => e.Epoch == ack.Epoch).Select(e => (EpochExtent?)e).FirstOrDefault();
        if (extent is not { } known)
        {
            return AckVerdict.UnknownEpoch;
        }

        // Evicted events cannot be compared; beyond our end, or another hash, is another history.
        var evicted = ack.UpTo < known.First - 1;
        if (!evicted && reader.HashAt(ack.Epoch, ack.UpTo) != ack.Hash)
        {
            return AckVerdict.HistoryDiffers;
        }

        held[ack.Epoch] = new JournalMark(ack.Epoch, ack.UpTo, ack.Hash);
        lock (gate)
        {
            forgettable[known.Ordinal] = Math.Max(forgettable.GetValueOrDefault(known.Ordinal), ack.UpTo);
        }

        return AckVerdict.Believed;
    }
}
