using System.Globalization;
using MotCua.CloudBridge.Store;

namespace MotCua.CloudBridge.Hosting;

/// <summary><c>cloud-bridge move --from STORE --to STORE</c>: copies all events, facts and refused messages into another store, while no bridge runs on either.</summary>
public static class MoveCommand
{
    private const string Usage = """
        cloud-bridge move --from STORE --to STORE
          STORE is the data directory of a SQLite store, or a connection string of PostgreSQL such as "Host=/run/postgresql;Database=motcua".
          Stop the bridge first. The source stays as it is. Broken off, the same command goes on.
        """;

    /// <returns>Exit code: 0, 1 when a store failed, 2 for a wrong command line.</returns>
    public static int Run(string[] args, TimeProvider time, TextWriter output, TextWriter errors)
    {
        if (args is not ["--from", { Length: > 0 } from, "--to", { Length: > 0 } to])
        {
            errors.WriteLine(Usage);
            return 2;
        }

        try
        {
            if (!Stores.IsPostgres(from) && !Directory.Exists(from))
            {
                errors.WriteLine($"--from: there is no directory {from}.");
                return 2;
            }

            using var source = Stores.Open(from, time);
            using var target = Stores.Open(to, time);
            var told = time.GetTimestamp();
            StoreCopy.Run(source, target, (held, all) =>
            {
                if (held >= all || time.GetElapsedTime(told) >= TimeSpan.FromSeconds(1))
                {
                    told = time.GetTimestamp();
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{held} / {all} events"));
                }
            });
            output.WriteLine($"Moved: every log of {source.ReadLogs().Count} ends with the same hash in both. Start the bridge on the new store; keep the old one until you have seen it work.");
            return 0;
        }
        catch (Exception e) when (e is BridgeStoreException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(e.Message);
            return 1;
        }
    }
}
