using System.Net;
using System.Net.Sockets;
using MotCua.Edge.Pages.Tests;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Assembly.Tests;

/// <summary>A whole centre whose neighbour is a real server at loopback.</summary>
public sealed class NeighboursInACentreTests : IDisposable
{
    private readonly TcpListener site = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private volatile bool silent;

    public NeighboursInACentreTests()
    {
        site.Start();
        _ = ServeAsync();
    }

    [Fact]
    public async Task A_portal_that_falls_silent_is_a_fault_in_the_journal_with_what_to_do_and_comes_back_by_itself()
    {
        var yaml = TestCentre.Yaml + $"\nneighbours:\n  - {{ id: cong, kind: portal, name: Cổng tỉnh, watch: 'http://127.0.0.1:{((IPEndPoint)site.LocalEndpoint).Port}/' }}\n";
        var centre = new TestCentre(yaml: yaml);
        await UntilAsync(centre, new("ready", null));
        silent = true;
        await UntilAsync(centre, new("absent", "neighbour.portal-silent"));
        await centre.PressAsync(TestCentre.TicketButton);
        Assert.Single(centre.Events<TicketIssued>());
        var fault = centre.Events<DeviceChanged>().Last(e => e.Device == "cong");
        Assert.StartsWith("Cổng tỉnh (http://127.0.0.1:", fault.Detail, StringComparison.Ordinal);
        Assert.Contains(("cong", "portal"), centre.Centre.Devices.Inventory);
        silent = false;
        await UntilAsync(centre, new("ready", null));
        silent = true;
        await UntilAsync(centre, new("absent", "neighbour.portal-silent"));

        await using var web = await WebBench.StartAsync(centre);
        var (_, health) = await web.GetAsync("/api/health");
        var told = health.GetProperty("devices").EnumerateArray().Single(d => d.GetProperty("device").GetString() == "cong");
        Assert.Contains("tiếp nhận hồ sơ giấy", told.GetProperty("whatToDo").GetString(), StringComparison.Ordinal);
        var (_, lab) = await web.GetAsync("/lab/centre");
        Assert.Equal("Cổng tỉnh", lab.GetProperty("neighbours")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void A_centre_without_neighbours_runs_no_watch()
    {
        using var centre = new TestCentre();
        Assert.DoesNotContain(centre.Centre.Loops, loop => loop.Name == "neighbours");
    }

    public void Dispose()
    {
        stop.Cancel();
        site.Dispose();
        stop.Dispose();
    }

    // Manual time for the schedule; for each second of it a real socket gets a moment, or as long as its answer takes.
    private static async Task UntilAsync(TestCentre centre, TestCentre.KnownDevice wanted)
    {
        var watch = centre.Centre.Loops.Single(loop => loop.Name == "neighbours");
        for (var second = 0; centre.Device("cong") != wanted; second++)
        {
            Assert.True(second < 900, $"{wanted} did not come; {centre.Device("cong")}");
            await centre.RunAsync(1, strideMs: 1000);
            await watch.Wake.WaitAsync(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await centre.RunAsync(0.1);
    }

    private async Task ServeAsync()
    {
        List<TcpClient> held = [];
        try
        {
            while (true)
            {
                var client = await site.AcceptTcpClientAsync(stop.Token);
                held.Add(client);
                if (!silent)
                {
                    await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), stop.Token);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            held.ForEach(client => client.Dispose());
        }
    }
}
