using System.Net;
using System.Text;
using Xunit;

namespace MotCua.CloudBridge.Tests.Api;

/// <summary>Who may read and command through an operator's browser.</summary>
public sealed class OriginGuardTests : IAsyncLifetime
{
    private const string Announce = """{"kind":"announce","body":{"text":"Xin chào."},"who":"Trực ban","reason":"Thử"}""";

    private RunningBridge bridge = null!;

    public async ValueTask InitializeAsync() => bridge = await new RunningBridge(new SimulatedLink(), publicUrl: "https://motcua.phutho.example").StartAsync();

    public ValueTask DisposeAsync() => bridge.DisposeAsync();

    /// <summary>A stranger's name that was made to point here: the browser would let his page read ours.</summary>
    [Theory]
    [InlineData("/", "stranger.example")]
    [InlineData("/api/centres", "stranger.example:8090")]
    [InlineData("/api/stream", "127.0.0.1.stranger.example")]
    [InlineData("/openapi/v1.json", "motcua.phutho.example.stranger.example")]
    [InlineData("/api/centres", "localhost.stranger.example")]
    public async Task Nothing_is_answered_under_a_name_that_is_not_ours(string path, string host)
    {
        using var answer = await Send(HttpMethod.Get, path, host);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        Assert.Contains($"--public-url http://{host}", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:8090")]
    [InlineData("LOCALHOST")]
    [InlineData("127.0.0.1:1")]
    [InlineData("10.20.30.40:8090")]
    [InlineData("[::1]:8090")]
    [InlineData("motcua.phutho.example")]
    [InlineData("MotCua.PhuTho.example:443")]
    public async Task Addresses_and_the_names_that_the_operator_gave_are_answered(string host)
    {
        using var answer = await Send(HttpMethod.Get, "/api/centres", host);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Supervisors_ask_for_our_health_under_any_name()
    {
        using var answer = await Send(HttpMethod.Get, "/healthz", "bridge-2.internal");
        Assert.NotEqual(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    /// <summary>404: let through, and the centre is not known.</summary>
    [Theory]
    [InlineData(null, "https://motcua.phutho.example", HttpStatusCode.NotFound)] // A proxy that says its own target as the host.
    [InlineData("motcua.phutho.example", "https://motcua.phutho.example", HttpStatusCode.NotFound)]
    [InlineData("localhost:8090", "http://localhost:8090", HttpStatusCode.NotFound)]
    [InlineData(null, null, HttpStatusCode.NotFound)] // No browser.
    [InlineData(null, "http://motcua.phutho.example", HttpStatusCode.Forbidden)]
    [InlineData(null, "https://motcua.phutho.example:8443", HttpStatusCode.Forbidden)]
    [InlineData(null, "https://stranger.example", HttpStatusCode.Forbidden)]
    [InlineData(null, "null", HttpStatusCode.Forbidden)]
    [InlineData("stranger.example", "http://stranger.example", HttpStatusCode.MisdirectedRequest)]
    public async Task Commands_come_from_our_own_page_only(string? host, string? origin, HttpStatusCode expected)
    {
        using var answer = await Send(HttpMethod.Post, "/api/centres/viet-tri/commands", host, origin);
        Assert.Equal(expected, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? host, string? origin = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = method == HttpMethod.Post ? new StringContent(Announce, Encoding.UTF8, "application/json") : null };
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        return await bridge.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
