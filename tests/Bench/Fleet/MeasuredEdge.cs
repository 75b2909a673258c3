using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace MotCua.Bench.Fleet;

/// <summary>The published edge on a line to a province.</summary>
internal sealed class MeasuredEdge : IDisposable
{
    public const string Centre = "bench-1";

    private static readonly byte[] Ticket = HttpClientLoop.Post("/api/tickets", """{"service":"chung-thuc"}""");
    private static readonly byte[] Next = HttpClientLoop.Post("/api/counters/1/next", "");

    private readonly MeasuredProgram program;
    private readonly HttpClient http;
    private readonly int port = MeasuredProgram.FreePort();
    private HttpClientLoop? client;

    /// <param name="brokerPort">Where the edge finds the broker; null: at the broker itself.</param>
    /// <param name="maxKbit">As in <c>centre.yaml</c>.</param>
    public MeasuredEdge(string folder, string edge, FleetSystem system, int? brokerPort = null, int? maxKbit = null)
    {
        Directory.CreateDirectory(folder);
        var config = Path.Combine(folder, "centre.yaml");
        File.WriteAllText(config, string.Create(CultureInfo.InvariantCulture, $"""
            {BenchCentre.Yaml}
            mqtt:
              host: 127.0.0.1
              port: {brokerPort ?? system.BrokerPort}
              province-key: {Path.Combine(system.Folder, "province.pub")}
            {(maxKbit is { } most ? $"  max-kbit: {most}" : "")}

            """));
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        program = new MeasuredProgram(edge, ["--config", config, "--data", Path.Combine(folder, "data"), "--urls", address]);
        http = new HttpClient { BaseAddress = new Uri(address) };
    }

    public async Task MustBeOnlineAsync() => await UntilAsync(health => health.GetProperty("uplink").GetProperty("online").GetBoolean(), "is not online");

    /// <summary>A press of the ticket button, by the API.</summary>
    public void Press() => Send(Ticket, 201);

    /// <summary>Makes so many events: tickets, each called and done, as fast as the edge takes them.</summary>
    public async Task MakeAsync(long events)
    {
        while (await SeqAsync() < events)
        {
            for (var i = 0; i < 100; i++)
            {
                Send(Ticket, 201);
                Send(Next, 200);
            }
        }
    }

    /// <summary>Pulls the cable of its line, or plugs it in again.</summary>
    public async Task CutAsync(bool isCut)
    {
        using var answer = await http.PostAsJsonAsync(new Uri("/lab/faults", UriKind.Relative), new { device = "uplink", fault = "cut", on = isCut });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Number of its newest event.</summary>
    public async Task<long> SeqAsync() => (await HealthAsync()).GetProperty("seq").GetInt64();

    public async Task<long> PendingAsync() => (await HealthAsync()).GetProperty("uplink").GetProperty("pending").GetInt64();

    public void Dispose()
    {
        client?.Dispose();
        http.Dispose();
        program.Dispose();
    }

    private void Send(byte[] request, int expected)
    {
        client ??= new HttpClientLoop(port);
        if (client.Send(request) is var status && status != expected)
        {
            throw new InvalidOperationException($"Status {status}, expected {expected}.");
        }
    }

    private async Task<JsonElement> HealthAsync() => await http.GetFromJsonAsync<JsonElement>(new Uri("/api/health", UriKind.Relative));

    private async Task UntilAsync(Predicate<JsonElement> holds, string complaint)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(60))
        {
            try
            {
                if (holds(await HealthAsync()))
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It starts.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        throw new TimeoutException($"The edge {complaint}.");
    }
}
