using MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>What happened and waits to be made durable, in the order it was handed in. A fact stays here until its commit, so a card that refuses changes no order.</summary>
/// <remarks>Any thread adds; the one writer looks and takes.</remarks>
internal sealed class FactQueue(TimeProvider time)
{
    /// <summary>Answers of outputs and device changes: a dozen devices, each rate-limited by its own pump. Past the bound the newest is dropped and counted.</summary>
    public const int Bound = 1024;

    private static readonly TimeSpan LightRest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Queue<(EventData Data, bool Light, long At)> waiting = new();
    private int heavy;
    private long? failedAt;
    private long dropped;

    public long Dropped => Interlocked.Read(ref dropped);

    /// <returns>False when there was no room.</returns>
    public bool TryAdd(EventData fact, bool light)
    {
        lock (gate)
        {
            if (waiting.Count >= Bound)
            {
                Interlocked.Increment(ref dropped);
                return false;
            }

            waiting.Enqueue((fact, light, time.GetTimestamp()));
            heavy += light ? 0 : 1;
            return true;
        }
    }

    /// <summary>How long the facts may rest: light ones 2 s, others not at all, and all of them for a second after a card that refused.</summary>
    public TimeSpan Rest()
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                return Timeout.InfiniteTimeSpan;
            }

            var (since, rest) = failedAt is { } failure ? (failure, RetryAfter) : (waiting.Peek().At, heavy > 0 ? TimeSpan.Zero : LightRest);
            var left = rest - time.GetElapsedTime(since);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>All that wait now, oldest first.</summary>
    public EventData[] Waiting()
    {
        lock (gate)
        {
            return [.. waiting.Select(fact => fact.Data)];
        }
    }

    /// <summary>The oldest so many are durable.</summary>
    public void Durable(int count)
    {
        lock (gate)
        {
            failedAt = null;
            for (; count > 0; count--)
            {
                heavy -= waiting.Dequeue().Light ? 0 : 1;
            }
        }
    }

    /// <summary>The card refused; they are tried again after a second, or with the next command.</summary>
    public void Refused()
    {
        lock (gate)
        {
            failedAt = time.GetTimestamp();
        }
    }
}
