using System.Collections.Concurrent;
using System.Text.Json;

namespace MotCua.Bench.Fleet;

/// <summary>A listener of the dashboard's stream, as a page is: when did it learn that a centre's log reaches so far?</summary>
internal sealed class DashboardListener : IDisposable
{
    private readonly HttpClient http;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, (long Held, long At)> newest = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim heard = new(0);

    public DashboardListener(HttpClient http)
    {
        this.http = http;
        Listening = Task.Run(ListenAsync);
    }

    public Task Listening { get; }

    /// <summary>Called with a centre, how far its log is shown, and the moment.</summary>
    public Action<string, long, long>? Shown { get; set; }

    /// <summary>How far the log of a centre is shown.</summary>
    public long ShownOf(string centre) => newest.TryGetValue(centre, out var one) ? one.Held : 0;

    /// <returns>When it was shown; null when it was not in time.</returns>
    public long? WaitFor(string centre, long seq, TimeSpan patience)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begun) < patience)
        {
            if (newest.TryGetValue(centre, out var one) && one.Held >= seq)
            {
                return one.At;
            }

            heard.Wait(TimeSpan.FromMilliseconds(50));
        }

        return null;
    }

    public void Dispose()
    {
        stop.Cancel();
        Listening.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Wait(TimeSpan.FromSeconds(5));
        stop.Dispose();
        heard.Dispose();
    }

    private async Task ListenAsync()
    {
        await using var stream = await http.GetStreamAsync(new Uri("/api/stream", UriKind.Relative), stop.Token);
        using var lines = new StreamReader(stream);
        while (await lines.ReadLineAsync(stop.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                var now = TimeProvider.System.GetTimestamp();
                foreach (var centre in JsonDocument.Parse(line["data: ".Length..]).RootElement.GetProperty("centres").EnumerateArray())
                {
                    var (id, held) = (centre.GetProperty("id").GetString()!, centre.GetProperty("held").GetInt64());
                    newest[id] = (held, now);
                    Shown?.Invoke(id, held, now);
                }

                heard.Release();
            }
        }
    }
}
