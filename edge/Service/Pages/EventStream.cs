using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MotCua.Edge.Assembly;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Journal;
using MotCua.Edge.Loop;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Pages;

/// <summary>Durable events as server-sent events, read from the journal itself: a slow or returning listener misses nothing and costs no buffer. What it hears is what anybody may read.</summary>
internal sealed class EventStream(WakeSignal wake) : ICommitSink
{
    /// <summary>More listeners than any centre has screens.</summary>
    public const int MaxListeners = 64;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly ConditionalWeakTable<EdgeCentre, StrongBox<int>> Listeners = [];

    public void Accept(Committed committed) => wake.Set();

    public static async Task RunAsync(EdgeCentre centre, HttpContext context, string? lastEventId)
    {
        var listeners = Listeners.GetOrCreateValue(centre);
        if (Interlocked.Increment(ref listeners.Value) > MaxListeners)
        {
            Interlocked.Decrement(ref listeners.Value);
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
            Interlocked.Decrement(ref listeners.Value);
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
                    PublicEvent.Write(response.BodyWriter, stretch.Events[i]);
                    await response.WriteAsync("\n\n", stop);
                }

                after = stretch.End;
            }

            if (NextJournal(reader, after) is { } next)
            {
                after = next;
                continue;
            }

            await response.Body.FlushAsync(stop);
            await wake.WaitAsync(Heartbeat, centre.Time, stop);
            if (after.Seq == centre.Journal.Committed.Seq)
            {
                await response.WriteAsync(": ♥\n\n", Encoding.UTF8, stop);
            }
        }
    }

    // A damaged journal has an end of its own; the stream goes on with the one that was opened after it.
    private static JournalMark? NextJournal(JournalReader reader, JournalMark after) => reader.Epochs()
        .SkipWhile(e => e.Epoch != after.Epoch).Skip(1).Select(e => (JournalMark?)new JournalMark(e.Epoch, 0, ChainHash.Genesis)).FirstOrDefault();

    // An id of a journal that is gone, or one that was evicted, starts with the next event; the page reloads the queue at each (re)connect anyway.
    private static JournalMark? MarkOf(JournalReader reader, string? lastEventId) =>
        lastEventId is { Length: > 17 and < 40 } id && EpochId.TryParse(id.AsSpan(0, 16), out var epoch) && id[16] == '.'
        && long.TryParse(id.AsSpan(17), NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
        && reader.Epochs().Any(e => e.Epoch == epoch) && reader.HashAt(epoch, seq) is { } hash
            ? new JournalMark(epoch, seq, hash)
            : null;
}
