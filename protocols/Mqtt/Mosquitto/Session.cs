namespace MotCua.Protocols.Mqtt.Mosquitto;

/// <summary>One attempt and, when it succeeds, one connection: a thread that alone touches the native handle. What the owner calls is here; what the thread does is in <c>Session.Thread.cs</c>.</summary>
/// <remarks>
/// <code>
/// Resolve ─► TCP (IPv4, then IPv6) ─► TLS ─► CONNACK ─► Connected … Lost
/// └──────────── one deadline of 10 s ───────────┘   goodbye: outbox settled or 1.5 s, DISCONNECT, closed
/// </code>
/// </remarks>
internal sealed partial class Session : ICallbacks, IDisposable
{
    /// <summary>From <see cref="Start"/> to CONNACK.</summary>
    public static readonly TimeSpan AttemptDeadline = TimeSpan.FromSeconds(10);

    /// <summary>Longest goodbye.</summary>
    public static readonly TimeSpan GoodbyeDeadline = TimeSpan.FromSeconds(2);

    private readonly MqttConnection connection;
    private readonly TimeProvider time;
    private readonly LinkEvents events;
    private readonly Action queued;
    private readonly Outbox outbox = new();
    private readonly WakeSignal wake = new();
    private readonly Lock gate = new();
    private readonly Thread thread;
    private ITimer? deadline;
    private volatile bool connected;
    private volatile bool ended;
    private volatile bool stopping;
    private volatile bool resolving;
    private volatile bool silent;
    private long goodbyeAt;

    /// <exception cref="IOException">No descriptor is left.</exception>
    public Session(MqttConnection connection, TimeProvider time, LinkEvents events, Action queued)
    {
        (this.connection, this.time, this.events, this.queued) = (connection, time, events, queued);
        // 512 KB: enough for the resolver and a TLS handshake, small enough for thousands of links in one test process.
        thread = new Thread(Run, 512 * 1024) { IsBackground = true, Name = "mqtt" };
    }

    /// <summary>Lost was said, or a goodbye.</summary>
    public bool Ended => ended;

    public void Start()
    {
        deadline = time.CreateTimer(static session => ((Session)session!).OnDeadline(), this, AttemptDeadline, Timeout.InfiniteTimeSpan);
        thread.Start();
    }

    /// <returns>False when there is no connection.</returns>
    public bool TryPublish(int handle, MqttMessage message)
    {
        if (!connected || ended || stopping)
        {
            return false;
        }

        if (!outbox.TryAdd(new Order(handle, message, null)))
        {
            Stop("The broker takes nothing: too much waits to be sent.");
            return false;
        }

        wake.Set();
        return true;
    }

    public void Subscribe(IReadOnlyList<string> filters)
    {
        if (connected && !ended && outbox.TryAdd(new Order(0, null, filters)))
        {
            wake.Set();
        }
    }

    /// <summary>Says goodbye and waits for it, at most <see cref="GoodbyeDeadline"/>.</summary>
    public void SayGoodbye()
    {
        lock (gate)
        {
            silent = ended = true;
        }

        Volatile.Write(ref goodbyeAt, Math.Max(1, time.GetTimestamp()));
        wake.Set();
        Join(GoodbyeDeadline);
        stopping = true;
        wake.Set();
    }

    /// <summary>Ends the session without a goodbye; nothing is told any more.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            silent = ended = stopping = true;
        }

        wake.Set();
        Join(TimeSpan.FromSeconds(1));
    }

    // A lookup cannot be interrupted: its thread ends by itself and cleans up behind it.
    private void Join(TimeSpan limit)
    {
        if (!resolving && thread != Thread.CurrentThread)
        {
            thread.Join(limit);
        }
    }

    private void OnDeadline()
    {
        if (!connected)
        {
            Stop($"No answer from {connection.Host}:{connection.Port} within {AttemptDeadline.TotalSeconds:0} s{(reason is null ? "." : $": {reason}")}");
        }
    }

    private void Stop(string why)
    {
        stopping = true;
        End(why);
        wake.Set();
    }

    /// <summary>Says Lost, the first time only.</summary>
    private void End(string why)
    {
        lock (gate)
        {
            if (ended)
            {
                return;
            }

            ended = true;
            events.Add(new MqttLinkEvent.Lost(why, cause));
        }

        Raise();
    }

    private void Raise()
    {
        if (!silent)
        {
            queued();
        }
    }
}
