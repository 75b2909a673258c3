using System.Text;
using MotCua.Edge.Devices.Stepping;
using MotCua.Protocols.Events;
using MotCua.Protocols.Mqtt;

namespace MotCua.Edge.Uplink;

/// <summary>Keeps the uplink below a rate, on a line that the centre's clerks need for their own work. Without a rate it lets everything through at once.</summary>
/// <remarks>
/// The next batch waits until the line would have carried all that was sent before it, and is no larger than what the line carries in a quarter of a second
/// (or 2 KB); news of devices wait as well, and of each only the newest goes. So over any stretch of time no more goes out than the rate allows and one batch or one round of news.
/// What a centre says of itself at a connection goes at once, and the first batch waits for it.
/// </remarks>
public sealed class LineBudget
{
    /// <summary>Least and most of the rate, kbit/s.</summary>
    public const int Least = 8, Most = 1_000_000;

    // Around each message: TCP, IP and TLS of a packet, acknowledgements beside it; and of its bytes what long ones need in further packets.
    private const int AroundMessage = 120;
    private const double AroundBytes = 1.05;

    private const int SmallestBatch = 2 * 1024;

    private static readonly TimeSpan OneBatch = TimeSpan.FromSeconds(0.25);

    private readonly TimeProvider time;
    private readonly double bytesPerSecond;

    /// <param name="kilobits">Rate in kbit/s, 8 to 1,000,000; null for as fast as the line is.</param>
    public LineBudget(TimeProvider time, int? kilobits)
    {
        this.time = time;
        bytesPerSecond = kilobits is { } rate ? rate * 1000.0 / 8 : double.PositiveInfinity;
        FreeAt = time.GetTimestamp();
    }

    /// <summary>Moment from which on a batch may be sent.</summary>
    public long FreeAt { get; private set; }

    public bool IsFree => time.GetTimestamp() >= FreeAt;

    /// <summary>How long the line is busy with what was sent.</summary>
    public TimeSpan Busy => time.Until(FreeAt);

    /// <summary>Bytes of the events in one batch, at most; a single event may be larger.</summary>
    public int BatchBytes => (int)Math.Clamp(bytesPerSecond * OneBatch.TotalSeconds, SmallestBatch, EventBatch.MaxBytes - EventBatch.MaxEnvelopeBytes);

    /// <summary>A new connection: what was to go out over the one before did, or never will.</summary>
    public void Forget() => FreeAt = time.GetTimestamp();

    /// <summary>A message goes out.</summary>
    public void Spend(MqttMessage message)
    {
        if (!double.IsInfinity(bytesPerSecond))
        {
            var bytes = ((Encoding.UTF8.GetByteCount(message.Topic) + message.Payload.Length) * AroundBytes) + AroundMessage;
            FreeAt = Math.Max(FreeAt, time.GetTimestamp()) + time.Units(TimeSpan.FromSeconds(bytes / bytesPerSecond));
        }
    }
}
