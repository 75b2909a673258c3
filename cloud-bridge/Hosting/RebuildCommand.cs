using System.Globalization;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Views;

namespace MotCua.CloudBridge.Hosting;

/// <summary><c>cloud-bridge rebuild --store STORE</c>: makes tickets, figures and faults again from the log, while bridges go on and pages read the old ones.</summary>
public static class RebuildCommand
{
    /// <summary>Exit code when it was broken off.</summary>
    public const int BrokenOff = 130;

    private const string Usage = """
        cloud-bridge rebuild --store STORE
          STORE is the data directory of a SQLite store, or a connection string of PostgreSQL. The bridge may go on running.
          Pages read the old views until the new ones are whole. Broken off, the same command goes on.
        """;

    /// <returns>0, <see cref="BrokenOff"/>, 1 when the store failed, 2 for a wrong command line.</returns>
    public static int Run(string[] args, TimeProvider time, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        if (args is not ["--store", { Length: > 0 } store] || (!Stores.IsPostgres(store) && !File.Exists(Path.Combine(store, Stores.SqliteFile))))
        {
            errors.WriteLine(Usage);
            return 2;
        }

        try
        {
            using var opened = Stores.Open(store, time);
            using var writer = opened.Views.OpenWriter();
            return Run(opened, writer, time, output, stop);
        }
        catch (Exception e) when (e is BridgeStoreException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(e.Message);
            return 1;
        }
    }

    private static int Run(IBridgeStore store, IViewWriter writer, TimeProvider time, TextWriter output, CancellationToken stop)
    {
        var rebuild = new Rebuild(store, writer);
        var (begun, told, already) = (time.GetTimestamp(), time.GetTimestamp(), rebuild.Generation.Events);
        while (!rebuild.Step())
        {
            if (stop.IsCancellationRequested)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Tạm dừng. Broken off after {rebuild.Generation.Events:N0} events; the same command goes on. Pages read the old views."));
                return BrokenOff;
            }

            if (time.GetElapsedTime(told) >= TimeSpan.FromSeconds(1))
            {
                told = time.GetTimestamp();
                var left = store.Views.ReadLag(rebuild.Generation.Row).Rows;
                var perSecond = (rebuild.Generation.Events - already) / time.GetElapsedTime(begun).TotalSeconds;
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{100.0 * rebuild.Generation.Row / (rebuild.Generation.Row + left):0.0} %, {rebuild.Generation.Events:N0} events, {perSecond:N0}/s, {left:N0} stretches to go"));
            }
        }

        var now = rebuild.Generation;
        foreach (var old in store.Views.ReadGenerations().Where(one => one.Id < now.Id))
        {
            while (!stop.IsCancellationRequested && writer.Clear(old.Id))
            {
                // In pieces, so that ingest waits for none of them. What is left a bridge clears.
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Xong. Made again from {now.Events:N0} events: {now.Unknown:N0} of unknown types, {now.Broken:N0} unusable, {now.Orphaned:N0} about tickets of lost parts."));
        return 0;
    }
}
