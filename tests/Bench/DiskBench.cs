using System.Globalization;

namespace MotCua.Bench;

/// <summary>Bytes that reach the block device for a ticket's whole life (issued, called, shown, spoken, done), by the device's own counters.</summary>
internal static class DiskBench
{
    private const int Lives = 60;
    private const int SectorBytes = 512; // Documentation/block/stat.rst: sectors of 512 bytes, whatever the device's own.

    public static IEnumerable<Row> BytesPerTicket(string folder, int port)
    {
        if (StatFileOf(folder) is not { } stat)
        {
            Console.Error.WriteLine("  (the folder is on no block device with counters; bytes per ticket are not measured)");
            return [];
        }

        using var client = new HttpClientLoop(port);
        var issue = HttpClientLoop.Post("/api/tickets", """{"service":"chung-thuc"}""");
        var next = HttpClientLoop.Post("/api/counters/1/next", "");
        var best = double.MaxValue;
        // The machine writes for itself as well; the quietest of three rounds is nearest to the truth.
        for (var round = 0; round < 3; round++)
        {
            Sync();
            var (bytes, writes) = Read(stat);
            for (var i = 0; i < Lives; i++)
            {
                client.Send(issue);
                client.Send(next);
                // Long enough for the answers of the outputs to go on their own, as in a centre.
                Pause(TimeSpan.FromMilliseconds(150));
            }

            var after = Read(stat);
            best = Math.Min(best, (after.Bytes - bytes) / (double)Lives);
            _ = writes;
        }

        return [new Row("bytes reaching the block device per ticket's whole life", Math.Round(best / 1024, 1), "KiB", 20 * 1000 / 1024.0, "SQLite WAL 44–60 KiB in 6 commits; flat log 27 in 6", "a sync writes whole 4 KiB pages")];
    }

    private static (long Bytes, long Writes) Read(string stat)
    {
        var fields = File.ReadAllText(stat).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (long.Parse(fields[6], CultureInfo.InvariantCulture) * SectorBytes, long.Parse(fields[4], CultureInfo.InvariantCulture));
    }

    private static string? StatFileOf(string folder)
    {
        var mount = File.ReadLines("/proc/self/mounts").Select(line => line.Split(' '))
            .Where(parts => Path.GetFullPath(folder).StartsWith(parts[1], StringComparison.Ordinal)).MaxBy(parts => parts[1].Length);
        var device = mount is null ? null : Path.GetFileName(File.ResolveLinkTarget(mount[0], returnFinalTarget: true)?.FullName ?? mount[0]);
        return new[] { $"/sys/class/block/{device}/stat" }.FirstOrDefault(File.Exists);
    }

    private static void Sync()
    {
        using var sync = System.Diagnostics.Process.Start("sync");
        sync.WaitForExit();
        Pause(TimeSpan.FromSeconds(1));
    }

    private static void Pause(TimeSpan span)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(span);
    }
}
