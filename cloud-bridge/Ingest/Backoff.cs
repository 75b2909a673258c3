namespace MotCua.CloudBridge.Ingest;

/// <summary>Growing pauses with jitter, so that what broke together does not come back together.</summary>
/// <param name="first">Longest first pause.</param>
/// <param name="longest">Bound of every pause.</param>
public sealed class Backoff(TimeSpan first, TimeSpan longest, Random random)
{
    private int failures;

    /// <returns>Between half and all of <c>first × 2ⁿ</c>, n failures in a row, at most <c>longest</c>.</returns>
    public TimeSpan Next()
    {
        var bound = Math.Min(first.TotalSeconds * Math.Pow(2, failures), longest.TotalSeconds);
        failures = Math.Min(failures + 1, 30);
        return TimeSpan.FromSeconds(bound * (0.5 + (random.NextDouble() / 2)));
    }

    public void Reset() => failures = 0;
}
