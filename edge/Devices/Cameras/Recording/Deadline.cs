namespace MotCua.Edge.Devices.Cameras.Recording;

/// <summary>Gives up on a recorder that does not answer in time.</summary>
internal static class Deadline
{
    /// <exception cref="IOException">No answer in time.</exception>
    public static async Task<T> KeepAsync<T>(Func<CancellationToken, Task<T>> ask, TimeSpan within, TimeProvider time, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            return await ask(either.Token);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new IOException($"không trả lời trong {within.TotalSeconds:0} s", e);
        }
    }
}
