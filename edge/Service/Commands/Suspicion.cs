namespace MotCua.Edge.Commands;

/// <summary>Counts what should not be and tells people once, until it has been quiet for a while: whoever floods us fills no journal.</summary>
/// <param name="tell">Told the count and an example, and null when it is over.</param>
internal sealed class Suspicion(TimeProvider time, Action<string?> tell)
{
    /// <summary>So long without another, and it is over.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private long count;
    private long? lastAt;

    public long Count => Interlocked.Read(ref count);

    public bool IsRaised => lastAt is not null;

    public void Saw(int more, string example)
    {
        if (more > 0)
        {
            Interlocked.Add(ref count, more);
            lastAt = time.GetTimestamp();
            tell($"{Count} lần từ khi khởi động, lần cuối: {example}");
        }
    }

    public void Cool()
    {
        if (lastAt is { } at && time.GetElapsedTime(at) >= Quiet)
        {
            lastAt = null;
            tell(null);
        }
    }
}
