using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MotCua.Edge.Assembly;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Loop;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Pages;

/// <param name="Mono">The box's monotonic clock, milliseconds; times in pictures are on it.</param>
/// <param name="Now">Wall time, milliseconds since 1970.</param>
/// <param name="Sure">The wall clock is trusted.</param>
public sealed record PageBeat(long Mono, long Now, bool Sure);

/// <summary>What a page of the staff shows, as server-sent events: a whole picture whenever it differs from the last one sent, so a page that comes back can neither lose nor double anything.</summary>
internal sealed class PictureStream(EdgeCentre centre)
{
    /// <summary>More windows than a centre has open.</summary>
    public const int MostListeners = 48;

    /// <summary>A page that hears none for seven seconds says that it is cut off.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    // A clerk sees no more, and a rush at the kiosks must not become a rush at the pages.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private int listeners;

    public static PageBeat BeatOf(EdgeCentre centre) => new(
        EdgeMonotone.Now(centre.Time), centre.Time.GetUtcNow().ToUnixTimeMilliseconds(), centre.Identity.Clock.Now() != ClockTrust.Unsynced);

    /// <param name="picture">Asked after each commit and with each beat.</param>
    /// <param name="stillMay">Asked as often; once it says no, the page is told <c>ended</c> and nothing else.</param>
    public async Task RunAsync<T>(HttpContext context, Func<T> picture, JsonTypeInfo<T> type, Func<bool> stillMay)
    {
        if (Interlocked.Increment(ref listeners) > MostListeners)
        {
            Interlocked.Decrement(ref listeners);
            await Problems.Of(StatusCodes.Status503ServiceUnavailable, "too-many-listeners", "Quá nhiều màn hình", $"Đã có {MostListeners} cửa sổ đang theo dõi; đóng bớt rồi thử lại.").ExecuteAsync(context);
            return;
        }

        var sink = new Bell();
        centre.Feed.Join(sink);
        try
        {
            using var stop = Streaming.EndOf(context);
            await SendAsync(context.Response, picture, type, stillMay, sink.Wake, stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The listener left, or the service stops.
        }
        finally
        {
            centre.Feed.Leave(sink);
            Interlocked.Decrement(ref listeners);
        }
    }

    private async Task SendAsync<T>(HttpResponse response, Func<T> picture, JsonTypeInfo<T> type, Func<bool> stillMay, WakeSignal wake, CancellationToken stop)
    {
        var time = centre.Time;
        await Streaming.BeginAsync(response, stop);
        var sent = Array.Empty<byte>();
        long? beatAt = null;
        while (stillMay())
        {
            var mark = centre.Loop.Durable.Mark;
            var now = JsonSerializer.SerializeToUtf8Bytes(picture(), type);
            var changed = !now.AsSpan().SequenceEqual(sent);
            if (changed)
            {
                await WriteAsync(response, string.Create(CultureInfo.InvariantCulture, $"id: {mark.Epoch}.{mark.Seq}\ndata: "), now, stop);
                sent = now;
            }

            var due = beatAt is not { } at || time.GetElapsedTime(at) >= Beat;
            if (due)
            {
                await WriteAsync(response, "event: beat\ndata: ", JsonSerializer.SerializeToUtf8Bytes(BeatOf(centre), ApiJson.Default.PageBeat), stop);
                beatAt = time.GetTimestamp();
            }

            if (changed || due)
            {
                await response.Body.FlushAsync(stop);
            }

            await Task.Delay(Pace, time, stop);
            var rest = Beat - time.GetElapsedTime(beatAt ?? time.GetTimestamp());
            await wake.WaitAsync(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, time, stop);
        }

        await response.WriteAsync("event: ended\ndata: {}\n\n", stop);
        await response.Body.FlushAsync(stop);
    }

    private static async Task WriteAsync(HttpResponse response, string head, byte[] json, CancellationToken stop)
    {
        await response.WriteAsync(head, stop);
        await response.BodyWriter.WriteAsync(json, stop);
        await response.WriteAsync("\n\n", stop);
    }

    // Not disposed: the writer may be about to set it while the listener leaves, and it holds nothing but memory.
    private sealed class Bell : ICommitSink
    {
        public WakeSignal Wake { get; } = new();

        public void Accept(Committed committed) => Wake.Set();
    }
}
