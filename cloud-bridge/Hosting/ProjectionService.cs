using MotCua.CloudBridge.Views;

namespace MotCua.CloudBridge.Hosting;

/// <summary>Runs the keeper of the views, behind ingest and beside it.</summary>
public sealed partial class ProjectionService(ViewKeeper keeper, TimeProvider time, ILogger<ProjectionService> logger) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // The rest of the program starts meanwhile.
        while (!stoppingToken.IsCancellationRequested)
        {
            var rest = Step();
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
            return keeper.Step();
        }
        catch (Exception e) // The loop outlives its parts.
        {
            Failed(logger, e);
            return AfterFailure;
        }
    }

    [LoggerMessage(1120, LogLevel.Error, "The views do not go on; the log itself is safe, and they catch up from it")]
    private static partial void Failed(ILogger logger, Exception exception);
}
