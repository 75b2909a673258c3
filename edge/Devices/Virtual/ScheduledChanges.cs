namespace MotCua.Edge.Devices.Virtual;

/// <summary>Does one thing at each of a row of moments, on timers of the provider. Dispose stops what is left.</summary>
internal sealed class ScheduledChanges : IDisposable
{
    private readonly TimeProvider time;
    private readonly long start;
    private readonly TimeSpan[] moments;
    private readonly Action<int> change;
    private readonly ITimer timer;
    private int next;
    private volatile bool stopped;

    /// <param name="moments">From now on, in order.</param>
    /// <param name="change">Gets the place of the moment in the row.</param>
    public ScheduledChanges(TimeProvider time, TimeSpan[] moments, Action<int> change)
    {
        this.time = time;
        this.moments = moments;
        this.change = change;
        start = time.GetTimestamp();
        timer = time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Does what is due at once and leaves the rest to the timer.</summary>
    public void Begin() => Fire();

    public void Dispose()
    {
        stopped = true;
        timer.Dispose();
    }

    private void Fire()
    {
        while (!stopped && next < moments.Length)
        {
            var wait = moments[next] - time.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
            {
                timer.Change(wait, Timeout.InfiniteTimeSpan);
                return;
            }

            change(next++);
        }

        timer.Dispose();
    }
}
