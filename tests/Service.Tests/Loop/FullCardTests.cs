using MotCua.Edge.Journal.Tests;
using MotCua.Edge.Queue;
using Xunit;

namespace MotCua.Edge.Loop.Tests;

public sealed class FullCardTests
{
    [Fact]
    public void On_a_full_card_what_the_province_holds_goes_first_and_makes_room_for_snapshot_and_spare()
    {
        using var bench = new LoopBench(options: new() { SegmentBytes = 64 * 1024, SnapshotEvery = 25, KeepAcknowledged = TimeSpan.FromMinutes(10) });
        var acknowledged = false;
        var faults = new List<(string Code, string? Detail)>();
        var keeper = new JournalKeeper(bench.Journal, () => bench.Loop.Durable, bench.Time, (_, _) => acknowledged, (code, detail) => faults.Add((code, detail)));
        for (var i = 0; i < 400; i++)
        {
            Serve(bench);
            LoopBench.Keep(keeper);
        }

        bench.Disk.FreeBytes = 0;
        while (bench.Disk.List().Contains("spare"))
        {
            Serve(bench);
        }

        for (var i = 0; i < 20; i++)
        {
            Serve(bench);
        }

        var (before, snapshots) = (AppendAndReadTests.Segments(bench.Disk).Count, Snapshots(bench));
        faults.Clear();
        acknowledged = true;
        bench.Time.Advance(TimeSpan.FromHours(2));
        LoopBench.Keep(keeper);
        Assert.True(AppendAndReadTests.Segments(bench.Disk).Count < before);
        Assert.NotEqual(snapshots, Snapshots(bench));
        Assert.Contains("spare", bench.Disk.List());
        Assert.DoesNotContain(faults, fault => fault.Detail is not null);
        Serve(bench);
        Assert.Equal(LoopBench.Text(bench.Loop.Durable.State), LoopBench.Text(bench.Replayed()));
    }

    private static List<string> Snapshots(LoopBench bench) => [.. bench.Disk.List().Where(name => name.EndsWith(".snap", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static void Serve(LoopBench bench)
    {
        bench.IssueNow();
        var called = bench.Next(1);
        var done = bench.Submit(new FinishTicket(new CounterId(1)));
        bench.StepUntilRest();
        Assert.IsType<Outcome.Accepted>(LoopBench.Now(called));
        Assert.IsType<Outcome.Accepted>(LoopBench.Now(done));
    }
}
