using MotCua.CloudBridge.Store;

namespace MotCua.CloudBridge.Views;

/// <summary>Keeps the views up with the log while this bridge leads, makes them again when a newer program has other rules, and clears away what a rebuild has replaced. Stepped; one thread.</summary>
public sealed class ViewKeeper(IBridgeStore store, TimeProvider time, ProjectionStatus status) : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly IViewWriter writer = store.Views.OpenWriter();
    private Projection? projection;
    private Rebuild? rebuild;
    private long? lookedAt;

    /// <returns>How long it may rest; zero: there is more to do.</returns>
    public TimeSpan Step()
    {
        try
        {
            var leads = writer.TryLead();
            var rest = leads ? Lead() : Pace;
            Tell(leads, null, rest > TimeSpan.Zero);
            return rest;
        }
        catch (ViewsMovedException)
        {
            projection = null; // A rebuild by command has put others in their place, or another bridge led meanwhile.
            return TimeSpan.Zero;
        }
        catch (BridgeStoreException e)
        {
            (projection, rebuild) = (null, null);
            status.Now = status.Now with { Fault = e.Message, Leads = false };
            return AfterFailure;
        }
        catch (Exception e)
        {
            // Whoever looks at the page sees that it stands, and why; the log of the program has the rest.
            (projection, rebuild) = (null, null);
            status.Now = status.Now with { Fault = e.Message, Leads = false };
            throw;
        }
    }

    public void Dispose() => writer.Dispose();

    private TimeSpan Lead()
    {
        var generations = store.Views.ReadGenerations();
        if (generations.FirstOrDefault(one => one.IsWhole) is not { } whole)
        {
            writer.Switch(writer.Begin(Projection.Version));
            return TimeSpan.Zero;
        }

        if (whole.Version < Projection.Version)
        {
            rebuild ??= new Rebuild(store, writer);
            rebuild = rebuild.Step() ? null : rebuild;
            return TimeSpan.Zero;
        }

        if (whole.Version > Projection.Version)
        {
            return Pace; // A newer bridge has made them, and will keep them up; an older one must not spoil them.
        }

        projection = projection?.Generation == whole ? projection : new Projection(store, writer, whole);
        if (projection.Step() > 0)
        {
            return TimeSpan.Zero;
        }

        // Behind everything else: rows that nobody reads any more.
        return generations.FirstOrDefault(one => !one.IsWhole && one.Id < whole.Id) is { } old && writer.Clear(old.Id) ? TimeSpan.Zero : Pace;
    }

    private void Tell(bool leads, string? fault, bool isIdle)
    {
        if (!isIdle && lookedAt is { } before && time.GetElapsedTime(before) < Look && status.Now.Fault == fault)
        {
            return;
        }

        lookedAt = time.GetTimestamp();
        var generations = store.Views.ReadGenerations();
        if (generations.FirstOrDefault(one => one.IsWhole) is not { } whole)
        {
            return;
        }

        var lag = store.Views.ReadLag(whole.Row);
        var making = generations.LastOrDefault(one => one.Id > whole.Id);
        status.Now = new ProjectionSnapshot(
            leads, whole.Version, whole.Row, lag.Rows, lag.Oldest is { } oldest ? Math.Max(0, (time.GetUtcNow() - oldest).TotalSeconds) : 0,
            whole.Events, whole.Unknown, whole.Broken, whole.Orphaned, making?.Row, fault);
    }
}
