using System.Globalization;
using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Cameras.Decoding;
using MotCua.Edge.Devices.Cameras.Judging;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual.Camera;
using MotCua.Testing;

namespace MotCua.Bench;

/// <summary>What watching four cameras costs the published edge, how soon a fault is seen, and how often a camera that is well is blamed.</summary>
internal static class CameraBench
{
    private const int Count = 4;

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly (string Name, FaultCode[] Codes, Action<VirtualCamera, bool> Turn)[] Faults =
    [
        ("covered", [CameraFaults.Covered], (camera, on) => camera.Scene.Covered = on), ("frozen", [CameraFaults.Frozen], (camera, on) => camera.Scene.Frozen = on),
        ("turned", [CameraFaults.Moved], (camera, on) => camera.Scene.Moved = on), ("black", [CameraFaults.Black], (camera, on) => camera.Scene.Black = on),
        ("blurred", [CameraFaults.Blurred], (camera, on) => camera.Scene.Blurred = on), ("plug pulled", [CameraFaults.Unreachable, CameraFaults.NoAnswer], (camera, on) => camera.Cut = on),
    ];

    public static async Task<IEnumerable<Row>> RunAsync(string folder, string edge)
    {
        using var films = new VirtualCameras(TimeProvider.System);
        var cameras = Enumerable.Range(1, Count).Select(seed => new VirtualCamera(seed)).ToList();
        var urls = cameras.Select((camera, i) => films.Serve(new Uri($"rtsp://camera-{i}/sub"), camera)).ToList();
        var alone = await CostAsync(folder, edge, "alone", "");
        var watched = await CostAsync(folder, edge, "watched", "cameras:\n" + string.Concat(urls.Select((url, i) => $"  - {{ id: cam-{i}, name: Camera {i}, streams: [{{ url: \"{url}\", roles: [detect, sound] }}] }}\n")));
        var delays = await DelaysAsync(cameras, urls);
        var (late, name) = delays.Max();
        var (blamed, day) = FalseAlarms();
        const string Film = "320×180, 5 pictures a second, a key picture every 2 s, G.711";
        return
        [
            new Row("four cameras watched, processor, decoders included", Math.Round(100 * (watched.Processor - alone.Processor), 1), "% core", 15, null, $"{Film}; the edge itself {100 * (watched.Own - alone.Own):0.0} %"),
            new Row("four cameras watched, memory beyond the decoders", Math.Round(watched.Rss - alone.Rss, 1), "MB", 60, null, $"RSS {alone.Rss:0.0} without, {watched.Rss:0.0} with"),
            new Row("a fault of a camera → told, the slowest", Math.Round(late, 1), "s", 20, null, $"{name}; eye, decoder and watch in this process, all four cameras at once, until each is told by its own code; all: {string.Join(", ", delays.Order().Select(one => $"{one.Name} {one.Seconds:0.0}"))}"),
            new Row("cameras that are well and are blamed, the worst kind of day", Math.Round(blamed, 2), "%", 1, null, $"{day}; {HallDays.Enough} drawn clips each of: {string.Join(", ", HallDays.Kinds)}"),
        ];
    }

    private static async Task<(double Processor, double Own, double Rss)> CostAsync(string folder, string edge, string name, string cameras)
    {
        var config = Path.Combine(folder, $"{name}.yaml");
        // Kernel drivers: the simulated ones would film on their own.
        await File.WriteAllTextAsync(config, BenchCentre.Yaml.Replace("drivers: virtual", "drivers: kernel", StringComparison.Ordinal) + "\n" + cameras);
        var (program, _, _) = HttpBench.Start(edge, config, Path.Combine(folder, name));
        using var measured = program;
        await Task.Delay(Settled, TimeProvider.System);
        if (measured.Children().Count < (cameras.Length > 0 ? Count : 0))
        {
            throw new InvalidOperationException($"Of {Count} cameras {measured.Children().Count} are decoded.");
        }

        var decoders = measured.Children();
        var (all, own, began) = (measured.Processor(children: true), measured.Processor(children: false), TimeProvider.System.GetTimestamp());
        await Task.Delay(Measured, TimeProvider.System);
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        if (!measured.Children().Order().SequenceEqual(decoders.Order()))
        {
            throw new InvalidOperationException("A decoder was started anew meanwhile; what the old one took is not known any more.");
        }

        return ((measured.Processor(children: true) - all) / seconds, (measured.Processor(children: false) - own) / seconds, measured.Memory("Rss"));
    }

    private static async Task<List<(double Seconds, string Name)>> DelaysAsync(List<VirtualCamera> cameras, List<Uri> urls)
    {
        var found = new List<(double, string)>();
        var watches = urls.Select((url, i) => new Watched(url, i)).ToList();
        await UntilAsync(watches, () => watches.All(one => one.Watch.Status.KnowsScene));
        foreach (var (name, codes, turn) in Faults)
        {
            var began = TimeProvider.System.GetTimestamp();
            cameras.ForEach(camera => turn(camera, true));
            await UntilAsync(watches, () => watches.All(one => one.Fault is { } fault && codes.Contains(fault)));
            found.Add((TimeProvider.System.GetElapsedTime(began).TotalSeconds, name));
            cameras.ForEach(camera => turn(camera, false));
            await UntilAsync(watches, () => watches.All(one => one.Fault is null));
        }

        foreach (var one in watches)
        {
            await one.Watch.DisposeAsync();
        }

        return found;
    }

    private static async Task UntilAsync(List<Watched> watches, Func<bool> met)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !met();)
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new InvalidOperationException(string.Join("; ", watches.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Fault} {one.Watch.Status.Measures}"))));
            }

            foreach (var one in watches)
            {
                await one.Watch.StepAsync(CancellationToken.None);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }

    private static (double Share, string Kind) FalseAlarms() => HallDays.Kinds.Select(kind =>
    {
        var wrong = 0;
        Parallel.For(0, HallDays.Enough, seed =>
        {
            var (time, blamed) = (new ManualTime(), false);
            var judge = new PictureJudge(time);
            foreach (var picture in HallDays.Film(kind, seed))
            {
                time.Advance(TimeSpan.FromSeconds(HallDays.Pace));
                blamed |= judge.Take(new GreyPicture(picture), time.GetTimestamp(), isLit: true) != PictureTrouble.None;
            }

            Interlocked.Add(ref wrong, blamed ? 1 : 0);
        });
        return (100.0 * wrong / HallDays.Enough, kind);
    }).Max();

    private sealed class Watched : IDeviceReports, ICameraSink
    {
        public Watched(Uri url, int number)
        {
            var camera = new Camera(new DeviceId($"cam-{number}"), $"Camera {number}", [new CameraFeed(url, StreamRoles.Detect)], null, TimeSpan.FromMinutes(1));
            Watch = new CameraWatch(camera, [new StreamEye(camera.Streams[0], null, TimeProvider.System, new Random(number))], () => true, TimeProvider.System, this, this);
        }

        public CameraWatch Watch { get; }

        public FaultCode? Fault { get; private set; }

        public void Report(DeviceReport report) => Fault = report.Fault;

        public void Tell(CameraNews news)
        {
        }
    }
}
