using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using MotCua.CloudBridge.Api;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Ingest;
using MotCua.CloudBridge.Views;

namespace MotCua.CloudBridge.Dashboard;

/// <summary>Tells pages what changed: everything first, then only what is new, at most ten times a second.</summary>
/// <remarks>An operator should see a press within a quarter of a second (the budget of <c>./bench fleet</c>); a look at a revision that stands still costs nothing.</remarks>
public sealed class FleetNewsFeed(FleetView fleet, IngestStatus status, ProjectionStatus views, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>Pages that follow at once; one more is asked to come later.</summary>
    public const int MaxFollowers = 200;

    // A page that hears nothing for three times as long says that it lost the server.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private int followers;

    public bool HasRoom => Volatile.Read(ref followers) < MaxFollowers;

    public async IAsyncEnumerable<SseItem<FleetNews>> Follow([EnumeratorCancellation] CancellationToken stop = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, lifetime.ApplicationStopping);
        using var tick = new PeriodicTimer(Interval, time);
        Interlocked.Increment(ref followers);
        try
        {
            long seen = 0;
            long? saidAt = null;
            IReadOnlyList<string> said = [];
            do
            {
                IReadOnlyList<CentreSummary> changed = saidAt is null || fleet.Revision != seen ? fleet.ChangedSince(seen, out seen) : [];
                var problems = HealthApi.Problems(status.Now);
                if (saidAt is not { } last || changed.Count > 0 || !problems.SequenceEqual(said) || time.GetElapsedTime(last) >= LongestSilence)
                {
                    yield return new SseItem<FleetNews>(new FleetNews(time.GetUtcNow(), saidAt is null, problems, changed, views.Now), "fleet");
                    (saidAt, said) = (time.GetTimestamp(), problems);
                }
            }
            while (await Next(tick, either.Token));
        }
        finally
        {
            Interlocked.Decrement(ref followers);
        }
    }

    private static async Task<bool> Next(PeriodicTimer tick, CancellationToken stop)
    {
        try
        {
            return await tick.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
