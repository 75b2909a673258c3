using System.Text.Json;
using MotCua.Edge.Assembly;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Hosting;
using MotCua.Edge.Loop;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Pages;

/// <summary>The picture of the hall as server-sent events: whole whenever it differs from the last one sent, so a slow or returning television misses nothing that still holds.</summary>
internal sealed class TvStream
{
    /// <summary>Pages of people who look on; and as many of televisions, counted apart, so that whoever looks on takes no television's place.</summary>
    public const int MostListeners = 32;

    /// <summary>A page that hears no beat for seven seconds says that it is cut off.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    private const string Paused = "TẠM NGỪNG PHỤC VỤ";
    private const string Closed = "HẾT GIỜ TIẾP NHẬN";
    private const int MostTexts = 4;

    // A picture that is replaced within it was never seen; a rush must not make a cheap TV draw a hundred.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly EdgeCentre centre;
    private readonly Room onlookers = new();
    private readonly Room televisions = new();

    public TvStream(EdgeCentre centre)
    {
        this.centre = centre;
        centre.Boards.HallChanged += _ => Changed?.Invoke();
        foreach (var tv in centre.Hall.Tvs)
        {
            tv.Screen.AskedAgain += () => Changed?.Invoke();
        }
    }

    private event Action? Changed;

    /// <param name="tv">Null for a page that only looks on.</param>
    public TvPicture Picture(HallTv? tv)
    {
        var (hall, now) = (centre.Boards.Hall, centre.Loop.Durable);
        var queue = now.State.Queue;
        return new TvPicture(
            EdgeVersion.Current, now.Mark.Epoch.ToString(), centre.Options.Name,
            [.. hall.Calls.Take(Devices.Boards.Tv.TvScreen.CallRoom).Select(call => new TvCall(call.CallId.Seq, call.Ticket, call.Counter))],
            [.. queue.Plan.Services.Values.OrderBy(service => service.Series).Select(service => new TvWaiting(
                service.Series.ToString(), service.Name, queue.WaitingFor(service.Code), queue.PausedServices.ContainsKey(service.Code)))])
        {
            Notice = queue.CentrePause is not null ? Paused : queue.Closed ? Closed : null,
            Told = hall.Told,
            Flash = hall.Flash is { } flash ? new TvFlash(flash.Call.Seq, flash.Round) : null,
            Spoken = hall.Spoken?.Seq,
            Texts = [.. centre.Texts.All.Where(text => text is { State: "waiting", Text: not null }).Take(MostTexts).Select(text => text.Text!)],
            Tv = tv is null ? null : new TvSet(tv.Options.Id.Value, WireWord.Of(tv.Options.Sound), tv.Options.CameraNotice, tv.Screen.Asked),
        };
    }

    public async Task RunAsync(HttpContext context, HallTv? tv)
    {
        var room = tv is null ? onlookers : televisions;
        if (!room.Enter())
        {
            await Problems.Of(StatusCodes.Status503ServiceUnavailable, "too-many-listeners", "Quá nhiều màn hình", $"Đã có {MostListeners} màn hình đang theo dõi; đóng bớt rồi thử lại.").ExecuteAsync(context);
            return;
        }

        // Not disposed: the writer may be about to set it while the listener leaves, and it holds nothing but memory.
        var wake = new WakeSignal();
        Changed += wake.Set;
        try
        {
            using var stop = Streaming.EndOf(context);
            await SendAsync(context.Response, tv, wake, stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The listener left, or the service stops.
        }
        finally
        {
            Changed -= wake.Set;
            room.Leave();
        }
    }

    private async Task SendAsync(HttpResponse response, HallTv? tv, WakeSignal wake, CancellationToken stop)
    {
        var time = centre.Time;
        await Streaming.BeginAsync(response, stop);
        var sent = Array.Empty<byte>();
        long? beatAt = null;
        while (true)
        {
            // Texts for the loudspeaker come and go without a commit, so the picture is compared with each beat as well.
            var now = JsonSerializer.SerializeToUtf8Bytes(Picture(tv), ApiJson.Default.TvPicture);
            var changed = !now.AsSpan().SequenceEqual(sent);
            if (changed)
            {
                await WriteAsync(response, "data: ", now, stop);
                sent = now;
            }

            // After the picture: a page takes its first beat as proof that it has one.
            var due = beatAt is not { } at || time.GetElapsedTime(at) >= Beat;
            if (due)
            {
                await WriteAsync(response, "event: beat\ndata: ", JsonSerializer.SerializeToUtf8Bytes(BeatNow(), ApiJson.Default.TvBeat), stop);
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
    }

    private TvBeat BeatNow() => new(centre.Time.GetUtcNow().ToUnixTimeMilliseconds(), centre.Identity.Clock.Now() != ClockTrust.Unsynced);

    private static async Task WriteAsync(HttpResponse response, string head, byte[] json, CancellationToken stop)
    {
        await response.WriteAsync(head, stop);
        await response.BodyWriter.WriteAsync(json, stop);
        await response.WriteAsync("\n\n", stop);
    }

    private sealed class Room
    {
        private int taken;

        public bool Enter()
        {
            if (Interlocked.Increment(ref taken) <= MostListeners)
            {
                return true;
            }

            Leave();
            return false;
        }

        public void Leave() => Interlocked.Decrement(ref taken);
    }
}
