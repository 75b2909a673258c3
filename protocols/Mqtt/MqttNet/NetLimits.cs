using System.Text;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MotCua.Protocols.Mqtt.MqttNet;

/// <summary>What may go over a line. MQTTnet sends what it is given, and the broker would answer a mistake with the end of the connection.</summary>
/// <param name="welcome">What the broker said it takes; null before it said anything.</param>
internal sealed class NetLimits(MqttConnAckPacket? welcome)
{
    /// <summary>Reason code of MQTT 5, 2.4.</summary>
    public const int TopicFilterInvalid = 0x8f;

    private const int TopicNameInvalid = 0x90;
    private const int PacketTooLarge = 0x95;
    private const int RetainNotSupported = 0x9a;
    private const int QosNotSupported = 0x9b;

    // Fixed header with the longest length, length of the topic, packet identifier, no properties (MQTT 5, 3.3).
    private const int PublishOverhead = 1 + 4 + 2 + 2 + 1;

    /// <summary>Largest packet of MQTT (2.1.4).</summary>
    private const long LargestOfAll = 268_435_455;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsFilter(string filter)
    {
        var levels = filter.Split('/');
        return ByteCount(filter) > 0
            && levels.All(level => level is "+" or "#" || !level.AsSpan().ContainsAny('+', '#'))
            && !levels.SkipLast(1).Contains("#", StringComparer.Ordinal);
    }

    /// <returns>A reason code of MQTT 5; 0 when the message may go.</returns>
    public int RefusalOf(MqttMessage message)
    {
        var topicBytes = ByteCount(message.Topic);
        if (topicBytes == 0 || message.Topic.AsSpan().ContainsAny('+', '#'))
        {
            return TopicNameInvalid;
        }

        var largest = welcome is { MaximumPacketSize: > 0 } ? Math.Min(welcome.MaximumPacketSize, LargestOfAll) : LargestOfAll;
        return (long)PublishOverhead + topicBytes + message.Payload.Length > largest ? PacketTooLarge
            : welcome is { MaximumQoS: MqttQualityOfServiceLevel.AtMostOnce } && message.Quality == MqttQuality.AtLeastOnce ? QosNotSupported
            : message.Retain && welcome is { RetainAvailable: false } ? RetainNotSupported
            : 0;
    }

    /// <summary>Does the broker keep to the largest packet that it was told? One that does not is left.</summary>
    public static bool Takes(MqttPublishPacket message, int maxPacketBytes) => message.Payload.Length + (message.Topic?.Length ?? 0) <= maxPacketBytes;

    /// <returns>Bytes of UTF-8; 0 when MQTT takes no such text (1.5.4).</returns>
    private static int ByteCount(string text)
    {
        try
        {
            var bytes = Strict.GetByteCount(text);
            return bytes > ushort.MaxValue || text.Contains('\0', StringComparison.Ordinal) ? 0 : bytes;
        }
        catch (EncoderFallbackException)
        {
            return 0;
        }
    }
}
