using MotCua.Edge.Loop.Tests;
using MotCua.Protocols;
using MotCua.Protocols.Mqtt;
using Xunit;

namespace MotCua.Edge.Uplink.Tests;

/// <summary>A line that the clerks need as well: the uplink keeps to its share of it.</summary>
public sealed class SlowLineTests
{
    private const int Kilobits = 64;

    [Fact]
    public void A_backlog_never_takes_more_of_the_line_than_it_may()
    {
        using var bench = new UplinkBench(kilobits: Kilobits);
        bench.Issue(600);
        var sent = new List<(double At, int Bytes)>();
        var subscriber = bench.Link.Subscriber;
        bench.Link.Subscriber = message =>
        {
            sent.Add((bench.Time.GetElapsedTime(0).TotalSeconds, message.Topic.Length + message.Payload.Length));
            subscriber!(message);
        };
        bench.Online();
        bench.Run(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(0.02));

        bench.BridgeHoldsTheJournal();
        Assert.Equal(0, bench.Uplink.Pending);
        foreach (var (from, _) in sent)
        {
            // In any ten seconds: what the rate allows, and the one message that is on its way.
            var within = sent.Where(one => one.At >= from && one.At < from + 10).ToList();
            Assert.True(within.Sum(one => one.Bytes) <= (Kilobits * 125 * 10) + within.Max(one => one.Bytes), $"{within.Sum(one => one.Bytes)} bytes in the ten seconds from {from}");
        }
    }

    [Fact]
    public void A_slow_line_is_used_to_the_full_while_something_waits()
    {
        using var bench = new UplinkBench(kilobits: Kilobits);
        bench.Issue(600);
        bench.Online();
        bench.Run(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(0.02));
        Assert.InRange(bench.Sent(Topics.Events(LoopBench.Centre)).Sum(message => message.Payload.Length), Kilobits * 125 * 20 * 0.75, Kilobits * 125 * 21);
    }

    [Fact]
    public void Devices_that_come_and_go_keep_no_ticket_back_and_take_no_more_than_the_rate()
    {
        using var bench = new UplinkBench(kilobits: LineBudget.Least).Online();
        bench.Issue(20);
        var bytes = 0;
        var subscriber = bench.Link.Subscriber;
        bench.Link.Subscriber = message =>
        {
            bytes += message.Topic.Length + message.Payload.Length;
            subscriber!(message);
        };
        var absent = false;
        for (var i = 0; i < 600; i++)
        {
            absent = !absent;
            bench.Devices.Fault("hall-lcd", "board.absent", "x", present: absent);
            bench.Devices.Fault("hall-sign", "board.absent", "x", present: absent);
            bench.Run(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.05));
        }

        Assert.True(bench.Uplink.Pending == 0 || bench.Bridge.Batches.Count > 5, $"{bench.Uplink.Pending} events wait after {bench.Bridge.Batches.Count} batches.");
        Assert.InRange(bytes, 1, (LineBudget.Least * 125 * 60) + 4096);
    }

    [Fact]
    public void A_press_on_an_idle_slow_line_goes_at_once()
    {
        using var bench = new UplinkBench(kilobits: Kilobits).Online();
        bench.Run(TimeSpan.FromSeconds(30));
        bench.Issue(1);
        bench.Settle();
        bench.BridgeHoldsTheJournal();
    }

    [Fact]
    public void A_batch_that_takes_the_line_long_is_not_taken_for_lost()
    {
        using var bench = new UplinkBench(kilobits: LineBudget.Least);
        bench.Issue(40);
        bench.Bridge.Silent = true;
        bench.Online();
        bench.Bridge.Silent = false;
        bench.Bridge.Say(bench.Epoch);
        bench.Bridge.Silent = true;
        bench.Run(TimeSpan.FromSeconds(11));
        var batches = bench.Bridge.Batches.Count;
        var busy = new LineBudget(bench.Time, LineBudget.Least);
        busy.Spend(new MqttMessage(Topics.Events(LoopBench.Centre), bench.Bridge.Batches[0].ToBytes(), MqttQuality.AtLeastOnce));
        Assert.Equal(1, batches);
        Assert.True(busy.Busy > TimeSpan.FromSeconds(1), "The batch is too small for this test.");
        bench.Run(TimeSpan.FromSeconds(11) + busy.Busy);
        Assert.Equal(2, bench.Bridge.Batches.Count);
    }
}
