using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Neighbours;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Neighbours;

/// <summary>A watch over neighbours that a test makes answer, fail or hang; manual time.</summary>
internal sealed class NeighbourRig : IDisposable
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(60);

    private readonly NeighbourWatch watch;

    /// <param name="neighbours">Name, kind and what it depends on.</param>
    public NeighbourRig(params (string Id, NeighbourKind Kind, string? Root)[] neighbours)
    {
        foreach (var (id, _, _) in neighbours)
        {
            Probes[id] = new FakeProbe(Time);
        }

        watch = new NeighbourWatch(
            neighbours.Select(n => (new Neighbour(new DeviceId(n.Id), n.Kind, n.Id.ToUpperInvariant(), Every, n.Root is null ? null : new DeviceId(n.Root)), (IProbe)Probes[n.Id])),
            Time, new Random(1), Reports);
    }

    public ManualTime Time { get; } = new();

    public Dictionary<string, FakeProbe> Probes { get; } = [];

    public RecordedReports Reports { get; } = new();

    public FakeProbe this[string id] => Probes[id];

    public async Task<TimeSpan> StepAsync()
    {
        // What a step began may have ended within it: the next one takes it.
        await watch.StepAsync(TestContext.Current.CancellationToken);
        return await watch.StepAsync(TestContext.Current.CancellationToken);
    }

    public async Task RunAsync(double seconds)
    {
        for (var left = seconds; left > 0; left--)
        {
            await StepAsync();
            Time.Advance(TimeSpan.FromSeconds(Math.Min(1, left)));
        }

        await StepAsync();
    }

    public void Dispose() => watch.Dispose();
}

internal sealed class FakeProbe(TimeProvider time) : IProbe
{
    private static readonly Finding Forbidden = Finding.NotLooked(NeighbourFaults.PingForbidden, "nhân không cho mở socket ICMP");
    private static readonly Finding PaperOut = Finding.Trouble(NeighbourFaults.PaperOut, DeviceState.Failed, "media-empty-error");

    public string Target => "tcp 10.0.0.1:1";

    public List<long> LooksAt { get; } = [];

    public int Looks => LooksAt.Count;

    /// <summary><c>well</c>, <c>paper-out</c>, <c>forbidden</c> (the box may not look), <c>refused</c>, <c>rubbish</c>, <c>slow</c> (until its deadline), <c>hangs</c> (whatever it is told) or <c>throws</c>.</summary>
    public string Does { get; set; } = "well";

    public TaskCompletionSource Hanging { get; } = new();

    public async Task<Finding> LookAsync(CancellationToken stop)
    {
        LooksAt.Add(time.GetTimestamp());
        switch (Does)
        {
            case "well":
                return Finding.Well;
            case "paper-out":
                return PaperOut;
            case "forbidden":
                return Forbidden;
            case "refused":
                throw new IOException("No route to host.");
            case "rubbish":
                throw new InvalidDataException("trả lời không phải HTTP");
            case "throws":
                throw new NotSupportedException("a defect of ours");
            case "slow":
                // Ends within the cancellation: manual time runs ahead of threads.
                var ended = new TaskCompletionSource();
                await using (stop.Register(() => ended.TrySetCanceled(stop)))
                {
                    await ended.Task;
                }

                return Finding.Well;
            default:
                await Hanging.Task;
                return Finding.Well;
        }
    }
}
