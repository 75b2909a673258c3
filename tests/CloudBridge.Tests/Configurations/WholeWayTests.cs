using System.Net;
using System.Text;
using System.Text.Json;
using MotCua.CloudBridge.Tests.Api;
using MotCua.Protocols.Mqtt;
using MotCua.Testing;
using Xunit;

namespace MotCua.CloudBridge.Tests.Configurations;

/// <summary>From the operator to the box and back: the real bridge, a real broker, the real edge in a process of its own.</summary>
public sealed class WholeWayTests : IAsyncLifetime
{
    private const string Path = "/api/centres/viet-tri/configurations";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly LiveMosquitto broker = new();
    private RunningBridge bridge = null!;
    private EdgeProgram edge = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        bridge = await new RunningBridge(new MosquittoLink(), broker.Host, broker.Port).StartAsync();
        edge = new EdgeProgram(EdgeProgram.Yaml(broker), bridge.Key);
        await edge.StartAsync();
        await UntilAsync(list => list.GetProperty("running").ValueKind == JsonValueKind.String);
    }

    public async ValueTask DisposeAsync()
    {
        edge.Dispose();
        await bridge.DisposeAsync();
        broker.Dispose();
    }

    [Fact]
    public async Task A_configuration_with_errors_comes_back_with_each_of_them_and_a_good_one_is_kept()
    {
        await GiveAsync(EdgeProgram.Yaml(broker).Replace("number: 1", "number: x", StringComparison.Ordinal));
        var refused = await UntilAsync(list => StateOf(list) == "refused");
        Assert.Contains("dòng 6, counters[0].number: có «x»", refused.GetProperty("configurations")[0].GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, edge.Opened);

        var revision = await GiveAsync(EdgeProgram.Yaml(broker, "Phường Tiên Cát"));
        var kept = await UntilAsync(list => StateOf(list) == "kept" && list.GetProperty("runningRevision").ValueKind == JsonValueKind.Number);
        Assert.Equal(revision, kept.GetProperty("runningRevision").GetInt64());
        Assert.Contains("Phường Tiên Cát is open at", edge.Output, StringComparison.Ordinal);
        Assert.Equal(2, edge.Opened);
    }

    [Fact]
    public async Task A_box_that_dies_twice_while_it_tries_one_goes_back_and_says_so()
    {
        await GiveAsync(EdgeProgram.Yaml(broker, "Phường Tiên Cát"));
        await edge.UntilAsync(() => edge.Opened == 2);
        edge.Kill();
        await edge.StartAsync();
        Assert.Contains("Phường Tiên Cát", edge.Output.Split('\n').Last(line => line.Contains("is open at", StringComparison.Ordinal)), StringComparison.Ordinal);
        edge.Kill();
        await edge.StartAsync();
        Assert.Contains("Phường Việt Trì", edge.Output.Split('\n').Last(line => line.Contains("is open at", StringComparison.Ordinal)), StringComparison.Ordinal);
        var back = await UntilAsync(list => StateOf(list) == "rolled-back");
        Assert.Contains("2 lần", back.GetProperty("configurations")[0].GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, back.GetProperty("runningRevision").ValueKind);
    }

    [Fact]
    public async Task A_start_that_fails_with_it_goes_back_at_once_and_says_why_when_the_line_is_there()
    {
        edge.SetKey(null); // Without it a trial could never end well, so it ends at its start.
        await GiveAsync(EdgeProgram.Yaml(broker, "Phường Tiên Cát"));
        await edge.UntilAsync(() => edge.Opened == 2);
        Assert.Contains("cannot be started with", edge.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Phường Tiên Cát is open", edge.Output, StringComparison.Ordinal);
        edge.Kill();
        edge.SetKey(bridge.Key);
        await edge.StartAsync();
        var back = await UntilAsync(list => StateOf(list) == "rolled-back");
        Assert.Contains("không khởi động được", back.GetProperty("configurations")[0].GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_given_while_the_centre_was_dark_and_the_broker_forgot_reaches_it_all_the_same()
    {
        edge.Kill();
        await GiveAsync(EdgeProgram.Yaml(broker, "Phường Tiên Cát"));
        broker.Kill();
        broker.Start();
        await edge.StartAsync();
        await UntilAsync(list => StateOf(list) == "kept");
    }

    private static string? StateOf(JsonElement list) => list.GetProperty("configurations").EnumerateArray().Select(one => one.GetProperty("state").GetString()).FirstOrDefault();

    private async Task<long> GiveAsync(string text)
    {
        using var content = new StringContent(
            JsonSerializer.Serialize(new Dictionary<string, string> { ["text"] = text, ["who"] = "Trực ban", ["reason"] = "Thử" }), Encoding.UTF8, "application/json");
        using var answer = await bridge.Http.PostAsync(new Uri(Path, UriKind.Relative), content, Stop);
        var said = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, said);
        return JsonElement.Parse(said).GetProperty("configuration").GetProperty("revision").GetInt64();
    }

    private async Task<JsonElement> UntilAsync(Func<JsonElement, bool> holds)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var answer = await bridge.Http.GetAsync(new Uri(Path, UriKind.Relative), Stop);
            var said = await answer.Content.ReadAsStringAsync(Stop);
            if (answer.IsSuccessStatusCode && JsonElement.Parse(said) is var list && holds(list))
            {
                return list;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"{said}\n{edge.Output}\n{broker.Log}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Stop);
        }
    }
}
