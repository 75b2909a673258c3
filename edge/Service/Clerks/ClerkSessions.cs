using System.Buffers.Text;
using System.Security.Cryptography;

namespace MotCua.Edge.Clerks;

/// <summary>Who has logged in. In memory only: after a start everyone gives the PIN once more.</summary>
internal sealed class ClerkSessions(TimeProvider time)
{
    /// <summary>More windows than a centre has; the one that was unused longest makes room.</summary>
    public const int Most = 64;

    /// <summary>A working day.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>A counter that nobody used for so long may stand open to anyone.</summary>
    public static readonly TimeSpan Unused = TimeSpan.FromHours(4);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Session> sessions = new(StringComparer.Ordinal);

    public string Open(Clerk clerk)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = time.GetTimestamp();
        lock (gate)
        {
            foreach (var (old, session) in sessions.ToList())
            {
                if (IsOver(session))
                {
                    sessions.Remove(old);
                }
            }

            if (sessions.Count >= Most)
            {
                sessions.Remove(sessions.MinBy(one => one.Value.UsedAt).Key);
            }

            sessions[key] = new Session(clerk.Name, clerk.Salt, now, now);
        }

        return key;
    }

    /// <summary>The session, which lives on from now.</summary>
    public Session? Use(string key)
    {
        lock (gate)
        {
            return Living(key) is { } session ? sessions[key] = session with { UsedAt = time.GetTimestamp() } : null;
        }
    }

    public Session? Peek(string key)
    {
        lock (gate)
        {
            return Living(key);
        }
    }

    public void Close(string key)
    {
        lock (gate)
        {
            sessions.Remove(key);
        }
    }

    private Session? Living(string key)
    {
        if (!sessions.TryGetValue(key, out var session))
        {
            return null;
        }

        if (!IsOver(session))
        {
            return session;
        }

        sessions.Remove(key);
        return null;
    }

    private bool IsOver(Session session) => time.GetElapsedTime(session.OpenedAt) >= Longest || time.GetElapsedTime(session.UsedAt) >= Unused;

    internal sealed record Session(string Name, string Salt, long OpenedAt, long UsedAt);
}
