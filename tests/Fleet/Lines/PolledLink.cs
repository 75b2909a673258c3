using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Mqtt.Mosquitto;

namespace MotCua.Fleet.Lines;

/// <summary>A link over libmosquitto that has no thread of its own: its <see cref="PollSet"/> drives it, and its owner calls from the same thread.</summary>
internal sealed unsafe class PolledLink(PollSet set, TimeProvider time) : IMqttLink, ICallbacks
{
    private const int FairShare = 16;

    private static readonly TimeSpan AttemptDeadline = TimeSpan.FromSeconds(10);

    private readonly LinkEvents events = new(maxMessages: 256, maxBytes: 1 << 20);
    private readonly Dictionary<int, int> unanswered = [];
    private NativeClient? client;
    private long begun;
    private bool reached;
    private bool connected;
    private bool ended;
    private string? reason;
    private int lastHandle;
    private int publishing;
    private int progress;

    public event Action? EventQueued;

    public long DroppedMessages => events.Dropped;

    /// <summary>Place in its set; −1 outside.</summary>
    public int Index { get; set; } = -1;

    public int Socket => client!.Socket;

    /// <summary>What poll(2) is asked for.</summary>
    public short Asked => !reached ? LibC.PollOut : client!.WantsToWrite ? (short)(LibC.PollIn | LibC.PollOut) : LibC.PollIn;

    public void Connect(MqttConnection connection)
    {
        if (client is not null)
        {
            throw new InvalidOperationException("An attempt or a connection is under way.");
        }

        (begun, reached, connected, ended, reason) = (time.GetTimestamp(), false, false, false, null);
        try
        {
            client = new NativeClient(connection, this);
            set.Add(this);
            Take(client.BeginConnect(NativeClient.OverIPv4));
        }
        catch (IOException e)
        {
            (ended, reason) = (true, e.Message);
        }

        EndIfOver();
    }

    public int Publish(MqttMessage message)
    {
        if (!connected || ended)
        {
            return -1;
        }

        var handle = lastHandle = lastHandle == int.MaxValue ? 1 : lastHandle + 1;
        fixed (int* mid = &publishing)
        {
            var result = client!.Publish(message, mid);
            if (result is LibMosquitto.NoConnection or LibMosquitto.ConnectionLost or LibMosquitto.SystemError)
            {
                Take(result);
            }
            else if (result != LibMosquitto.Success)
            {
                throw new InvalidOperationException($"{message.Topic}: {Words.Of(result, 0)}");
            }
            else if (message.Quality == MqttQuality.AtLeastOnce)
            {
                unanswered[publishing] = handle;
            }

            publishing = 0;
        }

        return handle;
    }

    public void Subscribe(IReadOnlyList<string> filters)
    {
        if (connected && !ended)
        {
            Take(client!.Subscribe(filters));
        }
    }

    public void Disconnect()
    {
        if (client is not null)
        {
            // What was handed over goes out first, as far as the socket takes it within a moment.
            for (var i = 0; i < FairShare && connected && client is { WantsToWrite: true }; i++)
            {
                set.Wait(TimeSpan.FromMilliseconds(20));
            }

            client?.SayGoodbye();
            Forget();
        }
    }

    public bool TryTake([NotNullWhen(true)] out MqttLinkEvent? happened) => events.TryTake(out happened);

    public void Dispose() => Forget();

    /// <param name="happened">What poll(2) said of the socket.</param>
    public void Handle(short happened)
    {
        if (!reached)
        {
            var error = LibC.TakeSocketError(client!.Socket);
            if (error != 0 || (happened & (LibC.PollError | LibC.PollHangUp)) != 0)
            {
                (ended, reason) = (true, error != 0 ? Marshal.GetPInvokeErrorMessage(error) : "Connection refused.");
            }
            else
            {
                reached = true;
                Take(client.Read());
                Take(client.Write());
            }
        }
        else
        {
            if ((happened & LibC.PollOut) != 0)
            {
                Take(client!.Write());
            }

            if ((happened & (LibC.PollIn | LibC.PollError | LibC.PollHangUp)) != 0)
            {
                ReadAll();
            }
        }

        EndIfOver();
    }

    /// <summary>Pings when it is time for one, and gives an attempt up that nobody answers.</summary>
    public void Look()
    {
        if (!connected && time.GetElapsedTime(begun) > AttemptDeadline)
        {
            (ended, reason) = (true, $"No answer within {AttemptDeadline.TotalSeconds:0} s.");
        }
        else if (reached)
        {
            Take(client!.CheckKeepAlive());
            Take(connected ? LibMosquitto.Success : client.Write());
        }

        EndIfOver();
    }

    public void OnConnack(int reason, string reasonString)
    {
        progress++;
        if (reason == 0)
        {
            connected = true;
            Add(new MqttLinkEvent.Connected());
        }
        else
        {
            (ended, this.reason) = (true, $"{Words.Of(reason, 0)} {reasonString}");
        }
    }

    public void OnDisconnected(int result)
    {
        ended = true;
        reason ??= Words.Of(result, Marshal.GetLastSystemError());
    }

    public void OnPublished(int mid, int reason)
    {
        progress++;
        if (unanswered.Remove(mid, out var handle))
        {
            Add(new MqttLinkEvent.Published(handle, reason));
        }
    }

    public void OnMessage(LibMosquitto.Message* message)
    {
        progress++;
        if (events.HasRoomFor(message->PayloadLength))
        {
            var payload = new ReadOnlySpan<byte>(message->Payload, message->PayloadLength).ToArray();
            events.Add(new MqttLinkEvent.Received(Words.Text(message->Topic), payload, message->Retain != 0));
            EventQueued?.Invoke();
        }
    }

    public void OnSubscribed(ReadOnlySpan<int> reasons)
    {
        progress++;
        Add(new MqttLinkEvent.Subscribed(reasons.ToArray()));
    }

    public void OnLog(int level, byte* text)
    {
    }

    public void OnFailed(Exception e) => (ended, reason) = (true, $"The link failed: {e.Message}");

    private void ReadAll()
    {
        for (var i = 0; i < FairShare && !ended; i++)
        {
            var before = progress;
            Take(client!.Read());
            if (progress == before)
            {
                return;
            }
        }
    }

    private void Add(MqttLinkEvent happened)
    {
        events.Add(happened);
        EventQueued?.Invoke();
    }

    private void Take(int result)
    {
        if (result > 0 && !ended)
        {
            ended = true;
            reason ??= Words.Of(result, Marshal.GetLastPInvokeError());
        }
    }

    // Never inside a callback: the handle goes with it.
    private void EndIfOver()
    {
        if (ended || (client is not null && client.Socket < 0))
        {
            Forget();
            Add(new MqttLinkEvent.Lost(reason ?? "The connection ended."));
        }
    }

    private void Forget()
    {
        if (Index >= 0)
        {
            set.Remove(this);
        }

        client?.Dispose();
        client = null;
        (connected, ended) = (false, false);
        unanswered.Clear();
    }
}
