using MotCua.CloudBridge.Ingest;

namespace MotCua.CloudBridge.Hosting;

/// <summary>Runs a part of the bridge that works behind ingest: steps it, rests as long as it says or ingest needs, and goes on after whatever it throws.</summary>
/// <param name="part">For the log.</param>
/// <param name="step">Does what there is to do and says how long it may rest.</param>
/// <param name="first">Rest before the first step.</param>
/// <param name="afterFailure">Rest after a step that failed.</param>
public sealed partial class SteppedService(string part, Func<TimeSpan> step, TimeSpan first, TimeSpan afterFailure, IngestPressure ingest, TimeProvider time, ILogger<SteppedService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // The rest of the program starts meanwhile.
        for (var rest = first; !stoppingToken.IsCancellationRequested; rest = Step())
        {
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, time, stoppingToken);
            }
        }
    }

    private TimeSpan Step()
    {
        try
        {
            var begun = time.GetTimestamp();
            var rest = step();
            return ingest.Rest(rest, time.GetElapsedTime(begun));
        }
        catch (Exception e) // The loop outlives its parts.
        {
            Failed(logger, e, part);
            return afterFailure;
        }
    }

    [LoggerMessage(1120, LogLevel.Error, "{Part} does not go on and is tried again; the log of events itself is safe")]
    private static partial void Failed(ILogger logger, Exception exception, string part);
}
