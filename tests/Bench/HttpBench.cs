using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using MotCua.Edge.Journal;

namespace MotCua.Bench;

/// <summary>The published edge as a process: start, memory, tickets per second, bytes on the card.</summary>
internal static class HttpBench
{
    private const int Clients = 16;
    private const int Rounds = 3;
    private const int WarmUps = 15;
    private static readonly byte[] Ticket = HttpClientLoop.Post("/api/tickets", """{"service":"chung-thuc"}""");

    private static readonly byte[] Next = HttpClientLoop.Post("/api/counters/1/next", "");

    public static async Task<IEnumerable<Row>> RunAsync(string folder, string edge)
    {
        var config = Path.Combine(folder, "centre.yaml");
        await File.WriteAllTextAsync(config, BenchCentre.Yaml);
        var starts = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var (program, _, milliseconds) = Start(edge, config, Path.Combine(folder, "start"));
            program.Dispose();
            starts.Add(milliseconds);
        }

        var (measured, port, _) = Start(edge, config, Path.Combine(folder, "http"));
        using var edgeProcess = measured;
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
        var (idleAnonymous, idleRss) = (measured.Memory("Anonymous"), measured.Memory("Rss"));
        var bytes = DiskBench.BytesPerTicket(folder, port);
        var bare = await BareAsync(folder);
        var (one, many) = (new List<double>(), new List<double>());
        var (loadAnonymous, loadRss, fullRss) = (0.0, 0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            // A centre holds 20,000 waiting tickets at most, so each round has a centre of its own. It is warmed by tickets that are called again
            // at once: a box serves for months, and its first minute of compiling is not what citizens feel.
            var (fresh, freshPort, _) = Start(edge, config, Path.Combine(folder, $"round-{round}"));
            using var owned = fresh;
            for (var i = 0; i < WarmUps; i++)
            {
                Rate(freshPort, Ticket, 201, 4, 1000);
                Rate(freshPort, Next, 200, 4, 1000);
            }

            (loadAnonymous, loadRss) = (fresh.Memory("Anonymous"), fresh.Memory("Rss"));
            one.Add(Rate(freshPort, Ticket, 201, 1, 5000));
            many.Add(Rate(freshPort, Ticket, 201, Clients, 14_000));
            fullRss = fresh.Memory("Rss");
        }

        var (oneRate, manyRate) = (one.Order().ElementAt(Rounds / 2), many.Order().ElementAt(Rounds / 2));
        const string Peers = "Node-RED 760 / 1,200; Kestrel + SQLite 2,200–2,500 / 11,000–21,000";
        return
        [
            new Row("edge start → first ticket answered, median of 5", Math.Round(starts.Order().ElementAt(2)), "ms", 500, "Node-RED 1,010; Kestrel + SQLite 370–430", "includes process start and HTTP"),
            new Row("tickets per second over HTTP, 1 client", Math.Round(oneRate), "1/s", 2500, Peers, $"same run, same client: bare Kestrel {bare.One:F0}/s; Kestrel with one bare write and fdatasync {bare.SyncOne:F0}/s, so {oneRate / bare.SyncOne:P0} of that", AtLeast: true),
            new Row("tickets per second over HTTP, 16 clients", Math.Round(manyRate), "1/s", 12000, Peers, $"same run, same clients: bare Kestrel {bare.Many:F0}/s; Kestrel with one bare write and fdatasync {bare.SyncMany:F0}/s, so {manyRate / bare.SyncMany:P0} of that", AtLeast: true),
            new Row("edge memory, anonymous, idle", idleAnonymous, "MB", 40, null, null),
            new Row("edge memory, RSS, idle", idleRss, "MB", 100, "Node-RED 117; Kestrel + SQLite 74", null),
            new Row("edge memory, anonymous, after that load", loadAnonymous, "MB", 40, null, $"after {WarmUps * 2000:N0} requests, every ticket called again"),
            new Row("edge memory, RSS, after that load", loadRss, "MB", 100, "Node-RED 190–250; Kestrel + SQLite 140", null),
            new Row("edge memory, RSS, with 19,000 tickets waiting", fullRss, "MB", null, null, "a whole year of a commune in one queue"),
            .. bytes,
        ];
    }

    private static double Rate(int port, byte[] request, int expected, int clients, int requests)
    {
        var left = requests;
        var begun = TimeProvider.System.GetTimestamp();
        var threads = Enumerable.Range(0, clients).Select(_ => new Thread(() =>
        {
            using var client = new HttpClientLoop(port);
            while (Interlocked.Decrement(ref left) >= 0)
            {
                if (client.Send(request) is var status && status != expected)
                {
                    throw new InvalidOperationException($"Status {status}, expected {expected}.");
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return requests / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
    }

    internal static (MeasuredProgram Program, int Port, double Milliseconds) Start(string edge, string config, string data)
    {
        using var pause = new ManualResetEventSlim();
        var port = MeasuredProgram.FreePort();
        var begun = TimeProvider.System.GetTimestamp();
        var program = new MeasuredProgram(
            edge, ["--config", config, "--data", data, "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")],
            // As the unit in systemd/ starts it.
            new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_EnableDiagnostics"] = "0" });
        while (true)
        {
            try
            {
                using var client = new HttpClientLoop(port);
                if (client.Send(Ticket) == 201)
                {
                    return (program, port, TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds);
                }
            }
            catch (SocketException) when (TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(30))
            {
                pause.Wait(TimeSpan.FromMilliseconds(2));
            }
        }
    }

    // The ceiling: Kestrel with nothing behind it, and with one bare write and fdatasync for each request, in the same run, with the same clients.
    private static async Task<(double One, double Many, double SyncOne, double SyncMany)> BareAsync(string folder)
    {
        var port = MeasuredProgram.FreePort();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        await using var app = builder.Build();
        using var file = new DiskFolder(folder).Create("bare", 32 * 1024 * 1024);
        var (gate, offset, record) = (new Lock(), 0L, new byte[400]);
        record.AsSpan().Fill((byte)'x');
        app.MapPost("/api/tickets", () => Microsoft.AspNetCore.Http.Results.StatusCode(201));
        app.MapPost("/synced", () =>
        {
            lock (gate)
            {
                file.Write(offset, record);
                file.Sync();
                offset += record.Length;
            }

            return Microsoft.AspNetCore.Http.Results.StatusCode(201);
        });
        await app.StartAsync();
        var synced = HttpClientLoop.Post("/synced", "");
        Rate(port, Ticket, 201, 4, 8000);
        Rate(port, synced, 201, 4, 8000);
        return (Rate(port, Ticket, 201, 1, 10_000), Rate(port, Ticket, 201, Clients, 40_000), Rate(port, synced, 201, 1, 5000), Rate(port, synced, 201, Clients, 14_000));
    }
}
