using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MotCua.CloudBridge.Alerts;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Tests.Api;
using MotCua.Protocols;
using MotCua.Protocols.Faults;
using Xunit;

namespace MotCua.CloudBridge.Tests.Alerts;

/// <summary>The API over the whole program.</summary>
public sealed class AlertsApiTests : IAsyncLifetime
{
    private static readonly CentreId Centre = new("viet-tri");

    private readonly SimulatedLink link = new();
    private RunningBridge bridge = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => bridge = await new RunningBridge(link).StartAsync();

    public ValueTask DisposeAsync() => bridge.DisposeAsync();

    [Fact]
    public async Task An_alert_is_listed_looked_into_and_acted_on()
    {
        Keep(2, "journal.write-failed");
        Keep(1);
        var list = (await Get("/api/alerts")).Body;
        Assert.Equal((1, 1, 0, false), (list.GetProperty("critical").GetInt32(), list.GetProperty("warning").GetInt32(), list.GetProperty("notice").GetInt32(), list.GetProperty("more").GetBoolean()));
        Assert.Equal([2, 1], list.GetProperty("alerts").EnumerateArray().Select(one => one.GetProperty("id").GetInt32()));
        var first = list.GetProperty("alerts")[0];
        Assert.Equal(("Không ghi được vào thẻ nhớ", "viet-tri, in-2", "Đội hỗ trợ viet-tri"), (first.GetProperty("title").GetString(), first.GetProperty("place").GetString(), first.GetProperty("team").GetString()));
        Assert.Contains("thay thẻ nhớ", first.GetProperty("whatToDo").GetString(), StringComparison.Ordinal);
        Assert.Contains("ngừng cấp số", first.GetProperty("harm").GetString(), StringComparison.Ordinal);

        var mark = (await Get("/api/alerts/mark")).Body.GetProperty("mark").GetString();
        Assert.Equal(list.GetProperty("mark").GetString(), mark);
        var (code, acted) = await Post("/api/alerts/2/acts", """{"act":"acknowledge","who":"Trực ban"}""");
        Assert.Equal((HttpStatusCode.OK, "Trực ban"), (code, acted.GetProperty("acknowledgedBy").GetString()));
        Assert.NotEqual(mark, (await Get("/api/alerts/mark")).Body.GetProperty("mark").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await Post("/api/alerts/2/acts", """{"act":"acknowledge","who":"Người khác"}""")).Code);
        Assert.Equal(HttpStatusCode.OK, (await Post("/api/alerts/2/acts", """{"act":"mute","who":"Trực ban","reason":"Đang thay giấy","minutes":60}""")).Code);
        Assert.Equal(HttpStatusCode.OK, (await Post("/api/alerts/2/acts", """{"act":"assign","who":"Trực ban","to":"Đội hỗ trợ viet-tri"}""")).Code);

