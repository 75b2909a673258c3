namespace MotCua.Edge.Devices.Cameras;

/// <summary>Keeps the eyes of one camera from locking its account: until a login was accepted only one of them tries it, and after a refusal all wait, then one tries again.</summary>
/// <remarks>Cameras lock an account after three to five wrong tries, for everybody, the recorder as well.</remarks>
public sealed class LoginGate(TimeProvider time)
{
    /// <summary>A try that says nothing for so long does not keep the others any more.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private bool isAccepted;
    private (long At, TimeSpan For)? closed;

    /// <summary>Whether the login is known to be refused.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Whether the caller may try the login now; if so, and it is not known to be good, all others wait for what comes of it.</summary>
    public bool TryEnter()
    {
        lock (gate)
        {
            if (isAccepted)
            {
                return true;
            }

            if (closed is var (at, lasting) && time.GetElapsedTime(at) < lasting)
            {
                return false;
            }

            closed = (time.GetTimestamp(), Lease);
            return true;
        }
    }

    /// <summary>The camera took it.</summary>
    public void Accept()
    {
        lock (gate)
        {
            (isAccepted, IsRefused, closed) = (true, false, null);
        }
    }

    /// <summary>The camera refused it.</summary>
    public void Refuse(TimeSpan pause)
    {
        lock (gate)
        {
            (isAccepted, IsRefused, closed) = (false, true, (time.GetTimestamp(), pause));
        }
    }

    /// <summary>The try ended before the camera judged it.</summary>
    public void Leave()
    {
        lock (gate)
        {
            closed = isAccepted || IsRefused ? closed : null;
        }
    }
}
