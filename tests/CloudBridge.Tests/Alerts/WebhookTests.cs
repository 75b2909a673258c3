using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MotCua.CloudBridge.Alerts.Telling;
using MotCua.Testing;
using Xunit;

namespace MotCua.CloudBridge.Tests.Alerts;

/// <summary>Webhooks to a real HTTP server.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    internal static readonly AlertMessage Message = new(
        12, "announced", "Cảnh báo mới", "warning", "Cảnh báo", "Máy in hết giấy", "Phường «Việt Trì», in-1", new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 11, 23, 1, 0, 5, TimeSpan.Zero), "12 người đang chờ.", "Lắp cuộn giấy mới.", ["Phường Việt Trì"], null, "https://motcua.example/alerts?alert=12");

    private readonly WebhookListener listener = new();
    private readonly WebhookSender sender = new(TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await listener.StartAsync();

    public async ValueTask DisposeAsync()
    {
        sender.Dispose();
        await listener.DisposeAsync();
    }

    [Fact]
    public async Task A_message_is_posted_whole_and_its_signature_is_checked_by_whoever_has_the_secret()
    {
        var outcome = await sender.TellAsync(Channel("json", secret: "bí mật"), 77, Message, Stop);
        Assert.Equal((true, "HTTP 204"), (outcome.Ok, outcome.Note));
        var heard = Assert.Single(listener.Requests);
        Assert.Equal(("77", "application/json; charset=utf-8"), (heard.Headers[WebhookSender.DeliveryHeader].ToString(), heard.Headers.ContentType.ToString()));
        Assert.Equal(Message.ToJson(), AlertMessage.Parse(heard.Body).ToJson());
        var signature = heard.Headers[WebhookSender.SignatureHeader].ToString();
        var at = long.Parse(signature.Split(',')[0][2..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(at, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 60, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        Assert.Equal(WebhookSender.Sign("bí mật", at, Encoding.UTF8.GetBytes(heard.Body)), signature);
        Assert.NotEqual(WebhookSender.Sign("khác", at, Encoding.UTF8.GetBytes(heard.Body)), signature);
    }

    [Fact]
    public void The_signature_is_what_other_programs_make_of_the_same() => Assert.Equal(
        // printf '1700000000.{}' | openssl dgst -sha256 -hmac secret
        "t=1700000000,v1=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData("secret"u8, "1700000000.{}"u8)), WebhookSender.Sign("secret", 1_700_000_000, "{}"u8));

    [Theory]
    [InlineData("slack", "text")]
    [InlineData("telegram", "text")]
    [InlineData("zalo-oa", "message")]
    public async Task Chat_tools_get_the_form_that_their_makers_published(string template, string member)
    {
        listener.Answer = context => context.Response.WriteAsync("""{"ok":true,"error":0}""", Stop);
        Assert.True((await sender.TellAsync(Channel(template, chat: "-100123", token: "a-token"), 1, Message, Stop)).Ok);
        var heard = Assert.Single(listener.Requests);
        using var body = JsonDocument.Parse(heard.Body);
        var text = body.RootElement.GetProperty(member) is { ValueKind: JsonValueKind.Object } inner ? inner.GetProperty("text") : body.RootElement.GetProperty("text");
        Assert.Equal(Message.Text, text.GetString());
        Assert.Equal(template == "telegram" ? "-100123" : null, body.RootElement.TryGetProperty("chat_id", out var chat) ? chat.GetString() : null);
        Assert.Equal(template == "zalo-oa" ? "a-token" : "", heard.Headers["access_token"].ToString());
    }

    [Theory]
    [InlineData("telegram", """{"ok":false,"description":"chat not found"}""")]
    [InlineData("zalo-oa", """{"error":-216,"message":"Access token is invalid"}""")]
    [InlineData("zalo-oa", "<html>")]
    [InlineData("telegram", "[]")]
    public async Task A_good_status_with_a_bad_answer_is_not_taken_for_told(string template, string answer)
    {
        listener.Answer = context => context.Response.WriteAsync(answer, Stop);
        var outcome = await sender.TellAsync(Channel(template), 1, Message, Stop);
        Assert.Equal((false, false), (outcome.Ok, outcome.IsFinal));
    }

    [Theory]
    [InlineData(200, true, true)]
    [InlineData(301, false, true)]
    [InlineData(307, false, true)]
    [InlineData(400, false, true)]
    [InlineData(404, false, true)]
    [InlineData(408, false, false)]
    [InlineData(429, false, false)]
    [InlineData(500, false, false)]
    [InlineData(503, false, false)]
    public async Task What_may_heal_is_tried_again_and_no_redirect_is_followed(int status, bool ok, bool final)
    {
        listener.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            context.Response.Headers.RetryAfter = "120";
            return Task.CompletedTask;
        };
        var outcome = await sender.TellAsync(Channel("json"), 1, Message, Stop);
        Assert.Equal((ok, final), (outcome.Ok, outcome.IsFinal));
        Assert.Equal(final ? null : TimeSpan.FromSeconds(120), outcome.After);
        Assert.Single(listener.Requests);
    }

    [Fact]
    public async Task An_answer_without_end_is_read_to_its_bound_only()
    {
        listener.Answer = async context =>
        {
            var chunk = new byte[64 * 1024];
            for (var i = 0; i < 10_000 && !context.RequestAborted.IsCancellationRequested; i++)
            {
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
            }
        };
        Assert.True((await sender.TellAsync(Channel("json"), 1, Message, Stop)).Ok);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_in_time()
    {
        var time = new ManualTime();
        using var patient = new WebhookSender(time);
        var silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.Answer = _ =>
        {
            asked.SetResult();
            return silent.Task;
        };
        var telling = patient.TellAsync(Channel("json"), 1, Message, Stop);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Stop);
        time.Advance(TimeSpan.FromSeconds(16));
        var outcome = await telling;
        Assert.Equal((false, false), (outcome.Ok, outcome.IsFinal));
        silent.SetResult();
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_without_the_address_that_holds_a_token()
    {
        var address = new UriBuilder(listener.Address) { Path = "/bot123:SECRET/sendMessage" }.Uri;
        await listener.DisposeAsync();
        var outcome = await sender.TellAsync(new WebhookChannel("x", address, WebhookTemplate.Known["telegram"], null, "", ""), 1, Message, Stop);
        Assert.Equal((false, false), (outcome.Ok, outcome.IsFinal));
        Assert.DoesNotContain("SECRET", outcome.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_of_a_hostile_centre_stay_words()
    {
        var hostile = Message with { Place = "{token} \"}],\n{\"x\":\"\u2028</script>", Title = "{chat}" };
        var channel = Channel("zalo-oa", chat: "chat", token: "a-token");
        using var body = JsonDocument.Parse(channel.Form.Fill(hostile, channel));
        Assert.Equal(hostile.Text, body.RootElement.GetProperty("message").GetProperty("text").GetString());
        Assert.DoesNotContain("a-token", body.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    private WebhookChannel Channel(string template, string? secret = null, string chat = "", string token = "") =>
        new("kenh", new Uri(listener.Address, "/hook?key=1"), WebhookTemplate.Known[template], secret, chat, token);
}
