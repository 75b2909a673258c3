namespace MotCua.Edge.Devices.Stepping;

/// <summary>Runs a stepped loop until it is told to stop. A step that throws is told to <paramref name="failed"/>, then tried again after a pause.</summary>
public sealed class LoopRunner(TimeProvider time, Action<ISteppedLoop, Exception> failed)
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    public async Task RunAsync(ISteppedLoop loop, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            TimeSpan rest;
            try
            {
                rest = await loop.StepAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) // A loop outlives its parts; the owner turns this into a fault.
            {
                failed(loop, e);
                rest = PauseAfterFailure;
            }

            try
            {
                await loop.Wake.WaitAsync(rest, time, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
