using System.Net;
using System.Text;
using System.Text.Json;
using MotCua.CloudBridge.Tests.Snapshots;
using MotCua.Protocols;
using Xunit;

namespace MotCua.CloudBridge.Tests.Api;

/// <summary>Pictures over HTTP: listed for everybody who may see the page, shown to whoever said who he is and why.</summary>
public sealed class SnapshotsApiTests : IAsyncLifetime
{
    private const string All = "/api/centres/viet-tri/snapshots";

    private readonly SimulatedLink link = new();
    private readonly SourceLog log = new("viet-tri");
    private readonly SemaphoreSlim acknowledged = new(0);
    private RunningBridge bridge = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        link.OnSent = message =>
        {
            if (message.Topic == Topics.Ack(Pictures.Centre))
            {
                acknowledged.Release();
            }
        };
        bridge = await new RunningBridge(link).StartAsync();
        log.Add(TimeProvider.System.GetUtcNow(), Pictures.Asked("khan-1"));
        link.Deliver(log.Topic, log.Message(1, 1));
        Assert.True(await acknowledged.WaitAsync(TimeSpan.FromSeconds(30), Stop));
    }

    public async ValueTask DisposeAsync()
    {
        await bridge.DisposeAsync();
        acknowledged.Dispose();
    }

    [Fact]
    public async Task A_picture_is_listed_looked_at_with_a_name_and_a_reason_and_shown_once()
    {
        var waiting = await ListAsync();
        Assert.Equal(("asked", "camera-sanh", "emergency", 2), (Of(waiting, "state"), Of(waiting, "camera"), Of(waiting, "cause"), waiting.GetProperty("counter").GetInt32()));
        Assert.Equal(HttpStatusCode.Gone, (await LookAsync("""{"who":"Trực ban","reason":"Có tiếng kêu"}""")).Code);
        await ArriveAsync();

        var (code, answer) = await LookAsync("""{"who":"Trực ban","reason":"Có tiếng kêu"}""");
        Assert.Equal(HttpStatusCode.Created, code);
        var view = Assert.Single((await ListAsync()).GetProperty("views").EnumerateArray());
        Assert.Equal(("Trực ban", "Có tiếng kêu"), (Of(view, "who"), Of(view, "reason")));
        using (var picture = await bridge.Http.GetAsync(new Uri(Of(answer, "picture")!, UriKind.Relative), Stop))
        {
            Assert.Equal((HttpStatusCode.OK, "image/jpeg", "no-store"), (picture.StatusCode, picture.Content.Headers.ContentType?.MediaType, picture.Headers.CacheControl?.ToString()));
            Assert.Equal("nosniff", Assert.Single(picture.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal(Pictures.Jpeg, await picture.Content.ReadAsByteArrayAsync(Stop));
        }

        using var again = await bridge.Http.GetAsync(new Uri(Of(answer, "picture")!, UriKind.Relative), Stop);
        Assert.Equal((HttpStatusCode.Gone, "no-store"), (again.StatusCode, again.Headers.CacheControl?.ToString()));
        Assert.DoesNotContain("a hall without", await again.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"who":"","reason":"Có tiếng kêu"}""")]
    [InlineData("""{"who":"Trực ban","reason":"?"}""")]
    [InlineData("""{"who":"Trực\nban","reason":"Có tiếng kêu"}""")]
    [InlineData("{}")]
    public async Task Whoever_does_not_say_who_he_is_and_why_sees_nothing(string body)
    {
        await ArriveAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await LookAsync(body)).Code);
        Assert.Empty((await ListAsync()).GetProperty("views").EnumerateArray());
    }

    [Fact]
    public async Task What_is_not_there_is_told_so()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await LookAsync("""{"who":"Trực ban","reason":"Có tiếng kêu"}""", "khan-9")).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await LookAsync("""{"who":"Trực ban","reason":"Có tiếng kêu"}""", "Kh%C3%A1n")).Code);
        Assert.Equal(HttpStatusCode.NotFound, await CodeOf("/api/centres/lam-thao/snapshots"));
        Assert.Equal(HttpStatusCode.BadRequest, await CodeOf(All + "?limit=101"));
        Assert.Equal(HttpStatusCode.Gone, await CodeOf($"{All}/khan-1/views/{new string('0', 32)}"));
        Assert.Equal(HttpStatusCode.Gone, await CodeOf($"{All}/khan-1/views/x"));
    }

    [Fact]
    public async Task A_wish_is_checked_as_the_centre_checks_it()
    {
        var (code, problem) = await PostAsync("/api/centres/viet-tri/commands", """{"kind":"snapshot","body":{"camera":"camera-sanh","reason":"curiosity","role":"operator"},"who":"Trực ban","reason":"Xem thử"}""");
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.Contains("security", Of(problem, "detail"), StringComparison.Ordinal);
        (code, problem) = await PostAsync("/api/centres/viet-tri/commands", """{"kind":"snapshot","body":{"camera":"camera-sanh","reason":"security"},"who":"Trực ban","reason":"Xem thử"}""");
        Assert.Contains("role", Of(problem, "detail"), StringComparison.Ordinal);
        (code, var given) = await PostAsync("/api/centres/viet-tri/commands", """{"kind":"snapshot","body":{"camera":"camera-sanh","reason":"security","role":"operator"},"who":"Trực ban","reason":"Có tiếng kêu"}""");
        Assert.Equal((HttpStatusCode.Created, 1440, true), (code, given.GetProperty("body").GetProperty("ttlMinutes").GetInt32(), given.GetProperty("body").GetProperty("blur").GetBoolean()));
    }

    private async Task ArriveAsync()
    {
        link.Deliver("motcua/v1/viet-tri/up/snap/khan-1", Pictures.Message("khan-1"));
        while (Of(await ListAsync(), "state") != "stored")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
        }
    }

    private async Task<JsonElement> ListAsync()
    {
        using var answer = await bridge.Http.GetAsync(new Uri(All, UriKind.Relative), Stop);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop)).GetProperty("snapshots")[0];
    }

    private Task<(HttpStatusCode Code, JsonElement Body)> LookAsync(string body, string id = "khan-1") => PostAsync($"{All}/{id}/views", body);

    private async Task<(HttpStatusCode Code, JsonElement Body)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await bridge.Http.PostAsync(new Uri(path, UriKind.Relative), content, Stop);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop)));
    }

    private async Task<HttpStatusCode> CodeOf(string path)
    {
        using var answer = await bridge.Http.GetAsync(new Uri(path, UriKind.Relative), Stop);
        return answer.StatusCode;
    }

    private static string? Of(JsonElement one, string name) => one.GetProperty(name).GetString();
}
