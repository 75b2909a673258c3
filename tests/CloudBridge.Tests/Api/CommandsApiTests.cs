using System.Net;
using System.Text;
using System.Text.Json;
using MotCua.Protocols;
using MotCua.Protocols.Commands;
using Xunit;

namespace MotCua.CloudBridge.Tests.Api;

public sealed class CommandsApiTests : IAsyncLifetime
{
    private const string Path = "/api/centres/viet-tri/commands";
    private const string Announce = """{"kind":"announce","body":{"text":"Nghỉ trưa."},"validMinutes":30,"who":"Trực ban","reason":"Mất nước"}""";

    private readonly SimulatedLink link = new();
    private readonly TaskCompletionSource<byte[]> sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RunningBridge bridge = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        link.OnSent = message =>
        {
            if (message.Topic == Topics.Command(new CentreId("viet-tri")))
            {
                sent.TrySetResult(message.Payload.ToArray());
            }
            else
            {
                heard.TrySetResult();
            }
        };
        bridge = await new RunningBridge(link).StartAsync();
        var log = new SourceLog("viet-tri").Grow(1);
        link.Deliver("motcua/v1/viet-tri/up/state", """{"state":"online","session":1}"""u8.ToArray());
        link.Deliver(log.Topic, log.Message(1, 1));
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
    }

    public ValueTask DisposeAsync() => bridge.DisposeAsync();

    [Fact]
    public async Task A_command_is_given_sent_followed_and_listed()
    {
        var (code, body, location) = await Post(Announce);
        Assert.Equal(HttpStatusCode.Created, code);
        var id = body.GetProperty("id").GetString()!;
        Assert.Equal($"{Path}/{id}", location);
        Assert.Equal("Nghỉ trưa.", body.GetProperty("body").GetProperty("text").GetString());
        var word = Command.TryVerify(bridge.Key, new CentreId("viet-tri"), await sent.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop), out _);
        Assert.Equal(id, word?.Id.Value);

        link.Deliver($"motcua/v1/viet-tri/up/res/{id}", Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","state":"refused","reason":"Loa đang bận.","at":"2026-11-23T01:00:00Z"}"""));
        JsonElement one;
        do
        {
            one = (await Get($"{Path}/{id}")).Body;
        }
        while (one.GetProperty("state").GetString() != "refused");

        Assert.Equal("Loa đang bận.", one.GetProperty("note").GetString());
        Assert.Equal("waiting", one.GetProperty("history")[0].GetProperty("state").GetString());
        var listed = Assert.Single((await Get(Path)).Body.GetProperty("commands").EnumerateArray());
        Assert.Equal(("Trực ban", "Mất nước"), (listed.GetProperty("who").GetString(), listed.GetProperty("reason").GetString()));
    }

    [Theory]
    [InlineData("""{"kind":"fly","who":"Trực ban","reason":"Mất nước"}""", "kind")]
    [InlineData("""{"kind":"self-test","reason":"Mất nước"}""", "who")]
    [InlineData("""{"kind":"self-test","who":"Trực ban","reason":"x"}""", "reason")]
    [InlineData("""{"kind":"self-test","who":"Trực ban","reason":"Mất nước","validMinutes":1441}""", "validMinutes")]
    [InlineData("""{"kind":"self-test","body":[],"who":"Trực ban","reason":"Mất nước"}""", "body")]
    [InlineData("""{"kind":"announce","who":"Trực ban","reason":"Mất nước"}""", "text")]
    [InlineData("""{"kind":"announce","body":{"text":"a\nb"},"who":"Trực ban","reason":"Mất nước"}""", "ký tự")]
    [InlineData("""{"kind":"announce","body":{"text":"\ud800"},"who":"Trực ban","reason":"Mất nước"}""", "text")]
    [InlineData("""{"kind":"announce","body":{"text":"Chào.","at":"2020-01-01T00:00:00Z"},"who":"Trực ban","reason":"Mất nước"}""", "7 ngày")]
    [InlineData("""{"kind":"appointments","who":"Trực ban","reason":"Mất nước"}""", "appointments")]
    [InlineData("""{"kind":"appointments","body":{"from":"2026-11-23T01:00:00Z","to":"2026-11-23T00:00:00Z","appointments":[]},"who":"Trực ban","reason":"Mất nước"}""", "sau from")]
    public async Task What_cannot_be_is_said_in_Vietnamese_and_nothing_is_stored(string request, string why)
    {
        var (code, body, _) = await Post(request);
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.Equal("Lệnh chưa đúng", body.GetProperty("title").GetString());
        Assert.Contains(why, body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await Get(Path)).Body.GetProperty("commands").GetArrayLength());
    }

    [Fact]
    public async Task A_text_that_is_far_too_long_is_refused()
    {
        var (code, _, _) = await Post($$"""{"kind":"announce","body":{"text":"{{new string('a', 10_000)}}"},"who":"Trực ban","reason":"Mất nước"}""");
        Assert.Equal(HttpStatusCode.BadRequest, code);
    }

    [Theory]
    [InlineData("/api/centres/nowhere/commands", HttpStatusCode.NotFound)]
    [InlineData("/api/centres/viet-tri/commands/nothing", HttpStatusCode.NotFound)]
    [InlineData("/api/centres/viet-tri/commands?limit=0", HttpStatusCode.BadRequest)]
    public async Task Mistakes_are_answered_with_problem_details(string path, HttpStatusCode expected)
    {
        var (code, body) = await Get(path);
        Assert.Equal(expected, code);
        Assert.Equal((int)expected, body.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_page_of_another_site_gives_no_commands()
    {
        var (code, _, _) = await Post(Announce, origin: "https://elsewhere.example");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.Equal(0, (await Get(Path)).Body.GetProperty("commands").GetArrayLength());
        Assert.Equal(HttpStatusCode.Created, (await Post(Announce, origin: bridge.Http.BaseAddress!.GetLeftPart(UriPartial.Authority))).Code);
    }

    private async Task<(HttpStatusCode Code, JsonElement Body, string? Location)> Post(string body, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var answer = await bridge.Http.SendAsync(request, Stop);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop)), answer.Headers.Location?.ToString());
    }

    private async Task<(HttpStatusCode Code, JsonElement Body)> Get(string path)
    {
        using var answer = await bridge.Http.GetAsync(new Uri(path, UriKind.Relative), Stop);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop)));
    }
}