        var detail = (await Get("/api/alerts/2")).Body;
        Assert.Equal(["acknowledge", "mute", "assign"], detail.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("what").GetString()));
        Assert.Equal("viet-tri, in-2: Không ghi được vào thẻ nhớ", detail.GetProperty("causes")[0].GetProperty("text").GetString());
        Assert.Equal("Đang thay giấy", bridge.Services.GetRequiredService<IBridgeStore>().ReadAudit(2)[1].Reason);
    }

    [Theory]
    [InlineData("""{"who":"Trực ban"}""", "act")]
    [InlineData("""{"act":"explode","who":"Trực ban"}""", "act")]
    [InlineData("""{"act":"acknowledge"}""", "who")]
    [InlineData("""{"act":"acknowledge","who":"a\nb"}""", "who")]
    [InlineData("""{"act":"acknowledge","who":"\ud800"}""", "")]
    [InlineData("""{"act":"assign","who":"Trực ban"}""", "to")]
    [InlineData("""{"act":"mute","who":"Trực ban","reason":"vì thế"}""", "minutes")]
    [InlineData("""{"act":"mute","who":"Trực ban","minutes":60}""", "reason")]
    [InlineData("""{"act":"mute","who":"Trực ban","reason":"vì thế","minutes":99999999}""", "minutes")]
    [InlineData("""{"act":"comment","who":"Trực ban"}""", "reason")]
    public async Task What_cannot_be_done_is_said_in_Vietnamese(string request, string why)
    {
        Keep(1);
        var (code, body) = await Post("/api/alerts/1/acts", request);
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.Contains(why, why.Length == 0 ? "" : body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(bridge.Services.GetRequiredService<IBridgeStore>().Alerts.ReadLines(1, 10));
    }

    [Theory]
    [InlineData("/api/alerts/7", HttpStatusCode.NotFound)]
    [InlineData("/api/alerts?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/alerts?limit=201", HttpStatusCode.BadRequest)]
    [InlineData("/api/alerts?skip=-1", HttpStatusCode.BadRequest)]
    [InlineData("/api/alerts?state=all", HttpStatusCode.BadRequest)]
    [InlineData("/api/alerts?centre=NO", HttpStatusCode.BadRequest)]
    [InlineData("/api/alerts/deliveries?state=x", HttpStatusCode.BadRequest)]
    [InlineData("/api/alerts/deliveries/1", HttpStatusCode.NotFound)]
    [InlineData("/api/alert-rules/versions/1", HttpStatusCode.NotFound)]
    public async Task Mistakes_are_answered_with_problem_details(string path, HttpStatusCode expected)
    {
        var (code, body) = await Get(path);
        Assert.Equal((expected, (int)expected), (code, body.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task Rules_are_tried_set_and_kept_as_versions()
    {
        var held = (await Get("/api/alert-rules")).Body;
        Assert.Equal(0, held.GetProperty("version").GetInt32());
        var changed = held.GetProperty("rules").GetRawText().Replace("\"hotC\":80", "\"hotC\":70", StringComparison.Ordinal);
        var (code, tried) = await Post("/api/alert-rules/try", $$"""{"rules":{{changed}}}""");
        Assert.Equal((HttpStatusCode.OK, 30, true), (code, tried.GetProperty("days").GetInt32(), tried.GetProperty("whole").GetBoolean()));
        Assert.Equal(0, (await Get("/api/alert-rules")).Body.GetProperty("version").GetInt32());

        var set = $$"""{"based":0,"rules":{{changed}},"who":"Trực ban","reason":"Mùa hè"}""";
        Assert.Equal(1, (await Post("/api/alert-rules", set)).Body.GetProperty("version").GetInt32());
        Assert.Equal(HttpStatusCode.Conflict, (await Post("/api/alert-rules", set)).Code);
        Assert.Equal(70, (await Get("/api/alert-rules")).Body.GetProperty("rules").GetProperty("limits").GetProperty("hotC").GetInt32());
        Assert.Equal("Mùa hè", (await Get("/api/alert-rules/versions")).Body.GetProperty("versions")[0].GetProperty("reason").GetString());
        Assert.Equal(HttpStatusCode.OK, (await Get("/api/alert-rules/versions/1")).Code);

        var (wrong, why) = await Post("/api/alert-rules", $$"""{"based":1,"rules":{{changed.Replace("\"hotC\":70", "\"hotC\":7", StringComparison.Ordinal)}},"who":"Trực ban","reason":"Mùa hè"}""");
        Assert.Equal(HttpStatusCode.BadRequest, wrong);
        Assert.Contains("hotC", why.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post("/api/alert-rules", """{"rules":{},"who":"Trực ban","reason":"Mùa hè"}""")).Code);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post("/api/alert-rules/try", """{"rules":7}""")).Code);
    }

    [Fact]
    public async Task Centres_are_put_into_regions()
    {
        link.Deliver(Topics.State(Centre), Encoding.UTF8.GetBytes("""{"state":"online","session":7}"""));
        while ((await Get("/api/centres")).Body.GetProperty("centres").GetArrayLength() == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
        }

        Assert.Equal("", (await Get("/api/regions")).Body.GetProperty("regions")[0].GetProperty("region").GetString());
        var (code, regions) = await Post("/api/regions", """{"region":"Việt Trì","centres":["viet-tri"],"who":"Trực ban","reason":"Sắp xếp"}""");
        Assert.Equal((HttpStatusCode.OK, "Việt Trì"), (code, regions.GetProperty("regions")[0].GetProperty("region").GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, (await Post("/api/regions", """{"region":"x","centres":["NO"],"who":"Trực ban","reason":"Sắp xếp"}""")).Code);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post("/api/regions", """{"region":"x","centres":[null],"who":"Trực ban","reason":"Sắp xếp"}""")).Code);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post("/api/regions", """{"region":"x","centres":[],"who":"Trực ban","reason":"Sắp xếp"}""")).Code);
    }

    [Fact]
    public async Task A_message_that_was_given_up_is_shown_and_sent_again_by_a_person()
    {
        Keep(1);
        var alerts = bridge.Services.GetRequiredService<IBridgeStore>().Alerts;
        var far = TimeProvider.System.GetUtcNow().AddDays(1);
        alerts.Save(alerts.ReadMarks(), new AlertWrites([], [], [], [], [new AlertDelivery(0, 1, "truc-ban", far, WebhookTests.Message.ToJson(), DeliveryStates.Waiting, 0, far, null)]));
        alerts.Tried(alerts.FindDelivery(1)! with { State = DeliveryStates.Dead, Attempts = 1, Note = "HTTP 404" }, new DeliveryAttempt(1, far, false, "HTTP 404"));
        Assert.Equal(1, (await Get("/api/alerts")).Body.GetProperty("givenUp").GetInt32());
        Assert.Equal("HTTP 404", (await Get("/api/alerts/deliveries?state=dead")).Body.GetProperty("deliveries")[0].GetProperty("note").GetString());
        Assert.Equal("HTTP 404", (await Get("/api/alerts/deliveries/1")).Body.GetProperty("attempts")[0].GetProperty("note").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await Post("/api/alerts/deliveries/1/again", "{}")).Code);
        Assert.Equal(HttpStatusCode.NoContent, (await Post("/api/alerts/deliveries/1/again", """{"who":"Trực ban","reason":"Đã sửa"}""")).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await Post("/api/alerts/deliveries/9/again", """{"who":"Trực ban","reason":"Đã sửa"}""")).Code);
    }

    // As another bridge would have kept it: the engine of this one only begins to look.
    private void Keep(long id, string code = "printer.paper-out")
    {
        var alerts = bridge.Services.GetRequiredService<IBridgeStore>().Alerts;
        var now = TimeProvider.System.GetUtcNow();
        var alert = new Alert(id, new RootKey(RootKind.Fault, "viet-tri", $"in-{id}", code), now) { Severity = FaultCatalogue.Find(code)!.Severity };
        var cause = new AlertCause(new CauseKey(Centre, $"in-{id}", code), null, now, null, 1, false);
        while (true)
        {
            try
            {
                alerts.Save(alerts.ReadMarks(), new AlertWrites([alert], [(alert, cause)], [], [], []));
                return;
            }
            catch (AlertsMovedException)
            {
                // The engine of the program was faster.
            }
        }
    }

    private async Task<(HttpStatusCode Code, JsonElement Body)> Get(string path)
    {
        using var answer = await bridge.Http.GetAsync(new Uri(path, UriKind.Relative), Stop);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop)));
    }

    private async Task<(HttpStatusCode Code, JsonElement Body)> Post(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await bridge.Http.PostAsync(new Uri(path, UriKind.Relative), content, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        return (answer.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }
}
