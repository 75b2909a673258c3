using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Devices.Stepping;
using Xunit;

namespace MotCua.Edge.Pages.Tests;

/// <summary>A centre whose pages are served by the real Kestrel on a port of this machine; its loops run by themselves.</summary>
internal sealed class WebBench : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly WebApplication web;
    private readonly Task running;

    private WebBench(TestCentre centre, WebApplication web)
    {
        (Centre, this.web) = (centre, web);
        var runner = new LoopRunner(TimeProvider.System, (_, _) => { });
        running = Task.Run(() => runner.RunAsync(centre.Centre.Loop, stop.Token));
        // A listener that leaves closes its connection at once.
        Http = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = new Uri(web.Urls.Single(url => url.Contains("127.0.0.1", StringComparison.Ordinal))), Timeout = TimeSpan.FromSeconds(60) };
    }

    public TestCentre Centre { get; }

    public HttpClient Http { get; }

    public static async Task<WebBench> StartAsync(TestCentre? centre = null)
    {
        centre ??= new TestCentre();
        var pages = WebHost.Prepare("http://127.0.0.1:0", logs => logs.ClearProviders());
        WebHost.Serve(pages, centre.Centre, centre.Centre.Options.TvPort);
        await pages.StartAsync(TestContext.Current.CancellationToken);
        return new WebBench(centre, pages);
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string? json = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") });

    public Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if ((int)response.StatusCode >= 400)
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }

        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public async Task<string> IssueAsync() => (await PostAsync("/api/tickets", """{"service":"chung-thuc"}""")).Body.GetProperty("number").GetString()!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await web.DisposeAsync();
        await stop.CancelAsync();
        await running;
        stop.Dispose();
        Centre.Dispose();
    }
}
