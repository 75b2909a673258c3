namespace MotCua.Edge.Devices.Buttons;

/// <summary>Counts the raw edges of a line over the last ten seconds that its presses do not explain. Fixed memory: ten buckets of a second.</summary>
/// <param name="unitsPerSecond">Of the moments given.</param>
/// <param name="noisyAbove">More unexplained edges make the line noisy; it is quiet again below a tenth of that.</param>
internal sealed class EdgeNoise(long unitsPerSecond, int noisyAbove)
{
    private const int Seconds = 10;

    /// <summary>A worn contact bounces some twenty times on its way down and as often up.</summary>
    private const int EdgesPerPress = 40;

    private readonly long[] edges = new long[Seconds];
    private readonly long[] presses = new long[Seconds];
    private long newest = long.MinValue;

    public bool IsNoisy { get; private set; }

    /// <summary>Raw edges in the last ten seconds.</summary>
    public long Edges => edges.Sum();

    public void AddEdges(long now, long count) => edges[BucketAt(now)] += count;

    public void AddPress(long now) => presses[BucketAt(now)]++;

    public bool Judge(long now)
    {
        BucketAt(now);
        var unexplained = Edges - presses.Sum() * EdgesPerPress;
        IsNoisy = unexplained > (IsNoisy ? noisyAbove / 10 : noisyAbove);
        return IsNoisy;
    }

    private int BucketAt(long now)
    {
        var second = now / unitsPerSecond;
        for (var stale = Math.Max(newest + 1, second - Seconds + 1); stale <= second; stale++)
        {
            edges[stale % Seconds] = 0;
            presses[stale % Seconds] = 0;
        }

        newest = Math.Max(newest, second);
        return (int)(newest % Seconds);
    }
}
