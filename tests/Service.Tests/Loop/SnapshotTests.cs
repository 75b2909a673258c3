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
        bench.Loop.Record(new ButtonsCounted([new ButtonCount("nut-1", 7, 1, 30, bench.Time.GetUtcNow(), 0), new ButtonCount("nut-2", 0, 0, 0, null, 8)]), light: false);
        bench.Loop.Record(new CameraOffline("cam", "record", "camera.unreachable"), light: false);
        bench.Loop.Record(new CameraClock("cam", "start", -90, 0), light: false);
        _ = bench.Next(1);
        bench.Step();
        var state = bench.Loop.Durable.State;
        Assert.NotEmpty(state.Queue.AtCounters);
        Assert.NotEqual(0, state.Queue.WaitingCount);
        var read = CentreSnapshot.Read(CentreSnapshot.Write(state), state.Queue.Plan);
        Assert.Equal(LoopBench.Text(state), LoopBench.Text(read));
        Assert.Null(read.Devices["hall-lcd"].Fault);
        Assert.Equal(state.Buttons, read.Buttons);
        Assert.Equal(2, read.Buttons.Count);
        Assert.Equal(state.Incidents, read.Incidents);
        Assert.Equal(2, read.Incidents.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void After_a_busy_day_the_snapshot_the_replay_and_the_live_state_are_one(int seed)
    {
        using var bench = new LoopBench(seed, plan: BusyHall.Plan);
        var hall = new BusyHall(seed);
        bench.Loop.Record(new EdgeStarted("1.0.0", 0), light: true);
        var accepted = new HashSet<Type>();
        for (var i = 0; i < 2500; i++)
        {
            var answer = bench.Submit(hall.Next(bench));
            bench.Step();
            if (LoopBench.Now(answer) is Outcome.Accepted outcome)
            {
                accepted.UnionWith(outcome.Events.Select(e => e.Data.GetType()));
            }

            bench.Time.Advance(hall.Pause());
        }

        var state = bench.Loop.Durable.State;
        Assert.True(accepted.Count >= 20, string.Join(", ", accepted.Select(type => type.Name)));
        Assert.Equal(LoopBench.Text(state), LoopBench.Text(CentreSnapshot.Read(CentreSnapshot.Write(state), state.Queue.Plan)));
        Assert.Equal(LoopBench.Text(state), LoopBench.Text(bench.Replayed()));
    }

    [Fact]
    public void A_snapshot_of_the_first_version_is_still_read()
    {
        const string First = """
            {"version":1,"date":"2026-11-23","lastNumbers":{"A":2},
             "waiting":[{"number":"A002","service":"chung-thuc","token":"aaaaaaaaaaaaaaaaaaaaaa","issuedAt":"2026-11-23T07:40:00+07:00","arrival":2,"calls":0,"calledAt":null,"counter":null}],
             "atCounters":[{"number":"A001","service":"chung-thuc","token":"bbbbbbbbbbbbbbbbbbbbbb","issuedAt":"2026-11-23T07:31:00+07:00","arrival":1,"calls":2,"calledAt":"2026-11-23T07:41:00+07:00","counter":1}],
             "tally":{"issued":2,"called":1,"done":0,"inferred":0},"nextArrival":3,"skipAtNextDay":0,"calls":[],"devices":{}}
            """;
        var queue = CentreSnapshot.Read(System.Text.Encoding.UTF8.GetBytes(First), LoopBench.Plan).Queue;
        Assert.Equal((TicketStage.Called, 2), (queue.AtCounters[new CounterId(1)].Stage, queue.AtCounters[new CounterId(1)].Calls));
        var next = QueueRules.Decide(queue, new CallNext(new CounterId(2)), new DateTimeOffset(2026, 11, 23, 7, 50, 0, TimeSpan.FromHours(7)), clockTrusted: true);
        Assert.Equal("A002", Assert.Single(Assert.IsType<Decided>(next).Events.OfType<Queue.TicketCalled>()).Number.ToString());
    }

    [Fact]
    public void What_is_no_snapshot_is_said_to_be_none() =>
        Assert.Throws<InvalidDataException>(() => CentreSnapshot.Read("{\"version\":1}"u8, QueuePlan.Of([], [])));
}
