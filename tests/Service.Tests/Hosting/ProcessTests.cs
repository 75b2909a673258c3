using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MotCua.Edge.Journal;
using MotCua.Edge.Loop;
using MotCua.Edge.Loop.Tests;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Hosting.Tests;

public sealed class ProcessTests
{
    private const string Yaml = """
        centre: pt-viet-tri
        name: Phường Việt Trì
        drivers: virtual
        clock: battery
        services: [{ code: chung-thuc, name: Chứng thực, series: A }, { code: ho-tich, name: Hộ tịch, series: H }]
        counters: [{ number: 1, services: [chung-thuc, ho-tich] }]
        """;

    [Theory]
    [InlineData(20261122)]
    public async Task A_number_that_was_answered_survives_any_kill_and_none_is_given_twice(int seed)
    {
        var random = new Random(seed);
        using var edge = new EdgeProcess(Yaml);
        var given = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            await edge.StartAsync();
            var clients = Enumerable.Range(0, 4).Select(client => IssueUntilItDiesAsync(edge, client % 2 == 0 ? "chung-thuc" : "ho-tich", given)).ToList();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(200, 900)), TimeProvider.System, TestContext.Current.CancellationToken);
            edge.Kill();
            await Task.WhenAll(clients);
        }

        Assert.NotEmpty(given);
        Assert.Equal(given.Count, given.Distinct().Count());
        using var journal = EventJournal.Open(
            new DiskFolder(Path.Combine(edge.Folder, "data", "journal")), new JournalOptions(), new CentreFold(LoopBench.Plan), () => throw new InvalidOperationException("A journal was lost."));
        Assert.Equal(JournalFound.Whole, journal.Opening.Found);
        var issued = LoopBench.Events(journal).Select(e => e.Data).OfType<TicketIssued>().Select(t => t.Number).ToList();
        Assert.Empty(given.Except(issued));
        foreach (var series in issued.GroupBy(number => number[0]))
        {
            Assert.Equal(Enumerable.Range(1, series.Count()), series.Select(number => int.Parse(number.AsSpan(1), CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public async Task The_service_manager_is_told_of_ready_of_real_progress_and_of_the_stop()
    {
        using var edge = new EdgeProcess(Yaml);
        var address = Path.Combine(edge.Folder, "notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(address));
        await edge.StartAsync(("NOTIFY_SOCKET", address), ("WATCHDOG_USEC", "400000"));
        var told = new List<string>();
        while (!told.Contains("READY=1") || told.Count(word => word == "WATCHDOG=1") < 3)
        {
            told.Add(await ReceiveAsync(socket));
        }

        var number = await edge.IssueAsync();
        Assert.Equal(0, await edge.StopAsync());
        while (told[^1] != "STOPPING=1")
        {
            told.Add(await ReceiveAsync(socket));
        }

        Assert.Equal("A001", number);
        Assert.All(told, word => Assert.Contains(word, (string[])["READY=1", "WATCHDOG=1", "STOPPING=1"]));
    }

    [Fact]
    public async Task A_bad_edit_and_a_missing_key_close_no_centre_and_are_told_until_they_are_mended()
    {
        using var edge = new EdgeProcess(Yaml);
        await edge.StartAsync();
        await edge.IssueAsync();
        await edge.StopAsync();
        var file = Path.Combine(edge.Folder, "centre.yaml");
        await File.WriteAllTextAsync(file, Yaml.Replace("number: 1", "number: x", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await edge.StartAsync();
        Assert.Equal("A002", await edge.IssueAsync());
        Assert.Equal("config.bad", await FaultOfAsync(edge));
        await edge.StopAsync();

        await File.WriteAllTextAsync(file, Yaml + "\nmqtt: { host: 127.0.0.1, port: 1, province-key: nothing.pem }", TestContext.Current.CancellationToken);
        await edge.StartAsync();
        Assert.Equal("A003", await edge.IssueAsync());
        Assert.Null(await FaultOfAsync(edge));
        Assert.Equal("uplink.no-key", await FaultOfAsync(edge, "uplink"));
        await edge.StopAsync();

        await File.WriteAllTextAsync(file, Yaml, TestContext.Current.CancellationToken);
        await edge.StartAsync();
        Assert.Null(await FaultOfAsync(edge));
        Assert.Null(await FaultOfAsync(edge, "uplink"));
        await edge.StopAsync();
    }

    private static async Task<string?> FaultOfAsync(EdgeProcess edge, string device = "edge")
    {
        var health = await edge.Http.GetFromJsonAsync<JsonElement>("/api/health", TestContext.Current.CancellationToken);
        return health.GetProperty("devices").EnumerateArray().Where(d => d.GetProperty("device").GetString() == device).Select(d => d.GetProperty("fault").GetString()).FirstOrDefault();
    }

    private static async Task IssueUntilItDiesAsync(EdgeProcess edge, string service, List<string> given)
    {
        while (await edge.IssueAsync(service) is { } number)
        {
            lock (given)
            {
                given.Add(number);
            }
        }
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        var bytes = new byte[256];
        var length = await socket.ReceiveAsync(bytes, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
