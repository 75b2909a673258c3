using MotCua.CloudBridge.Store;

namespace MotCua.CloudBridge.Ingest;

/// <summary>What becomes of a batch. Whatever it is, the centre is told where its log really stands.</summary>
public abstract record BatchVerdict
{
    private BatchVerdict()
    {
    }

    /// <summary>It continues the log, after what was known already is trimmed.</summary>
    public sealed record Continues(LogAppend Append) : BatchVerdict;

    /// <summary>Everything in it is held already, bit for bit.</summary>
    public sealed record Known : BatchVerdict;

    /// <summary>It ends before the log does; only the stored bytes can tell whether it is true.</summary>
    public sealed record NeedsHistory : BatchVerdict;

    /// <summary>It leaves out events that were not declared lost. Nothing is wrong with it but its place; the true ack brings the right one.</summary>
    public sealed record TooFarAhead : BatchVerdict;

    /// <summary>The centre's history is another than the one held: goes to quarantine.</summary>
    public sealed record Contradicts(string Reason) : BatchVerdict;
}
