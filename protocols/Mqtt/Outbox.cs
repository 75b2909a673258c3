namespace MotCua.Protocols.Mqtt;

/// <summary>What the owner asks of the loop of a link: a message to say, or filters to subscribe to.</summary>
internal readonly record struct Order(int Handle, MqttMessage? Message, IReadOnlyList<string>? Filters);

/// <summary>Orders on their way from the owner to the loop of the link, and the count of what the broker has not taken yet.</summary>
/// <remarks>
/// Only the link's own loop calls its library: libmosquitto would else write to the socket from the thread that publishes, and MQTTnet make the owner wait.
/// Bound: 20,000 messages or 64 MB that are handed over but not answered. A link that is over it is given up, since its broker takes nothing; the journal sends again.
/// </remarks>
internal sealed class Outbox
{
    private const int MaxMessages = 20_000;
    private const long MaxBytes = 64 << 20;

    private readonly Lock gate = new();
    private Queue<Order> filling = new();
    private Queue<Order> emptying = new();
    private int messages;
    private long bytes;

    /// <summary>Nothing waits, and the broker has everything that was handed over.</summary>
    public bool IsSettled
    {
        get
        {
            lock (gate)
            {
                return messages == 0 && filling.Count == 0 && emptying.Count == 0;
            }
        }
    }

    /// <returns>False when the bound is reached; nothing was added then.</returns>
    public bool TryAdd(Order order)
    {
        lock (gate)
        {
            if (order.Message is { } message)
            {
                if (messages >= MaxMessages || (bytes + message.Payload.Length > MaxBytes && messages > 0))
                {
                    return false;
                }

                messages++;
                bytes += message.Payload.Length;
            }

            filling.Enqueue(order);
            return true;
        }
    }

    /// <summary>The next order; called by that loop only.</summary>
    public bool TryTake(out Order order)
    {
        if (emptying.TryDequeue(out order))
        {
            return true;
        }

        lock (gate)
        {
            (filling, emptying) = (emptying, filling);
        }

        return emptying.TryDequeue(out order);
    }

    /// <summary>A message is done with: answered, written (QoS 0) or refused.</summary>
    public void Settle(int payloadBytes)
    {
        lock (gate)
        {
            messages--;
            bytes -= payloadBytes;
        }
    }
}
