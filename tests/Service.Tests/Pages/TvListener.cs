using System.Net;
using System.Text.Json;
using Xunit;

namespace MotCua.Edge.Pages.Tests;

/// <summary>A page's end of a stream of pictures; without a path, a television's. Time goes on while it listens.</summary>
internal sealed class TvListener(WebBench web, HttpResponseMessage response, StreamReader reader) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task<TvListener> OpenAsync(WebBench web, string? code = null) => AtAsync(web, "/api/board/stream" + (code is null ? "" : $"?tv={code}"));

    public static async Task<TvListener> AtAsync(WebBench web, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        var response = await web.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new TvListener(web, response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>The next picture that fits.</summary>
    public async Task<JsonElement> PictureAsync(Func<JsonElement, bool> fits)
    {
        while (true)
        {
            if (await NextAsync() is (null, var picture) && fits(picture))
            {
                return picture;
            }
        }
    }

    /// <summary>The next event, a picture or a named one.</summary>
    public async Task<(string? Name, JsonElement Data)> NextAsync()
    {
        string? name = null;
        while (await LineAsync() is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                using var one = JsonDocument.Parse(line[6..]);
                return (name, one.RootElement.Clone());
            }
        }

        throw new EndOfStreamException();
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }

    private async Task<string?> LineAsync()
    {
        var line = reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();
        var begun = TimeProvider.System.GetTimestamp();
        while (!line.IsCompleted)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, "The stream says nothing.");
            web.Centre.Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.WhenAny(line, Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        return await line;
    }
}
