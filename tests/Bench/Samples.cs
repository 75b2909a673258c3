namespace MotCua.Bench;

/// <summary>Durations of one thing done many times.</summary>
internal sealed class Samples(int capacity)
{
    private readonly List<double> milliseconds = new(capacity);

    public void Add(TimeSpan one) => milliseconds.Add(one.TotalMilliseconds);

    /// <param name="share">0 to 1.</param>
    public double At(double share)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }
}
