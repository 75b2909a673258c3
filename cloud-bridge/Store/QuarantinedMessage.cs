using System.Security.Cryptography;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Store;

/// <summary>A message that was not taken, kept so that people can see what it was.</summary>
/// <param name="Topic">At most <see cref="MaxTopic"/> characters of it.</param>
/// <param name="Centre">Null when the topic names none.</param>
/// <param name="Reason">In words.</param>
/// <param name="Sha256">Of the whole payload, 64 lower-case hexadecimal digits.</param>
/// <param name="Size">Of the whole payload, bytes.</param>
/// <param name="Head">Its first <see cref="MaxHead"/> bytes.</param>
/// <param name="Seen">How often the same message was refused for the same reason.</param>
public sealed record QuarantinedMessage(
    DateTimeOffset At, string Topic, CentreId? Centre, string Reason, string Sha256, long Size, ReadOnlyMemory<byte> Head, long Seen = 1)
{
    public const int MaxHead = 64 * 1024;

    public const int MaxTopic = 256;

    public static QuarantinedMessage Of(DateTimeOffset at, string topic, CentreId? centre, string reason, ReadOnlyMemory<byte> payload) => new(
        at,
        topic.Length <= MaxTopic ? topic : topic[..MaxTopic],
        centre,
        reason,
        Convert.ToHexStringLower(SHA256.HashData(payload.Span)),
        payload.Length,
        payload.Length <= MaxHead ? payload : payload[..MaxHead]);
}

/// <summary>How much quarantine is kept; the oldest goes first.</summary>
/// <param name="Rows">1 and up.</param>
/// <param name="Bytes">Of the kept heads, 64 KB and up.</param>
public sealed record QuarantineLimits(int Rows = 10_000, long Bytes = 64L * 1024 * 1024);
