using MotCua.Edge.Devices.Buttons;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Journal;
using MotCua.Edge.Loop;

namespace MotCua.Bench;

/// <summary>Press (after debounce) → durable ticket → first byte at a board: the whole path on the real loops, from the button's sink to the first pin that moves.</summary>
internal static class PressBench
{
    public static async Task<IEnumerable<Row>> RunAsync(string folder)
    {
        var plain = await MeasureAsync(new DiskFolder(Path.Combine(folder, "press")), 600, TimeSpan.FromMilliseconds(25));
        var slow = await MeasureAsync(new SlowFolder(new DiskFolder(Path.Combine(folder, "press-slow")), TimeSpan.FromMilliseconds(20)), 200, TimeSpan.FromMilliseconds(25));
        var sync = await SyncAloneAsync(folder, 600, TimeSpan.FromMilliseconds(25));
        var limit = $"bare write+fdatasync at the same pace p50 {sync.At(0.5):F3}, p99 {sync.At(0.99):F3} ms";
        const string Peer = "Node-RED flow without sync: p50 1.1, p99 5.7 ms";
        return
        [
            new Row("press → durable → first output byte, p50", Math.Round(plain.At(0.5), 3), "ms", null, Peer, limit),
            new Row("press → durable → first output byte, p99", Math.Round(plain.At(0.99), 3), "ms", 1.5, Peer, limit),
            new Row("the same with 20 ms per sync injected, p99", Math.Round(slow.At(0.99), 3), "ms", 45, null, "one sync of 20 ms"),
        ];
    }

    private static async Task<Samples> MeasureAsync(IJournalFolder card, int presses, TimeSpan between)
    {
        using var stop = new CancellationTokenSource();
        var (centre, box) = BenchCentre.Make(card);
        using var _ = centre;
        var runner = new LoopRunner(TimeProvider.System, (loop, e) => Console.Error.WriteLine($"{loop.Name}: {e}"));
        var running = centre.Loops.Select(loop => Task.Run(() => runner.RunAsync(loop, stop.Token))).ToList();
        var samples = new Samples(presses);
        var sink = new PressCommands(centre.Options.Buttons, centre.Loop, centre.Identity, TimeProvider.System, _ => { }, Microsoft.Extensions.Logging.Abstractions.NullLogger<PressCommands>.Instance);
        var firstByte = new SemaphoreSlim(0);
        var waiting = 0;
        foreach (var lcd in box.Lcds.Values)
        {
            lcd.Chip.PinsMoved += () =>
            {
                if (Interlocked.Exchange(ref waiting, 0) == 1)
                {
                    firstByte.Release();
                }
            };
        }

        // Compiling is not what citizens feel: a box serves for months.
        for (var i = 0; i < 5000; i++)
        {
            sink.Pressed(new ButtonPress(new DeviceId("nut"), 0));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        const int WarmUp = 100;
        for (var i = 0; i < presses + WarmUp; i++)
        {
            var begun = TimeProvider.System.GetTimestamp();
            Volatile.Write(ref waiting, 1);
            sink.Pressed(new ButtonPress(new DeviceId("nut"), begun));
            await firstByte.WaitAsync();
            if (i >= WarmUp)
            {
                samples.Add(TimeProvider.System.GetElapsedTime(begun));
            }

            await Task.Delay(between, TimeProvider.System);
        }

        await stop.CancelAsync();
        await Task.WhenAll(running);
        return samples;
    }

    // With the same pauses: a core and a card that rested answer later than busy ones, and a centre's rest between presses.
    private static async Task<Samples> SyncAloneAsync(string folder, int writes, TimeSpan between)
    {
        var samples = new Samples(writes);
        using var file = new DiskFolder(folder).Create("sync-alone", 1024 * 1024);
        var record = new byte[400];
        record.AsSpan().Fill((byte)'x');
        for (var i = 0; i < writes; i++)
        {
            var begun = TimeProvider.System.GetTimestamp();
            file.Write(i * 400, record);
            file.Sync();
            samples.Add(TimeProvider.System.GetElapsedTime(begun));
            await Task.Delay(between, TimeProvider.System);
        }

        return samples;
    }
}
