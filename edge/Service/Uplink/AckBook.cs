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

    /// <summary>The province holds more of a damaged journal than could be saved here: nothing of it is left to send.</summary>
    HoldsMore,

    /// <summary>The province holds something else than we do: a card was swapped or restored, or an event changed.</summary>
    HistoryDiffers,
}

/// <summary>What the province holds of each journal. Forgetting goes only forward; sending may go back, since a bridge restored from a backup must get again what it lost.</summary>
/// <remarks>The uplink's loop takes words in; any thread may ask.</remarks>
public sealed class AckBook(JournalReader reader)
{
    private readonly Lock gate = new();
    private readonly Dictionary<EpochId, JournalMark> held = [];
    private readonly HashSet<EpochId> differing = [];
    private readonly Dictionary<int, long> forgettable = [];

    /// <summary>True while the province's newest word about some journal does not fit ours.</summary>
    public bool AnyDiffers
    {
        get
        {
            lock (gate)
            {
                return differing.Count > 0;
            }
        }
    }

    /// <summary>Where the province stands with a journal; null until it said so.</summary>
    public JournalMark? HeldOf(EpochId epoch)
    {
        lock (gate)
        {
            return held.TryGetValue(epoch, out var mark) ? mark : null;
        }
    }

    /// <summary>Whether the province holds another history of a journal; nothing of it is sent then.</summary>
    public bool Differs(EpochId epoch)
    {
        lock (gate)
        {
            return differing.Contains(epoch);
        }
    }

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
        var epochs = reader.Epochs();
        var known = epochs.FirstOrDefault(e => e.Epoch == ack.Epoch);
        if (known.Ordinal == 0)
        {
            return AckVerdict.UnknownEpoch;
        }

        // Evicted events cannot be compared, nor those that damage took; beyond the end of the journal in use, or another hash, is another history.
        var evicted = ack.UpTo < known.First - 1;
        var lost = ack.UpTo > known.End.Seq && known.Ordinal < epochs[^1].Ordinal;
        var fits = evicted || lost || reader.HashAt(ack.Epoch, ack.UpTo) == ack.Hash;
        lock (gate)
        {
            if (!fits)
            {
                differing.Add(ack.Epoch);
                return AckVerdict.HistoryDiffers;
            }

            differing.Remove(ack.Epoch);
            if (lost)
            {
                // Sent on from our end, which is no more; whether our part is theirs cannot be seen, so it is not forgotten on that word.
                held[ack.Epoch] = known.End;
                return AckVerdict.HoldsMore;
            }

            held[ack.Epoch] = new JournalMark(ack.Epoch, ack.UpTo, ack.Hash);
            forgettable[known.Ordinal] = Math.Max(forgettable.GetValueOrDefault(known.Ordinal), ack.UpTo);
            return AckVerdict.Believed;
        }
    }
}
