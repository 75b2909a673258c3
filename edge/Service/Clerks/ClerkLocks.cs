namespace MotCua.Edge.Clerks;

/// <summary>Counts wrong PINs and locks whoever is guessed at. Kept over a restart; not thread-safe.</summary>
/// <remarks>Five tries, then five minutes; three more, then fifteen; then an hour for every three. So four figures last for weeks, and a clerk who slips waits for a cup of tea.</remarks>
internal sealed class ClerkLocks
{
    private const int FirstTries = 5;
    private const int LaterTries = 3;

    private readonly TimeProvider time;
    private readonly ClerkFile? file;
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);

    public ClerkLocks(ClerkFile? file, TimeProvider time)
    {
        (this.file, this.time) = (file, time);
        foreach (var old in (file?.ReadFailures() ?? []).Take(ClerkFile.Most))
        {
            entries[old.Name] = new Entry(old.Salt, Math.Clamp(old.Failures, 0, 1_000), old.Locked ? time.GetTimestamp() : null);
        }
    }

    /// <summary>How much longer the clerk stays locked; null when not.</summary>
    public TimeSpan? Left(Clerk clerk)
    {
        if (Of(clerk) is not { Since: { } since } entry)
        {
            return null;
        }

        var left = LockAfter(entry.Failures) - time.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : null;
    }

    /// <returns>Tries that are left before the next lock; 0: locked now.</returns>
    public int Wrong(Clerk clerk)
    {
        var failures = (Of(clerk)?.Failures ?? 0) + 1;
        var locks = LockAfter(failures) > TimeSpan.Zero;
        entries[clerk.Name] = new Entry(clerk.Salt, failures, locks ? time.GetTimestamp() : null);
        Keep();
        return locks ? 0 : failures < FirstTries ? FirstTries - failures : LaterTries - ((failures - FirstTries) % LaterTries);
    }

    public void Right(Clerk clerk)
    {
        if (entries.Remove(clerk.Name))
        {
            Keep();
        }
    }

    /// <summary>The lock that begins with this failure; zero for none.</summary>
    internal static TimeSpan LockAfter(int failures) => failures switch
    {
        FirstTries => TimeSpan.FromMinutes(5),
        FirstTries + LaterTries => TimeSpan.FromMinutes(15),
        > FirstTries + LaterTries when (failures - FirstTries) % LaterTries == 0 => TimeSpan.FromHours(1),
        _ => TimeSpan.Zero,
    };

    private Entry? Of(Clerk clerk) => entries.TryGetValue(clerk.Name, out var entry) && entry.Salt == clerk.Salt ? entry : null;

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
