namespace MotCua.Edge.Devices.Speech;

/// <summary>Holds foreign work to a time.</summary>
internal static class Deadline
{
    /// <summary>Cancels the work when its time is over, and goes on even if the work ignores that.</summary>
    /// <exception cref="IOException">The time is over; the message starts with <paramref name="what"/>.</exception>
    /// <exception cref="OperationCanceledException">Stopped from outside.</exception>
    public static async Task<T> HoldAsync<T>(
        string what, TimeSpan limit, TimeProvider time, Func<CancellationToken, ValueTask<T>> work, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            return await work(either.Token).AsTask().WaitAsync(either.Token);
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new IOException($"{what} did not end within {limit.TotalSeconds:0.#} s.", e);
        }
    }
}
