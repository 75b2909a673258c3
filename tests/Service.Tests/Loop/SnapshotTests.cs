using MotCua.Edge.Queue;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Loop.Tests;

public sealed class SnapshotTests
{
    [Fact]
    public void A_snapshot_reads_back_as_the_state_it_was_made_of_whatever_in_it_is_empty()
    {
        using var bench = new LoopBench();
        bench.IssueNow();
        bench.IssueNow(LoopBench.Civil);
        bench.Loop.Record(new DeviceChanged("hall-lcd", "ready", null, null), light: false);
        bench.Loop.Record(new DeviceChanged("speaker", "failed", "speech.speaker-failed", "card"), light: false);
        _ = bench.Next(1);
        bench.Step();
        var state = bench.Loop.Durable.State;
        Assert.NotEmpty(state.Queue.AtCounters);
        Assert.NotEqual(0, state.Queue.WaitingCount);
        var read = CentreSnapshot.Read(CentreSnapshot.Write(state), state.Queue.Plan);
        Assert.Equal(LoopBench.Text(state), LoopBench.Text(read));
        Assert.Null(read.Devices["hall-lcd"].Fault);
    }

    [Fact]
    public void What_is_no_snapshot_is_said_to_be_none() =>
        Assert.Throws<InvalidDataException>(() => CentreSnapshot.Read("{\"version\":1}"u8, QueuePlan.Of([], [])));
}
