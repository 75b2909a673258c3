using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.Mqtt;

namespace MotCua.CloudBridge.Ingest;

/// <summary>How much is committed together.</summary>
/// <param name="Messages">1 to 10,000.</param>
/// <param name="Bytes">64 KB and up; one message may go over it.</param>
/// <param name="Quarantined">Rows of refused messages; more are counted only, so that rubbish cannot slow the good.</param>
public sealed record IngestGroupLimits(int Messages = 512, long Bytes = 4L * 1024 * 1024, int Quarantined = 64);

/// <summary>What one round took from the link and will commit in one transaction. Thrown away whole when the commit fails.</summary>
/// <param name="unkept">Refused messages of a group that could not be committed.</param>
public sealed class IngestGroup(IngestGroupLimits limits, LogEnds committed, IReadOnlyList<QuarantinedMessage> unkept)
{
    private readonly Dictionary<LogId, LogEnd> moved = [];
    private readonly List<LogAppend> appends = [];
    private readonly List<QuarantinedMessage> quarantined = [.. unkept];
    private readonly List<MqttLinkEvent.Received> batches = [];
    private readonly HashSet<LogId> owed = [];
    private int messages;
    private long bytes;

    public bool IsFull => messages >= limits.Messages || bytes >= limits.Bytes;

    public bool IsEmpty => appends.Count == 0 && quarantined.Count == 0;

    public IReadOnlyList<LogAppend> Appends => appends;

    public IReadOnlyList<QuarantinedMessage> Quarantined => quarantined;

    /// <summary>Messages that it was made of, for another try.</summary>
    public IReadOnlyList<MqttLinkEvent.Received> Batches => batches;

    /// <summary>Messages refused, kept or only counted.</summary>
    public int Refused { get; private set; }

    /// <summary>Ends that the logs have once this group is committed.</summary>
    public IReadOnlyDictionary<LogId, LogEnd> Moved => moved;

    /// <summary>Logs whose centre hears an acknowledgement after the commit, each once.</summary>
    public IReadOnlyCollection<LogId> Owed => owed;

    public void Count(int payloadBytes)
    {
        messages++;
        bytes += payloadBytes;
    }

    public LogEnd EndOf(LogId log) => moved.TryGetValue(log, out var end) ? end : committed.Find(log);

    public bool Moves(LogId log) => moved.ContainsKey(log);

    public void Append(LogAppend append)
    {
        appends.Add(append);
        moved[append.Log] = append.After;
    }

    /// <param name="hasHead">False for what may show people: of that nothing is kept but its size and hash.</param>
    public void Quarantine(DateTimeOffset at, string topic, CentreId? centre, string reason, ReadOnlyMemory<byte> payload, bool hasHead = true)
    {
        Refused++;
        if (quarantined.Count < limits.Quarantined)
        {
            var one = QuarantinedMessage.Of(at, topic, centre, reason, payload);
            quarantined.Add(hasHead ? one : one with { Head = default });
        }
    }

    public void Keep(MqttLinkEvent.Received batch) => batches.Add(batch);

    public void Owe(LogId log) => owed.Add(log);
}
