using System.Net;
using System.Text.Json;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Media;
using Xunit;

namespace MotCua.Edge.Pages.Tests;

/// <summary>What the box serves to televisions besides their stream, and to whom.</summary>
public sealed class TvPagesTests : IDisposable
{
    private readonly DirectoryInfo media = Directory.CreateTempSubdirectory("motcua-media-");

    public void Dispose() => media.Delete(recursive: true);

    [Fact]
    public async Task Pictures_and_films_are_listed_and_served_in_parts_and_nothing_else_of_the_card_is()
    {
        File.WriteAllBytes(Path.Combine(media.FullName, "1 Hướng dẫn.png"), [0x89, .. "PNG\r\n"u8, .. new byte[100]]);
        File.WriteAllText(Path.Combine(media.FullName, "ghi-chu.txt"), "mật");
        await using var web = await OpenAsync();
        var files = (await web.GetAsync("/api/board/media")).Body.GetProperty("files");
        var url = Assert.Single(files.EnumerateArray()).GetProperty("url").GetString()!;
        Assert.Equal("/api/board/media/1%20H%C6%B0%E1%BB%9Bng%20d%E1%BA%ABn.png", url);
        Assert.Equal("media.bad-file", web.Centre.Device("edge")?.Fault);

        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new(0, 9) } };
        using var part = await web.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.PartialContent, "image/png", 10L), (part.StatusCode, part.Content.Headers.ContentType?.MediaType, part.Content.Headers.ContentLength));
        foreach (var name in (string[])["ghi-chu.txt", "..%2Fcentre.yaml", "%2Fetc%2Fpasswd", "none.png"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await web.GetAsync($"/api/board/media/{name}")).Status);
        }

        File.Delete(Path.Combine(media.FullName, "ghi-chu.txt"));
        await web.GetAsync("/api/board/media");
        Assert.Null(web.Centre.Device("edge")?.Fault);
    }

    [Theory]
    [InlineData("/board", "frame-ancestors 'self'")]
    [InlineData("/board/a1b2c3", "frame-ancestors 'self'")]
    [InlineData("/lab", "frame-ancestors 'none'; frame-src 'self'")]
    [InlineData("/api/board", "frame-ancestors 'none'")]
    public async Task Only_the_lab_page_may_frame_only_the_TV_page(string path, string ending)
    {
        await using var web = await OpenAsync();
        using var answer = await web.Http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.EndsWith(ending, policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_the_port_of_the_televisions_nothing_but_their_page_is_answered()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Any, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        await using var web = await WebBench.StartAsync(
            new TestCentre(yaml: TvBench.Yaml(TvBench.One).Replace("  boards:\n", $"  tv-port: {port}\n  boards:\n", StringComparison.Ordinal)));
        await web.IssueAsync();
        foreach (var path in (string[])["/board", "/board/a1b2c3", "/tv/board.js", "/api/board", "/api/board/media", "/favicon.svg", "/rate/1", "/rate/rate.js", "/api/rate/1", "/lookup", "/lookup/lookup.js", "/kiosk/wish.js", "/dom.js", "/edge.js", "/api/procedures", "/api/kiosk"])
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(path));
        }

        foreach (var path in (string[])["/", "/lab", "/lab/centre", "/lab.js", "/api/queue", "/api/health", "/api/stream", "/boards", "/api/boarding", "/board/../api/queue", "/tv/../lab.js", "/kiosk", "/kiosk/", "/api/kiosk/speech/home", "/lab.css"])
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(path));
        }

        using var look = System.Text.Json.JsonDocument.Parse(await web.Http.GetStringAsync($"http://127.0.0.1:{port}/api/kiosk", TestContext.Current.CancellationToken));
        Assert.False(look.RootElement.GetProperty("gives").GetBoolean());
        Assert.True((await web.GetAsync("/api/kiosk")).Body.GetProperty("gives").GetBoolean());
        using var ticket = await web.Http.PostAsync($"http://127.0.0.1:{port}/api/tickets", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, ticket.StatusCode);
        using var press = await web.Http.PostAsync($"http://127.0.0.1:{port}/api/counters/1/next", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, press.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await web.GetAsync("/api/queue")).Status);

        async Task<HttpStatusCode> StatusAsync(string path)
        {
            using var answer = await web.Http.GetAsync($"http://127.0.0.1:{port}{path}", TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task There_is_room_for_so_many_onlookers_and_they_take_no_televisions_place()
    {
        await using var web = await OpenAsync();
        var listeners = new List<TvListener>();
        for (var i = 0; i < TvStream.MostListeners; i++)
        {
            listeners.Add(await TvListener.OpenAsync(web));
        }

        var (status, problem) = await web.GetAsync("/api/board/stream");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:motcua:problem:too-many-listeners"), (status, problem.GetProperty("type").GetString()));
        using var television = await TvListener.OpenAsync(web, TvBench.Code);
        await television.PictureAsync(picture => picture.GetProperty("tv").ValueKind == JsonValueKind.Object);
        listeners.ForEach(listener => listener.Dispose());
    }

    private Task<WebBench> OpenAsync() => WebBench.StartAsync(new TestCentre(yaml: TvBench.Yaml(TvBench.One), media: new MediaShelf(media.FullName)));
}
