using MotCua.CloudBridge.Store;

namespace MotCua.CloudBridge.Fleet;

/// <summary>Keeps the view up with the commits of every bridge that shares the store.</summary>
public sealed partial class FleetFollower(ICommitNews news, FleetView fleet, TimeProvider time, ILogger<FleetFollower> logger) : BackgroundService
{
    // A notice can be lost with its connection.
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    // A rush commits a hundred times a second; people read a few times.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private const int AtOnce = 200;

    private long seen = fleet.LoadedUpTo;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await news.WaitAsync(LookAnyway, stoppingToken);
                while (Look() == AtOnce)
                {
                    stoppingToken.ThrowIfCancellationRequested();
                }

                await Task.Delay(Pace, time, stoppingToken);
            }
            catch (BridgeStoreException e)
            {
                Lost(logger, e.Message);
                await Task.Delay(AfterFailure, time, stoppingToken);
            }
        }
    }

    private int Look()
    {
        var moved = news.ReadMoved(seen, AtOnce);
        foreach (var one in moved)
        {
            fleet.Moved(one);
            seen = one.Row;
        }

        return moved.Count;
    }

    [LoggerMessage(1110, LogLevel.Warning, "Commits of other bridges are not heard: {Reason}")]
    private static partial void Lost(ILogger logger, string reason);
}
