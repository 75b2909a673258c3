using MotCua.CloudBridge.Alerts.Telling;

namespace MotCua.CloudBridge.Hosting;

/// <summary>Runs the courier: it waits for other machines, so that it needs no thread while it does.</summary>
public sealed partial class CourierService(Courier courier, TimeProvider time, ILogger<CourierService> logger) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // The rest of the program starts meanwhile.
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan rest;
            try
            {
                rest = await courier.StepAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) // The loop outlives its parts.
            {
                Failed(logger, e);
                rest = AfterFailure;
            }

            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, time, stoppingToken);
            }
        }
    }

    [LoggerMessage(1122, LogLevel.Error, "Telling people about alerts failed; what waits is told a little later")]
    private static partial void Failed(ILogger logger, Exception exception);
}
