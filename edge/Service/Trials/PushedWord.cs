using MotCua.Protocols.Configuration;

namespace MotCua.Edge.Trials;

/// <summary>What came in from the line for the desk: the newest word, and whether this start's own events were acknowledged. Any thread.</summary>
/// <remarks>One word is held; a newer one takes its place, as it does at the broker.</remarks>
/// <param name="came">Called when there is something to look at.</param>
internal sealed class PushedWord(TimeProvider time, Action came)
{
    private readonly Lock gate = new();
    private ReadOnlyMemory<byte> word;
    private bool tooLong;
    private long? ownSeq;
    private bool acknowledged;
    private long? heldUpTo;
    private long? advancedAt;

    public bool IsThere
    {
        get
        {
            lock (gate)
            {
                return !word.IsEmpty || tooLong;
            }
        }
    }

    /// <summary>The province holds an event that was written since this start.</summary>
    public bool IsAcknowledged
    {
        get
        {
            lock (gate)
            {
                return acknowledged;
            }
        }
    }

    /// <summary>When an acknowledgement last told of more than the one before: the province is taking in what waited. Null: never.</summary>
    public long? AdvancedAt
    {
        get
        {
            lock (gate)
            {
                return advancedAt;
            }
        }
    }

    public void Put(ReadOnlyMemory<byte> payload)
    {
        // Nothing: the province has withdrawn what it kept at the broker. What runs here is signed for, and goes on running.
        if (payload.IsEmpty)
        {
            return;
        }

        lock (gate)
        {
            (word, tooLong) = payload.Length > DesiredConfiguration.MaxBytes ? (word, true) : (payload, tooLong);
        }

        came();
    }

    /// <summary>Takes the word, and whether one was longer than any may be.</summary>
    public (ReadOnlyMemory<byte> Word, bool TooLong) Take()
    {
        lock (gate)
        {
            var taken = (word, tooLong);
            (word, tooLong) = (default, false);
            return taken;
        }
    }

    /// <summary>It could not be dealt with now; a newer one that came meanwhile stays.</summary>
    public void PutBack(ReadOnlyMemory<byte> payload)
    {
        lock (gate)
        {
            word = word.IsEmpty ? payload : word;
        }
    }

    /// <summary>The first event of this start is durable; its hash is in no acknowledgement that was signed before.</summary>
    public void Written(long seq)
    {
        lock (gate)
        {
            ownSeq ??= seq;
        }
    }

    public void Acknowledged(long upTo)
    {
        lock (gate)
        {
            var isOwn = ownSeq is { } own && upTo >= own && !acknowledged;
            // The first tells where the province stands; only from then on is one more an advance.
            advancedAt = upTo > heldUpTo ? time.GetTimestamp() : advancedAt;
            heldUpTo = Math.Max(heldUpTo ?? 0, upTo);
            acknowledged |= isOwn;
            if (!isOwn)
            {
                return;
            }
        }

        came();
    }
}
