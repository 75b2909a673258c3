using System.Text.Json;
using MotCua.Edge.Assembly;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Pages;

/// <summary>The simulated box as server-sent events: a whole picture whenever one differs from the last, so nothing queues up for a slow listener.</summary>
internal sealed class LabStream
{
    /// <summary>A class room in front of one box.</summary>
    public const int MaxListeners = 32;

    /// <summary>Twenty pictures a second: the eye sees no more, and one change of an LCD is several transactions.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    /// <summary>Some changes raise no event (a knob, the end of a sound that failed), so the picture is compared anyway.</summary>
    private static readonly TimeSpan LookAnyway = TimeSpan.FromMilliseconds(500);

    /// <summary>A page that hears nothing for longer than a few beats knows that the line is dead.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(4);

    private readonly TimeProvider time;
    private readonly Func<LabCentre> picture;
    private int listeners;

    public LabStream(TimeProvider time, VirtualHardware box, LabFaults faults, Func<LabCentre> picture)
    {
        (this.time, this.picture) = (time, picture);
        faults.Turned += Raise;
        box.Pins.Changed += Raise;
        box.Loudspeaker.Changed += Raise;
        if (box.Printer is { } printer)
        {
            printer.Changed += Raise;
        }

        foreach (var board in box.Boards.Values)
        {
            board.Listen(Raise);
        }

        foreach (var (chip, _) in box.Expanders.Values)
        {
            chip.Changed += Raise;
        }
    }

    private event Action? Changed;

    public async Task RunAsync(HttpContext context)
    {
        if (Interlocked.Increment(ref listeners) > MaxListeners)
        {
            Interlocked.Decrement(ref listeners);
            await Problems.Of(StatusCodes.Status503ServiceUnavailable, "too-many-listeners", "Quá nhiều màn hình", $"Đã có {MaxListeners} màn hình đang theo dõi; đóng bớt rồi thử lại.").ExecuteAsync(context);
            return;
        }

        // Not disposed: a driver may be about to set it while the listener leaves, and it holds nothing but memory.
        var wake = new WakeSignal();
        Changed += wake.Set;
        try
        {
            using var stop = Streaming.EndOf(context);
            await SendAsync(context.Response, wake, stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The listener left, or the service stops.
        }
        finally
        {
            Changed -= wake.Set;
            Interlocked.Decrement(ref listeners);
        }
    }

    private async Task SendAsync(HttpResponse response, WakeSignal wake, CancellationToken stop)
    {
        await Streaming.BeginAsync(response, stop);
        var (sent, sentAt) = (Array.Empty<byte>(), time.GetTimestamp());
        while (true)
        {
            var now = JsonSerializer.SerializeToUtf8Bytes(picture(), ApiJson.Default.LabCentre);
            if (!now.AsSpan().SequenceEqual(sent))
            {
                await response.WriteAsync("data: ", stop);
                await response.BodyWriter.WriteAsync(now, stop);
                await response.WriteAsync("\n\n", stop);
                await response.Body.FlushAsync(stop);
                (sent, sentAt) = (now, time.GetTimestamp());
            }
            else if (time.GetElapsedTime(sentAt) > Beat)
            {
                await response.WriteAsync("event: beat\ndata:\n\n", stop);
                await response.Body.FlushAsync(stop);
                sentAt = time.GetTimestamp();
            }

            await Task.Delay(Pace, time, stop);
            await wake.WaitAsync(LookAnyway, time, stop);
        }
    }

    private void Raise() => Changed?.Invoke();
}
