namespace MotCua.Edge.Clerks;

/// <summary>Counts wrong PINs and locks whoever is guessed at. Kept over a restart.</summary>
/// <remarks>Five tries, then five minutes; three more, then fifteen; then an hour for every three. So four figures last for weeks, and a clerk who slips waits for a cup of tea.</remarks>
internal sealed class ClerkLocks : IDisposable
{
    private const int FirstTries = 5;
    private const int LaterTries = 3;

    private readonly TimeProvider time;
    private readonly ClerkFile? file;
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly ITimer end;

    public ClerkLocks(ClerkFile? file, TimeProvider time)
    {
        (this.file, this.time) = (file, time);
        foreach (var old in (file?.ReadFailures() ?? []).Take(ClerkFile.Most))
        {
            entries[old.Name] = new Entry(old.Salt, Math.Clamp(old.Failures, 0, 1_000), old.Locked ? time.GetTimestamp() : null);
        }

        // A box that is switched off every evening must not lock anew every morning: that a lock is over is written down when it is.
        end = time.CreateTimer(_ => Unlock(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Unlock();
    }

    /// <summary>How much longer the clerk stays locked; null when not.</summary>
    public TimeSpan? Left(Clerk clerk)
    {
        lock (gate)
        {
            return Of(clerk) is { } entry && LeftOf(entry) is var left && left > TimeSpan.Zero ? left : null;
        }
    }

    /// <returns>Tries that are left before the next lock; 0: locked now.</returns>
    public int Wrong(Clerk clerk)
    {
        int failures;
        bool locks;
        lock (gate)
        {
            failures = (Of(clerk)?.Failures ?? 0) + 1;
            locks = LockAfter(failures) > TimeSpan.Zero;
            entries[clerk.Name] = new Entry(clerk.Salt, failures, locks ? time.GetTimestamp() : null);
            Keep();
            Wind();
        }

        return locks ? 0 : failures < FirstTries ? FirstTries - failures : LaterTries - ((failures - FirstTries) % LaterTries);
    }

    public void Right(Clerk clerk)
    {
        lock (gate)
        {
            if (entries.Remove(clerk.Name))
            {
                Keep();
            }
        }
    }

    public void Dispose() => end.Dispose();

    /// <summary>The lock that begins with this failure; zero for none.</summary>
    internal static TimeSpan LockAfter(int failures) => failures switch
    {
        FirstTries => TimeSpan.FromMinutes(5),
        FirstTries + LaterTries => TimeSpan.FromMinutes(15),
        > FirstTries + LaterTries when (failures - FirstTries) % LaterTries == 0 => TimeSpan.FromHours(1),
        _ => TimeSpan.Zero,
    };

    private Entry? Of(Clerk clerk) => entries.TryGetValue(clerk.Name, out var entry) && entry.Salt == clerk.Salt ? entry : null;

    private TimeSpan LeftOf(Entry entry) => entry.Since is { } since ? LockAfter(entry.Failures) - time.GetElapsedTime(since) : TimeSpan.Zero;

    private void Unlock()
    {
        lock (gate)
        {
            var over = entries.Where(one => one.Value.Since is not null && LeftOf(one.Value) <= TimeSpan.Zero).ToList();
            foreach (var (name, entry) in over)
            {
                entries[name] = entry with { Since = null };
            }

            if (over.Count > 0)
            {
                Keep();
            }

            Wind();
        }
    }

    // Called under the lock. To the end of the lock that ends first.
    private void Wind()
    {
        var locked = entries.Values.Where(entry => entry.Since is not null).ToList();
        end.Change(locked.Count == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(locked.Min(LeftOf).TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }

    private void Keep()
    {
        try
        {
            file?.WriteFailures([.. entries.Select(one => new ClerkFailures(one.Key, one.Value.Salt, one.Value.Failures, one.Value.Since is not null))]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A card that takes no more keeps nobody from work; until the next start the count in memory holds.
        }
    }

    private sealed record Entry(string Salt, int Failures, long? Since);
}
