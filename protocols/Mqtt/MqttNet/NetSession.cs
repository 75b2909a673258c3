using MQTTnet;
using MQTTnet.Formatter;

namespace MotCua.Protocols.Mqtt.MqttNet;

/// <summary>One attempt and, when it succeeds, one connection. What the owner calls is here; what goes over the line is in <c>NetSession.Packets.cs</c>.</summary>
/// <remarks>
/// <code>
/// Resolve ─► TCP ─► TLS ─► CONNACK ─► Connected … Lost
/// └─────── one deadline of 10 s ──────┘   goodbye: outbox settled or 1.5 s, DISCONNECT, closed
/// </code>
/// MQTTnet's low-level client is used, which carries packets and nothing else. Its usual client hands SUBACK past the messages before it, waits for ever for
/// a PUBACK, times its pings by the wall clock, takes any number of messages into a queue of its own, and invites handlers to connect again, which
/// makes two loops of one. Here a session connects once, and its owner makes the next.
/// </remarks>
internal sealed partial class NetSession : IDisposable
{
    /// <summary>From <see cref="Start"/> to CONNACK.</summary>
    public static readonly TimeSpan AttemptDeadline = TimeSpan.FromSeconds(10);

    /// <summary>Longest goodbye.</summary>
    public static readonly TimeSpan GoodbyeDeadline = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(1.5);

    private readonly MqttConnection connection;
    private readonly TimeProvider time;
    private readonly LinkEvents events;
    private readonly Action queued;
    private readonly Outbox outbox = new();
    private readonly Lock gate = new();
    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly ManualResetEventSlim closed = new();

    // Never disposed: it holds no timer and no handle, and a deadline may fire while the session ends.
    private readonly CancellationTokenSource stop = new();
    private readonly ITimer deadline;
    private ITimer? settle;
    private string? reason;
    private int woken;
    private volatile bool connected;
    private volatile bool ended;
    private volatile bool silent;
    private volatile bool leaving;
    private volatile bool settleOver;
    private bool helloSaid;

    public NetSession(MqttConnection connection, TimeProvider time, LinkEvents events, Action queued)
    {
        (this.connection, this.time, this.events, this.queued) = (connection, time, events, queued);
        deadline = time.CreateTimer(static session => ((NetSession)session!).OnDeadline(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Lost was said, or a goodbye.</summary>
    public bool Ended => ended;

    private string Place => $"{connection.Host}:{connection.Port}";

    public void Start()
    {
        deadline.Change(AttemptDeadline, Timeout.InfiniteTimeSpan);
        _ = Task.Run(RunAsync);
    }

    /// <returns>False when there is no connection.</returns>
    public bool TryPublish(int handle, MqttMessage message)
    {
        if (!connected || ended)
        {
            return false;
        }

        if (!outbox.TryAdd(new Order(handle, message, null)))
        {
            End("The broker takes nothing: too much waits to be sent.");
            return false;
        }

        Wake();
        return true;
    }

    public void Subscribe(IReadOnlyList<string> filters)
    {
        if (connected && !ended && outbox.TryAdd(new Order(0, null, filters)))
        {
            Wake();
        }
    }

    /// <summary>Says goodbye and waits for it, at most <see cref="GoodbyeDeadline"/>.</summary>
    public void SayGoodbye()
    {
        bool unheard;
        lock (gate)
        {
            silent = ended = leaving = true;
            unheard = !helloSaid;
        }

        if (unheard)
        {
            _ = stop.CancelAsync();
        }

        settle = time.CreateTimer(static session => ((NetSession)session!).OnSettleOver(), this, SettleLimit, Timeout.InfiniteTimeSpan);
        Wake();
        closed.Wait(GoodbyeDeadline);
        settle.Dispose();
        _ = stop.CancelAsync();
    }

    /// <summary>Ends the session without a goodbye; nothing is told any more.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            silent = ended = true;
        }

        _ = stop.CancelAsync();
        closed.Wait(TimeSpan.FromSeconds(1));
    }

    private async Task RunAsync()
    {
        var sending = Task.CompletedTask;
        try
        {
            var options = NetOptions.Of(connection);
            using var client = new MqttClientFactory().CreateLowLevelMqttClient();
            await client.ConnectAsync(options, stop.Token);
            lock (gate)
            {
                helloSaid = !leaving;
            }

            if (helloSaid)
            {
                await client.SendAsync(MqttConnectPacketFactory.Create(options), stop.Token);
                sending = SendAllAsync(client);
                await ReceiveAllAsync(client);
            }
        }
        catch (Exception e) // Of many kinds, down to the library's own mistakes; each ends this connection and nothing else.
        {
            Note(NetWords.Of(e, Place));
        }
        finally
        {
            // After the socket is gone, so that the next attempt with the same client id never meets this one.
            connected = false;
            await stop.CancelAsync();
            await sending;
            await deadline.DisposeAsync();
            watch?.Dispose();
            End(reason ?? NetWords.Closed);
            closed.Set();
        }
    }

    private void OnDeadline()
    {
        if (!connected)
        {
            End($"No answer from {Place} within {AttemptDeadline.TotalSeconds:0} s{(reason is null ? "." : $": {reason}")}");
        }
    }

    private void OnSettleOver()
    {
        settleOver = true;
        Wake();
    }

    private void Note(string why) => reason ??= why;

    private void Wake()
    {
        if (Interlocked.Exchange(ref woken, 1) == 0)
        {
            wake.Release();
        }
    }

    /// <summary>Says Lost, the first time only, and stops.</summary>
    private void End(string why)
    {
        Tell(new MqttLinkEvent.Lost(why), last: true);
        _ = stop.CancelAsync();
    }

    /// <summary>Queues an event, unless Lost or a goodbye was said.</summary>
    private void Tell(MqttLinkEvent happened, bool last = false)
    {
        lock (gate)
        {
            if (ended)
            {
                return;
            }

            ended = last;
            connected |= happened is MqttLinkEvent.Connected;
            if (happened is MqttLinkEvent.Received message)
            {
                events.Add(message);
            }
            else
            {
                events.Add(happened);
            }
        }

        if (!silent)
        {
            queued();
        }
    }
}
