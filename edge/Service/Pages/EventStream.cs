using System.Globalization;
using System.Text;
using MotCua.Edge.Assembly;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Journal;
using MotCua.Edge.Loop;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Pages;

/// <summary>Durable events as server-sent events, read from the journal itself: a slow or returning listener misses nothing and costs no buffer.</summary>
internal sealed class EventStream(WakeSignal wake) : ICommitSink
{
    /// <summary>More listeners than any centre has screens.</summary>
    public const int MaxListeners = 64;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static int listeners;

    public void Accept(Committed committed) => wake.Set();

    public static async Task RunAsync(EdgeCentre centre, HttpContext context, string? lastEventId)
    {
        if (Interlocked.Increment(ref listeners) > MaxListeners)
        {
            Interlocked.Decrement(ref listeners);
            await Problems.Of(StatusCodes.Status503ServiceUnavailable, "too-many-listeners", "Quá nhiều màn hình", $"Đã có {MaxListeners} màn hình đang theo dõi; đóng bớt rồi thử lại.").ExecuteAsync(context);
            return;
        }

        // Its signal is not disposed: the writer may be about to set it while the listener leaves, and it holds nothing but memory.
        var stream = new EventStream(new WakeSignal());
        centre.Feed.Join(stream);
        try
        {
            using var stop = Streaming.EndOf(context);
            await stream.SendAsync(centre, context.Response, lastEventId, stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The listener left, or the service stops.
        }
        finally
        {
            centre.Feed.Leave(stream);
            Interlocked.Decrement(ref listeners);
        }
    }

    private async Task SendAsync(EdgeCentre centre, HttpResponse response, string? lastEventId, CancellationToken stop)
    {
        var reader = new JournalReader(centre.Journal);
        var after = MarkOf(reader, lastEventId) ?? centre.Journal.Committed;
        await Streaming.BeginAsync(response, stop);
        while (true)
        {
            while (reader.ReadAfter(after, EventBatch.MaxEvents, EventBatch.MaxBytes) is { } stretch)
            {
                for (var i = 0; i < stretch.Events.Count; i++)
                {
                    await response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"id: {stretch.End.Epoch}.{stretch.From + i}\ndata: "), stop);
                    await response.BodyWriter.WriteAsync(stretch.Events[i], stop);
                    await response.WriteAsync("\n\n", stop);
                }

                after = stretch.End;
            }

            await response.Body.FlushAsync(stop);
            await wake.WaitAsync(Heartbeat, centre.Time, stop);
            if (after.Seq == centre.Journal.Committed.Seq)
            {
                await response.WriteAsync(": ♥\n\n", Encoding.UTF8, stop);
            }
        }
    }

    // An id of another journal, or one that was evicted, starts with the next event; the page reloads the queue at each (re)connect anyway.
    private static JournalMark? MarkOf(JournalReader reader, string? lastEventId) =>
        lastEventId is { Length: > 17 and < 40 } id && EpochId.TryParse(id.AsSpan(0, 16), out var epoch) && id[16] == '.'
        && long.TryParse(id.AsSpan(17), NumberStyles.None, CultureInfo.InvariantCulture, out var seq) && reader.HashAt(epoch, seq) is { } hash
            ? new JournalMark(epoch, seq, hash)
            : null;
}
