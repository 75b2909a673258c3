using System.Diagnostics.CodeAnalysis;

namespace MotCua.Protocols.Mqtt;

/// <summary>What happened on a link, until its owner takes it. Messages have a bound, where the newest is dropped and counted; everything else always fits.</summary>
internal sealed class LinkEvents(int maxMessages, long maxBytes)
{
    private readonly Lock gate = new();
    private readonly Queue<MqttLinkEvent> queue = new();
    private int messages;
    private long bytes;
    private long dropped;

    public long Dropped => Interlocked.Read(ref dropped);

    public void Add(MqttLinkEvent happened)
    {
        lock (gate)
        {
            queue.Enqueue(happened);
        }
    }

    /// <summary>Is there room for one more message? Asked before it is copied; only one thread adds messages, so the answer holds.</summary>
    public bool HasRoomFor(int payloadBytes)
    {
        lock (gate)
        {
            // One message always fits an empty queue, however small the bound in bytes.
            if (messages < maxMessages && (bytes + payloadBytes <= maxBytes || messages == 0))
            {
                return true;
            }
        }

        Interlocked.Increment(ref dropped);
        return false;
    }

    public void Add(MqttLinkEvent.Received message)
    {
        lock (gate)
        {
            messages++;
            bytes += message.Payload.Length;
            queue.Enqueue(message);
        }
    }

    public bool TryTake([NotNullWhen(true)] out MqttLinkEvent? happened)
    {
        lock (gate)
        {
            if (!queue.TryDequeue(out happened))
            {
                return false;
            }

            if (happened is MqttLinkEvent.Received message)
            {
                messages--;
                bytes -= message.Payload.Length;
            }

            return true;
        }
    }
}
