using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace MotCua.Bench;

/// <summary>The published edge as a process: start, memory, tickets per second, bytes on the card.</summary>
internal static class HttpBench
{
    private const int Clients = 16;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);
    private static readonly byte[] Ticket = HttpClientLoop.Post("/api/tickets", """{"service":"chung-thuc"}""");

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
        var bare = await BareAsync();
        Rate(port, Ticket, 201, 1, TimeSpan.FromSeconds(2)); // Warm code.
        var one = Rate(port, Ticket, 201, 1, Round);
        var many = Rate(port, Ticket, 201, Clients, Round);
        var (loadAnonymous, loadRss) = (measured.Memory("Anonymous"), measured.Memory("Rss"));
        const string Peers = "Node-RED 760 / 1,200; Kestrel + SQLite 2,200–2,500 / 11,000–21,000";
        return
        [
            new Row("edge start → first ticket answered, median of 5", Math.Round(starts.Order().ElementAt(2)), "ms", 500, "Node-RED 1,010; Kestrel + SQLite 370–430", "includes process start and HTTP"),
            new Row("tickets per second over HTTP, 1 client", Math.Round(one), "1/s", 2500, Peers, $"bare Kestrel, same client: {bare.One:F0}/s, so {one / bare.One:P0} of it", AtLeast: true),
            new Row("tickets per second over HTTP, 16 clients", Math.Round(many), "1/s", 12000, Peers, $"bare Kestrel, same clients: {bare.Many:F0}/s, so {many / bare.Many:P0} of it", AtLeast: true),
            new Row("edge memory, anonymous, idle", idleAnonymous, "MB", 40, null, null),
            new Row("edge memory, RSS, idle", idleRss, "MB", 100, "Node-RED 117; Kestrel + SQLite 74", null),
            new Row("edge memory, anonymous, after that load", loadAnonymous, "MB", 40, null, $"holds {(one * 5) + (many * 5) + 4000:F0} waiting tickets or so"),
            new Row("edge memory, RSS, after that load", loadRss, "MB", 100, "Node-RED 190–250; Kestrel + SQLite 140", null),
            .. bytes,
        ];
    }

    internal static double Rate(int port, byte[] request, int expected, int clients, TimeSpan time)
    {
        var done = 0L;
        var begun = TimeProvider.System.GetTimestamp();
        var threads = Enumerable.Range(0, clients).Select(_ => new Thread(() =>
        {
            using var client = new HttpClientLoop(port);
            while (TimeProvider.System.GetElapsedTime(begun) < time)
            {
                if (client.Send(request) is var status && status != expected)
                {
                    throw new InvalidOperationException($"Status {status}, expected {expected}.");
                }

                Interlocked.Increment(ref done);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return done / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
    }

    private static (MeasuredProgram Program, int Port, double Milliseconds) Start(string edge, string config, string data)
    {
        var port = MeasuredProgram.FreePort();
        var begun = TimeProvider.System.GetTimestamp();
        var program = new MeasuredProgram(
            edge, ["--config", config, "--data", data, "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_GCHeapHardLimit"] = "0x3000000", ["DOTNET_TieredPGO"] = "0" });
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
                Thread.Yield();
            }
        }
    }

    // The ceiling: Kestrel with nothing behind it, in the same run, with the same clients.
    private static async Task<(double One, double Many)> BareAsync()
    {
        var port = MeasuredProgram.FreePort();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        await using var app = builder.Build();
        app.MapPost("/api/tickets", () => Microsoft.AspNetCore.Http.Results.StatusCode(201));
        await app.StartAsync();
        Rate(port, Ticket, 201, 1, TimeSpan.FromSeconds(1));
        return (Rate(port, Ticket, 201, 1, TimeSpan.FromSeconds(3)), Rate(port, Ticket, 201, Clients, TimeSpan.FromSeconds(3)));
    }
}
