using MotCua.Edge.Journal.Tests;
using MotCua.Protocols.Events;
using MotCua.Testing;
using Xunit;

namespace MotCua.Edge.Uplink.Tests;

/// <summary>Lines that break, words that are lost or said twice, edges that restart, bridges that forget. A failing seed is named and replays.</summary>
public sealed class StormTests
{
    [Fact]
    public void Whatever_the_line_does_the_bridge_ends_up_with_the_journal_bit_for_bit()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            try
            {
                Storm(seed);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
            }
        }
    }

    private static void Storm(int seed)
    {
        var random = new Random(seed);
        var (disk, time) = (new SimulatedDisk(new Random(seed + 1)), new ManualTime());
        UplinkBench? bench = null;
        using var bridge = new FakeBridge(MotCua.Edge.Loop.Tests.LoopBench.Centre, (topic, payload) =>
        {
            if (random.Next(4) > 0)
            {
                bench!.Link.Deliver(topic, payload);
            }
        });
        var holds = 0L;
        for (var life = 0; life < 3; life++)
        {
            bench = new UplinkBench(seed + (life * 1000), disk, time, bridge);
            for (var step = 0; step < 30; step++)
            {
                Disturb(random, bench);
                bench.Run(TimeSpan.FromSeconds(random.Next(1, 15)), TimeSpan.FromSeconds(1));
                Assert.True(bridge.UpTo(bench.Epoch) >= holds, "The bridge lost events without being told to.");
                holds = random.Next(15) == 0 && bridge.UpTo(bench.Epoch) is > 2 and var all ? Forget(bridge, bench.Epoch, all / 2) : bridge.UpTo(bench.Epoch);
            }

            bench.Link.Break();
            if (life < 2)
            {
                bench.Dispose();
            }
        }

        bench!.Link.Reachable = true;
        bench.Uplink.Cut = false;
        (bridge.Silent, bridge.Repeats) = (false, 4);
        for (var wait = 0; wait < 10 || bench.Uplink.Pending > 0 || !bench.Uplink.Online; wait++)
        {
            Assert.True(wait < 100, $"Online {bench.Uplink.Online}, {bench.Uplink.Pending} events wait.");
            bench.Run(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1));
        }

        bench.BridgeHoldsTheJournal();
        Assert.Empty(bridge.GapsOf(bench.Epoch));
        bench.Dispose();
    }

    private static long Forget(FakeBridge bridge, EpochId epoch, long upTo)
    {
        bridge.LoseAfter(epoch, upTo);
        return upTo;
    }

    private static void Disturb(Random random, UplinkBench bench)
    {
        bench.Issue(random.Next(6));
        switch (random.Next(8))
        {
            case 0:
                bench.Link.Break(times: random.Next(1, 3));
                break;
            case 1:
                bench.Link.Reachable = !bench.Link.Reachable;
                break;
            case 2:
                bench.Bridge.Silent = !bench.Bridge.Silent;
                break;
            case 3:
                bench.Bridge.Repeats = random.Next(1, 4);
                break;
            case 4:
                bench.Uplink.Cut = !bench.Uplink.Cut;
                break;
            case 5:
                bench.Bridge.Say(bench.Epoch);
                break;
        }

        bench.Uplink.Cut &= random.Next(3) > 0;
    }
}
