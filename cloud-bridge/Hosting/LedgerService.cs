using MotCua.CloudBridge.Ledger;

namespace MotCua.CloudBridge.Hosting;

/// <summary>Keeps the ledger of the pages up.</summary>
public sealed partial class LedgerService(LedgerBook book, TimeProvider time, ILogger<LedgerService> logger) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // The rest of the program starts meanwhile.
        while (!stoppingToken.IsCancellationRequested)
        {
            if (Step() is var rest && rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, time, stoppingToken);
            }
        }
    }

    private TimeSpan Step()
    {
        try
        {
            return book.Step();
        }
        catch (Exception e) // The loop outlives its parts.
        {
            Failed(logger, e);
            return AfterFailure;
        }
    }

    [LoggerMessage(1122, LogLevel.Warning, "The ledger of the pages does not go on; it is tried again")]
    private static partial void Failed(ILogger logger, Exception exception);
}
