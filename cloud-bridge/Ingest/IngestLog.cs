namespace MotCua.CloudBridge.Ingest;

/// <summary>Log lines of ingest, 1000 to 1099. Each says what remains safe.</summary>
internal static partial class IngestLog
{
    [LoggerMessage(1000, LogLevel.Information, "Connected to the broker at {Host}:{Port} and subscribed; centres send what was not acknowledged")]
    public static partial void LinkUp(ILogger logger, string host, int port);

    [LoggerMessage(1001, LogLevel.Warning, "Link to the broker lost: {Reason} Everything acknowledged is on disk; the rest waits in the centres' journals. Next attempt in {Pause}")]
    public static partial void LinkLost(ILogger logger, string reason, TimeSpan pause);

    [LoggerMessage(1002, LogLevel.Warning, "The broker refused an acknowledgement, code {Code}; the events are on disk and the centre asks again")]
    public static partial void AckRefused(ILogger logger, int code);

    [LoggerMessage(1003, LogLevel.Error, "The store did not take {Batches} batches: {Reason} Nothing of them was acknowledged; the centres keep them and send again. Next attempt in {Pause}")]
    public static partial void StoreFailed(ILogger logger, int batches, string reason, TimeSpan pause);

    [LoggerMessage(1004, LogLevel.Information, "The store takes writes again")]
    public static partial void StoreBack(ILogger logger);

    [LoggerMessage(1005, LogLevel.Warning, "{Count} messages went to quarantine, the first on {Topic}: {Reason} The logs are untouched")]
    public static partial void Quarantined(ILogger logger, int count, string topic, string reason);

    [LoggerMessage(1006, LogLevel.Warning, "{Centre} declared events {From} to {To} of epoch {Epoch} lost for good; the log goes on behind them")]
    public static partial void GapRecorded(ILogger logger, string centre, long from, long to, string epoch);

    [LoggerMessage(1007, LogLevel.Warning, "{Count} camera pictures came while the store was away and found no room; they are listed as never arrived and have to be asked for again. The logs are untouched")]
    public static partial void PicturesDropped(ILogger logger, int count);
}
