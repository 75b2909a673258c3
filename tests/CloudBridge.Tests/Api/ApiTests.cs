using System.Net;
using System.Text;
using System.Text.Json;
using MotCua.Protocols;
using MotCua.Protocols.Mqtt;
using Xunit;

namespace MotCua.CloudBridge.Tests.Api;

public sealed class ApiTests : IAsyncLifetime
{
    private readonly SimulatedLink link = new();
    private readonly SourceLog log = new SourceLog("viet-tri").Grow(12, at: TimeProvider.System.GetUtcNow()); // The pages show the last weeks.
    private readonly TaskCompletionSource<MqttMessage> acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RunningBridge bridge = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        link.OnSent = message => acknowledged.TrySetResult(message);
        bridge = await new RunningBridge(link).StartAsync();
        link.Deliver(Topics.State(log.Centre), Encoding.UTF8.GetBytes("""{"state":"online","session":7}"""));
        link.Deliver(Topics.Device(log.Centre, "loa-1"), Encoding.UTF8.GetBytes(
            """{"device":"loa-1","kind":"speaker","state":"failed","fault":"speech.speaker-failed","detail":null,"since":"2026-11-23T08:00:00+07:00"}"""));
        link.Deliver(log.Topic, log.Message(1, 12));
        await acknowledged.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
    }

    public ValueTask DisposeAsync() => bridge.DisposeAsync();

    private async Task<(HttpStatusCode Code, string? Type, string Body)> Get(string path)
    {
        using var answer = await bridge.Http.GetAsync(new Uri(path, UriKind.Relative), Stop);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Centres_are_listed_with_state_faults_and_last_event()
    {
        var (code, _, body) = await Get("/api/centres");
        Assert.Equal(HttpStatusCode.OK, code);
        var centre = JsonDocument.Parse(body).RootElement.GetProperty("centres")[0];
        Assert.Equal("viet-tri", centre.GetProperty("id").GetString());
        Assert.Equal("online", centre.GetProperty("state").GetString());
        Assert.Equal("warning", centre.GetProperty("attention").GetString());
        Assert.Equal("Loa không hoạt động", centre.GetProperty("faults")[0].GetProperty("title").GetString());
        Assert.Equal("Gọi số A012 đến quầy 3", centre.GetProperty("lastEvent").GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_centre_shows_its_replicated_journals()
    {
        var journal = JsonDocument.Parse((await Get("/api/centres/viet-tri")).Body).RootElement.GetProperty("logs")[0];
        Assert.Equal(log.HashAt(12).ToString(), journal.GetProperty("hash").GetString());
    }

    [Fact]
    public async Task Events_are_paged_and_come_back_bit_for_bit()
    {
        var after = "";
        var seen = new List<byte[]>();
        for (var pages = 0; pages < 4; pages++)
        {
            var body = (await Get($"/api/centres/viet-tri/events?limit=5&after={after}")).Body;
            var page = JsonDocument.Parse(body).RootElement;
            seen.AddRange(page.GetProperty("events").EnumerateArray().Select(e => Encoding.UTF8.GetBytes(e.GetRawText())));
            after = page.GetProperty("next").GetString();
        }

        Assert.Equal(log.Events, seen);
    }

    [Theory]
    [InlineData("/api/centres/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/api/centres/NOT%20AN%20ID", HttpStatusCode.NotFound)]
    [InlineData("/api/centres/nowhere/events", HttpStatusCode.NotFound)]
    [InlineData("/api/centres/viet-tri/events?after=x", HttpStatusCode.BadRequest)]
    [InlineData("/api/centres/viet-tri/events?after=1.99999999999", HttpStatusCode.BadRequest)]
    [InlineData("/api/centres/viet-tri/events?limit=501", HttpStatusCode.BadRequest)]
    [InlineData("/api/centres/viet-tri/events?limit=many", HttpStatusCode.BadRequest)]
    [InlineData("/api/centres/nowhere/health", HttpStatusCode.NotFound)]
    [InlineData("/api/centres/viet-tri/health?from=2026-11-23T00:00:00Z&to=2026-11-22T00:00:00Z", HttpStatusCode.BadRequest)]
    [InlineData("/api/centres/viet-tri/health?from=1900-01-01T00:00:00Z", HttpStatusCode.BadRequest)]
    [InlineData("/api/centres/viet-tri/health?from=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("/api/ledger?days=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/ledger/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/api/quarantine?limit=201", HttpStatusCode.BadRequest)]
    [InlineData("/nothing/here", HttpStatusCode.NotFound)]
    public async Task Mistakes_are_answered_with_problem_details(string path, HttpStatusCode expected)
    {
        var (code, type, body) = await Get(path);
        Assert.Equal((expected, "application/problem+json"), (code, type));
        Assert.Equal((int)expected, JsonDocument.Parse(body).RootElement.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task The_views_say_how_far_they_are_behind()
    {
        JsonElement told;
        do
        {
            told = JsonDocument.Parse((await Get("/api/projection")).Body).RootElement;
        }
        while (told.GetProperty("events").GetInt64() < 12);

        Assert.True(told.GetProperty("leads").GetBoolean());
        Assert.Equal((0L, 12L), (told.GetProperty("lagRows").GetInt64(), told.GetProperty("orphaned").GetInt64()));
    }

    [Fact]
    public async Task The_ledger_tells_what_a_centre_has_and_has_not_delivered()
    {
        link.Deliver(Topics.Birth(log.Centre), Encoding.UTF8.GetBytes($$"""{"session":7,"name":"Phường Việt Trì","version":"1","configuration":"","epochs":[{"epoch":"{{log.Epoch}}","from":1,"to":20}],"devices":[]}"""));
        JsonElement told;
        do
        {
            told = JsonDocument.Parse((await Get("/api/ledger/viet-tri")).Body).RootElement;
        }
        while (told.GetProperty("lacks").GetArrayLength() == 0);

        var lack = told.GetProperty("lacks")[0];
        Assert.Equal(("notDeliveredYet", 13L, 20L), (lack.GetProperty("what").GetString(), lack.GetProperty("from").GetInt64(), lack.GetProperty("to").GetInt64()));
        Assert.Equal(12, told.GetProperty("days")[0].GetProperty("received").GetInt64());
        var all = JsonDocument.Parse((await Get("/api/ledger?days=62")).Body).RootElement;
        var centre = all.GetProperty("centres")[0];
        Assert.Equal(("Phường Việt Trì", 0, 8L), (centre.GetProperty("name").GetString(), centre.GetProperty("lacks").GetInt32(), centre.GetProperty("waiting").GetInt64()));
    }

    [Fact]
    public async Task Refused_messages_are_shown_with_their_first_bytes()
    {
        link.Deliver(log.Topic, new byte[] { 0xde, 0xad, 0xbe, 0xef });
        JsonElement messages;
        do
        {
            messages = JsonDocument.Parse((await Get("/api/quarantine")).Body).RootElement.GetProperty("messages");
        }
        while (messages.GetArrayLength() == 0);

        Assert.Equal(("deadbeef", "viet-tri", 1L), (messages[0].GetProperty("head").GetString(), messages[0].GetProperty("centre").GetString(), messages[0].GetProperty("seen").GetInt64()));
    }

    [Fact]
    public async Task A_range_of_health_is_answered_in_steps_that_fit()
    {
        var (code, _, body) = await Get("/api/centres/viet-tri/health?from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z");
        Assert.Equal(HttpStatusCode.OK, code);
        var history = JsonDocument.Parse(body).RootElement;
        Assert.True(history.GetProperty("stepSeconds").GetInt64() * 2016L >= 364L * 86400);
        Assert.Equal(0, history.GetProperty("points").GetArrayLength());
    }

    [Fact]
    public async Task Health_follows_the_link()
    {
        Assert.Equal(HttpStatusCode.OK, (await Get("/healthz")).Code);
        link.AnswersConnect = false;
        link.Break("The cable was pulled.");
        (HttpStatusCode Code, string? Type, string Body) health;
        do
        {
            health = await Get("/healthz");
        }
        while (health.Code == HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.Code);
        Assert.Contains("cable", health.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        var paths = JsonDocument.Parse((await Get("/openapi/v1.json")).Body).RootElement.GetProperty("paths");
        Assert.Equal(["/api/alert-rules", "/api/alert-rules/try", "/api/alert-rules/versions", "/api/alert-rules/versions/{version}", "/api/alerts", "/api/alerts/deliveries", "/api/alerts/deliveries/{id}", "/api/alerts/deliveries/{id}/again", "/api/alerts/mark", "/api/alerts/{id}", "/api/alerts/{id}/acts", "/api/centres", "/api/centres/{id}", "/api/centres/{id}/commands", "/api/centres/{id}/commands/{command}", "/api/centres/{id}/configurations", "/api/centres/{id}/configurations/withdraw", "/api/centres/{id}/configurations/{revision}", "/api/centres/{id}/events", "/api/centres/{id}/health", "/api/centres/{id}/snapshots", "/api/centres/{id}/snapshots/{snapshot}/views", "/api/centres/{id}/snapshots/{snapshot}/views/{view}", "/api/ledger", "/api/ledger/{id}", "/api/projection", "/api/quarantine", "/api/regions", "/api/stream", "/api/video-link", "/healthz"], paths.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.All(paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject()), verb => Assert.NotEmpty(verb.Value.GetProperty("description").GetString()!));
    }

    [Fact]
    public async Task The_page_runs_nothing_but_its_own_files()
    {
        using var answer = await bridge.Http.GetAsync(new Uri("/", UriKind.Relative), Stop);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var page = await answer.Content.ReadAsStringAsync(Stop);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        foreach (var file in (string[])["/dashboard/dashboard.js", "/dashboard/commands.js", "/dashboard/configuration.js", "/dashboard/snapshots.js", "/dashboard/video.js", "/dashboard/dom.js", "/dashboard/words.js", "/dashboard/dashboard.css", "/dashboard/icon.svg", "/dashboard/ledger.js", "/dashboard/quarantine.js", "/ledger", "/quarantine", "/alerts", "/alert-rules", "/dashboard/alerts.js", "/dashboard/alerts.css", "/dashboard/alert-acts.js", "/dashboard/alert-detail.js", "/dashboard/alert-rules.js", "/dashboard/alert-words.js"])
        {
            Assert.Equal(HttpStatusCode.OK, (await Get(file)).Code);
        }
    }

    [Fact]
    public async Task The_stream_tells_everything_first_and_then_what_changes()
    {
        await using var stream = await bridge.Http.GetStreamAsync(new Uri("/api/stream", UriKind.Relative), Stop);
        using var lines = new StreamReader(stream);
        var first = await NextData(lines);
        Assert.True(first.GetProperty("whole").GetBoolean());
        Assert.Equal(1, first.GetProperty("centres").GetArrayLength());
        link.Deliver("motcua/v1/lam-thao/up/state", """{"state":"stopped","session":1}"""u8.ToArray());
        JsonElement change;
        do
        {
            change = await NextData(lines);
        }
        while (change.GetProperty("centres").GetArrayLength() == 0);

        Assert.False(change.GetProperty("whole").GetBoolean());
        Assert.Equal("lam-thao", change.GetProperty("centres")[0].GetProperty("id").GetString());
    }

    private static async Task<JsonElement> NextData(StreamReader lines)
    {
        string? line;
        do
        {
            line = await lines.ReadLineAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Stop);
        }
        while (line?.StartsWith("data: ", StringComparison.Ordinal) == false);

        return JsonDocument.Parse(line!["data: ".Length..]).RootElement;
    }
}
