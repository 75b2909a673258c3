using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MotCua.Testing;
using Xunit;

namespace MotCua.Journeys;

public sealed class KilledPrograms
{
    private const string Centre = "pt-viet-tri";
    private const int Rounds = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData(20261122)]
    public async Task Whatever_is_killed_while_citizens_come_the_province_has_each_ticket_once_and_in_order(int seed)
    {
        var random = new Random(seed);
        using var broker = new LiveMosquitto();
        using var bridge = new LiveBridge(broker.Port);
        await bridge.MakeKeysAsync();
        bridge.Boot();
        await using var edge = await LiveEdge.StartAsync($"mqtt: {{ host: 127.0.0.1, port: {broker.Port}, province-key: {bridge.PublicKey} }}\n");
        using var http = new HttpClient { BaseAddress = new Uri(edge.Address), Timeout = TimeSpan.FromSeconds(30) };
        var given = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            using var closing = new CancellationTokenSource();
            var citizens = Enumerable.Range(0, 3).Select(_ => ComeAsync(http, given, closing.Token)).ToList();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(300, 1200)), TimeProvider.System, TestContext.Current.CancellationToken);
            bridge.Kill();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 300)), TimeProvider.System, TestContext.Current.CancellationToken);
            bridge.Boot();
            if (round % 2 == 1)
            {
                await edge.PowerCut();
                await Task.WhenAll(citizens);
                await edge.BootAsync();
            }
            else
            {
                await closing.CancelAsync();
                await Task.WhenAll(citizens);
            }
        }

        var last = await IssueAsync(http);
        Assert.NotNull(last);
        given.Add(last);
        var events = await ReplicatedAsync(bridge, last);
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(e => int.Parse(e.GetProperty("seq").GetString()!, CultureInfo.InvariantCulture)));
        var issued = events.Where(e => e.GetProperty("type").GetString()!.EndsWith("ticket.issued", StringComparison.Ordinal))
            .Select(e => e.GetProperty("data").GetProperty("number").GetString()!).ToList();
        Assert.True(given.Count > Rounds, $"Only {given.Count} tickets were answered (seed {seed}).");
        Assert.Equal(given.Count, given.Distinct().Count());
        Assert.Empty(given.Except(issued));
        Assert.Equal(Enumerable.Range(1, issued.Count).Select(n => $"A{n:D3}"), issued);
    }

    private static async Task ComeAsync(HttpClient http, List<string> given, CancellationToken closing)
    {
        while (!closing.IsCancellationRequested && await IssueAsync(http) is { } number)
        {
            lock (given)
            {
                given.Add(number);
            }
        }
    }

    private static async Task<string?> IssueAsync(HttpClient http)
    {
        try
        {
            using var content = new StringContent("""{"service":"chung-thuc"}""", Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync("/api/tickets", content);
            return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetString() : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<JsonElement>> ReplicatedAsync(LiveBridge bridge, string last)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var events = await bridge.EventsAsync(Centre);
            if (events.Any(e => e.GetProperty("data").TryGetProperty("number", out var number) && number.GetString() == last))
            {
                return events;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"{last} never came to the province; it has {events.Count} events.\n{bridge.Log}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
