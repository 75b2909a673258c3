using MotCua.CloudBridge.Store;

namespace MotCua.CloudBridge.Views;

/// <summary>Takes views over whose events are forgotten.</summary>
internal static class OldViews
{
    private const int AtOnce = 10_000;

    /// <param name="frozenUpTo">Newest row of the log that is in them.</param>
    /// <param name="row">As of <see cref="IViewWriter.Carry"/>.</param>
    public static void Carry(IOldViews from, IViewWriter to, long generation, ForgottenPart forgotten, long frozenUpTo, long? row)
    {
        foreach (var centre in forgotten.Logs.Select(log => log.Log.Centre).Distinct())
        {
            to.Carry(
                generation, centre,
                All(after => from.ReadTicketsUpTo(forgotten.Row, centre, after, AtOnce), ticket => ticket.Ordinal),
                All(after => from.ReadFaultsUpTo(forgotten.Row, centre, after, AtOnce), fault => fault.Ordinal),
                frozenUpTo, row);
        }
    }

    // Of one centre: some ten thousand tickets a year.
    private static List<T> All<T>(Func<long, IReadOnlyList<T>> read, Func<T, long> ordinal)
    {
        List<T> all = [];
        for (var page = read(0); page.Count > 0; page = read(ordinal(all[^1])))
        {
            all.AddRange(page);
        }

        return all;
    }
}
