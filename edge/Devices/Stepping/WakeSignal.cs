namespace MotCua.Edge.Devices.Stepping;

/// <summary>Tells a sleeping loop that there is work. Any number of calls to <see cref="Set"/> before a wait count once.</summary>
/// <remarks>Thread-safe; one waiter. <see cref="Set"/> never blocks, so a driver's callback may call it.</remarks>
public sealed class WakeSignal : IDisposable
{
    private readonly SemaphoreSlim semaphore = new(0, 1);
    private int pending;

    public void Set()
    {
        if (Interlocked.Exchange(ref pending, 1) == 0)
        {
            semaphore.Release();
        }
    }

    /// <summary>Takes the signal if it is set, without waiting: for whoever steps many loops on one thread.</summary>
    public bool TryTake()
    {
        if (!semaphore.Wait(0))
        {
            return false;
        }

        Interlocked.Exchange(ref pending, 0);
        return true;
    }

    /// <summary>Waits until the signal is set or the time has passed, whichever comes first.</summary>
    public async ValueTask WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken stop)
    {
        if (atMost == TimeSpan.Zero)
        {
            return;
        }

        if (atMost == Timeout.InfiniteTimeSpan)
        {
            await semaphore.WaitAsync(stop);
        }
        else
        {
            using var deadline = new CancellationTokenSource(atMost, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
            try
            {
                await semaphore.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return; // The time has passed; the signal, if it comes now, is kept for the next wait.
            }
        }

        Interlocked.Exchange(ref pending, 0);
    }

    public void Dispose() => semaphore.Dispose();
}
