using System.Net;

namespace MotCua.Edge.Clerks;

/// <summary>What came of a log-in.</summary>
public abstract record LogIn
{
    private LogIn()
    {
    }

    /// <param name="Key">Secret of the session.</param>
    public sealed record In(string Key, Clerk Clerk) : LogIn;

    /// <param name="TriesLeft">Before the clerk is locked; null where the name is unknown.</param>
    public sealed record Wrong(int? TriesLeft) : LogIn;

    public sealed record Locked(TimeSpan Left) : LogIn;

    /// <summary>The PIN was not looked at: another one came from the same machine a moment ago, or many at once.</summary>
    public sealed record TooSoon : LogIn;

    /// <summary>The list of PINs cannot be read.</summary>
    public sealed record Unreadable : LogIn;
}

/// <summary>Where clerks log in. Without any PIN nobody has to: a centre that worked before this goes on working.</summary>
public sealed class ClerkDesk : IDisposable
{
    /// <summary>From one machine, after a wrong PIN.</summary>
    public static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private const int MostWaiting = 4;
    private const int MostMachines = 64;

    private readonly ClerkFile? file;
    private readonly TimeProvider time;
    private readonly ClerkLocks locks;
    private readonly SemaphoreSlim hashing = new(1);
    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, long> wrongAt = [];
    private int waiting;

    /// <param name="file">Null: a centre without PINs.</param>
    public ClerkDesk(ClerkFile? file, TimeProvider time)
    {
        (this.file, this.time) = (file, time);
        locks = new ClerkLocks(file, time);
        Sessions = new ClerkSessions(time);
    }

    internal ClerkSessions Sessions { get; }

    /// <summary>Somebody has a PIN, or nobody can tell: whoever acts must have logged in.</summary>
    public bool IsNeeded => Known is not { Count: 0 };

    /// <summary>False: the list of PINs is there and cannot be read, so nobody can log in.</summary>
    public bool IsReadable => Known is not null;

    /// <summary>Whom the log-in offers.</summary>
    public IReadOnlyList<Clerk> Everyone => Known ?? [];

    /// <summary>Whoever the session belongs to, if it still holds; looking keeps it alive.</summary>
    public Clerk? Find(string? key) => key is null ? null : OwnerOf(Sessions.Use(key));

    /// <summary>The same, for a page that only stands open: it does not keep the session alive.</summary>
    public Clerk? Peek(string? key) => key is null ? null : OwnerOf(Sessions.Peek(key));

    private IReadOnlyList<Clerk>? Known => file is null ? [] : file.Current();

    /// <summary>Looks at one PIN at a time, since each costs the box a second of one processor.</summary>
    public async Task<LogIn> TryAsync(string name, string pin, IPAddress from, CancellationToken stop)
    {
        if (IsTooSoon(from))
        {
            return new LogIn.TooSoon();
        }

        try
        {
            if (Interlocked.Increment(ref waiting) > MostWaiting)
            {
                return new LogIn.TooSoon();
            }

            await hashing.WaitAsync(stop);
            try
            {
                return await Task.Run(() => Look(name, pin, from), stop);
            }
            finally
            {
                hashing.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    public void Dispose()
    {
        locks.Dispose();
        hashing.Dispose();
    }

    // A PIN that was taken away or set anew ends the sessions that it opened.
    private Clerk? OwnerOf(ClerkSessions.Session? session) =>
        session is null ? null : Everyone.FirstOrDefault(clerk => clerk.Name == session.Name && clerk.Salt == session.Salt);

    private LogIn Look(string name, string pin, IPAddress from)
    {
        if (Known is not { } everyone)
        {
            return new LogIn.Unreadable();
        }

        if (everyone.FirstOrDefault(one => one.Name == name) is not { } clerk)
        {
            Pin.WasteTime(pin.Length <= Pin.Longest ? pin : "");
            Remember(from);
            return new LogIn.Wrong(null);
        }

        if (locks.Left(clerk) is { } left)
        {
            return new LogIn.Locked(left);
        }

        if (pin.Length <= Pin.Longest && Pin.Fits(clerk, pin))
        {
            locks.Right(clerk);
            return new LogIn.In(Sessions.Open(clerk), clerk);
        }

        Remember(from);
        return locks.Wrong(clerk) is var tries && tries > 0 ? new LogIn.Wrong(tries) : new LogIn.Locked(locks.Left(clerk) ?? TimeSpan.Zero);
    }

    private bool IsTooSoon(IPAddress from)
    {
        lock (gate)
        {
            return wrongAt.TryGetValue(from, out var last) ? time.GetElapsedTime(last) < BetweenTries
                // So many machines at once are no clerks: all wait for each other.
                : wrongAt.Count >= MostMachines && wrongAt.Values.Any(at => time.GetElapsedTime(at) < BetweenTries);
        }
    }

    private void Remember(IPAddress from)
    {
        lock (gate)
        {
            foreach (var (who, _) in wrongAt.Where(one => time.GetElapsedTime(one.Value) >= BetweenTries).ToList())
            {
                wrongAt.Remove(who);
            }

            wrongAt[from] = time.GetTimestamp();
        }
    }
}
