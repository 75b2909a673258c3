using MotCua.CloudBridge.Store;

namespace MotCua.CloudBridge.Views;

/// <summary>Makes the views again from the log, in a generation beside the one that pages read, and puts it in its place once it is whole. Broken off, another goes on where it stood.</summary>
public sealed class Rebuild
{
    private readonly IBridgeStore store;
    private readonly IViewWriter writer;
    private Projection projection;

    public Rebuild(IBridgeStore store, IViewWriter writer)
    {
        (this.store, this.writer) = (store, writer);
        var generation = Find() ?? writer.Begin(Projection.Version);
        projection = new Projection(store, writer, generation.Row == 0 && store.Retention.Read() is { } forgotten ? WithForgotten(generation, forgotten) : generation);
    }

    public ViewGeneration Generation => projection.Generation;

    /// <returns>True when the new views are the ones that pages read.</returns>
    public bool Step()
    {
        try
        {
            return projection.Step() == 0 && writer.Switch(projection.Generation);
        }
        catch (ViewsMovedException)
        {
            // Another rebuild runs on the same generation; whoever is slower goes on from where the other stands.
            projection = new Projection(store, writer, Find() ?? throw new BridgeStoreException("Another rebuild has finished meanwhile."));
            return false;
        }
    }

    // What came of events that are no longer there is taken over as the views have it.
    private ViewGeneration WithForgotten(ViewGeneration generation, ForgottenPart forgotten)
    {
        if (store.Views.ReadGenerations().FirstOrDefault(one => one.IsWhole) is { } whole)
        {
            OldViews.Carry(store.Views, writer, generation.Id, forgotten, whole.Row, row: null);
        }

        return forgotten.Row == 0 ? generation : writer.Commit(generation, forgotten.Row, new ViewChanges());
    }

    // Begun and not finished, by the same rules.
    private ViewGeneration? Find()
    {
        var all = store.Views.ReadGenerations();
        var whole = all.FirstOrDefault(one => one.IsWhole)?.Id ?? 0;
        return all.LastOrDefault(one => !one.IsWhole && one.Id > whole && one.Version == Projection.Version);
    }
}
