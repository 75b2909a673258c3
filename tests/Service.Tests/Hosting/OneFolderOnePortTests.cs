using System.Net;
using System.Net.Sockets;
using Xunit;

namespace MotCua.Edge.Hosting.Tests;

public sealed class OneFolderOnePortTests
{
    private const string Yaml = """
        centre: pt-viet-tri
        name: Phường Việt Trì
        drivers: virtual
        clock: battery
        services: [{ code: chung-thuc, name: Chứng thực, series: A }]
        counters: [{ number: 1, services: [chung-thuc] }]
        """;

    [Fact]
    public async Task A_second_program_on_the_same_folder_ends_with_a_plain_word_and_the_first_goes_on()
    {
        using var first = new EdgeProcess(Yaml);
        await first.StartAsync();
        Assert.Equal("A001", await first.IssueAsync());
        using var second = new EdgeProcess(Yaml, first.Data);
        second.Begin();
        Assert.Equal(1, await second.ExitAsync());
        Assert.Contains($"Cannot start: Another program uses the data folder {first.Data}; stop it first", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        Assert.Equal("A002", await first.IssueAsync());
        first.Kill();

        // The kernel gave the lock back.
        await second.StartAsync();
        Assert.Equal("A003", await second.IssueAsync());
        Assert.Equal(0, await second.StopAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_busy_port_closes_no_centre_and_the_pages_come_when_it_is_free(bool isFreed)
    {
        using var edge = new EdgeProcess(Yaml);
        using (var other = new TcpListener(IPAddress.Loopback, edge.Http.BaseAddress!.Port))
        {
            other.Start();
            edge.Begin();
            await edge.SaysAsync("are tried again in five seconds; buttons, boards and voice go on");
            if (!isFreed)
            {
                Assert.Equal(0, await edge.StopAsync());
                return;
            }
        }

        await edge.AnswersAsync();
        Assert.Equal("A001", await edge.IssueAsync());
        Assert.Equal(0, await edge.StopAsync());
    }

    [Fact]
    public async Task A_port_of_the_televisions_that_is_taken_keeps_no_other_page_away_and_is_told()
    {
        using var other = new TcpListener(IPAddress.IPv6Any, 0) { Server = { DualMode = true } };
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var edge = new EdgeProcess($"{Yaml}\ndevices: {{ tv-port: {port}, tvs: [{{ id: tv-sanh, code: viettri1 }}] }}");
        await edge.StartAsync();
        Assert.Equal("A001", await edge.IssueAsync());
        Assert.Contains("tv.port-taken", await edge.Http.GetStringAsync(new Uri("/api/health", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, await edge.StopAsync());
    }
}
