using MotCua.CloudBridge.Health;

namespace MotCua.CloudBridge.Hosting;

/// <summary>Runs the keeper of health over time.</summary>
public sealed partial class HealthService(HealthKeeper keeper, TimeProvider time, ILogger<HealthService> logger) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);

    // What was gathered comes with the first step that finds anything; right after the start there is nothing.
    private static readonly TimeSpan First = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var rest = First; ; rest = Step())
        {
            await Task.Delay(rest, time, stoppingToken);
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

    [LoggerMessage(1121, LogLevel.Warning, "Health of centres could not be kept; it is tried again")]
    private static partial void Failed(ILogger logger, Exception exception);
}
