using Xunit;

namespace MotCua.CloudBridge.Tests.Ingest;

public sealed class ReplicaProperty
{
    /// <summary>An edge that resends, overlaps and reorders, a bridge that dies and a store that fails: in the end the replica is the source, bit for bit.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Whatever_is_sent_in_whatever_order_the_replica_becomes_the_source(int seed)
    {
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);
        using var bridge = new BridgeRig(seed: seed);
        SourceLog[] logs = [new SourceLog("viet-tri", 11).Grow(200), new SourceLog("viet-tri", 12).Grow(100), new SourceLog("lam-thao", 13).Grow(150)];
        for (var round = 0; round < 300; round++)
        {
            var log = logs[random.Next(logs.Length)];
            var held = bridge.End(log).UpTo;
            var from = random.Next(4) switch { 0 => random.NextInt64(1, log.Length + 1), 1 => Math.Max(1, held - random.Next(10)), _ => Math.Min(held + 1, log.Length) };
            bridge.Deliver(log, from, Math.Min(log.Length, from + random.Next(20)));
            bridge.Store.Fails = random.Next(10) == 0;
            switch (random.Next(12))
            {
                case 0:
                    bridge.Restart();
                    break;
                case 1:
                    bridge.Link.Break();
                    break;
                case < 9:
                    bridge.Settle();
                    break;
            }

            bridge.Time.Advance(TimeSpan.FromSeconds(random.Next(3)));
            AssertTrue(bridge, logs);
        }

        bridge.Store.Fails = false;
        bridge.Time.Advance(TimeSpan.FromMinutes(1));
        bridge.Settle();
        foreach (var log in logs)
        {
            for (var held = bridge.End(log).UpTo; held < log.Length; held = bridge.End(log).UpTo)
            {
                bridge.Deliver(log, held + 1, Math.Min(log.Length, held + 50));
                bridge.Settle();
            }

            Assert.Equal(log.Events, bridge.Stored(log));
            Assert.Equal(log.HashAt(log.Length), bridge.End(log).Hash);
        }

        Assert.Empty(bridge.Store.ReadQuarantine(10));
    }

    private static void AssertTrue(BridgeRig bridge, SourceLog[] logs)
    {
        foreach (var log in logs)
        {
            Assert.Equal(log.HashAt(bridge.End(log).UpTo), bridge.End(log).Hash);
        }

        foreach (var centre in logs.DistinctBy(log => log.Centre))
        {
            foreach (var ack in bridge.PeekAcks(centre))
            {
                var log = logs.Single(log => log.Epoch == ack.Epoch);
                Assert.Equal(log.HashAt(ack.UpTo), ack.Hash);
                Assert.True(ack.UpTo <= bridge.End(log).UpTo, "acknowledged beyond what is stored");
            }
        }

        bridge.Link.Sent.Clear();
    }
}
