using System.Text.Json;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Loop.Tests;
using MotCua.Protocols;
using MotCua.Protocols.State;
using Xunit;

namespace MotCua.Edge.Uplink.Tests;

public sealed class SessionTests
{
    [Fact]
    public void Birth_will_and_state_of_a_session_carry_one_number_that_grows_with_each_session()
    {
        using var bench = new UplinkBench().Online();
        bench.Link.Break();
        bench.Run(TimeSpan.FromSeconds(10));
        Assert.Equal([StateMessage.Online, StateMessage.Lost, StateMessage.Online], bench.States().Select(s => s.State));
        var sessions = bench.States().Select(s => s.Session).ToList();
        Assert.Equal(sessions[0], sessions[1]);
        Assert.True(sessions[2] > sessions[1]);
        Assert.Equal([sessions[0], sessions[2]], bench.Sent(Topics.Birth(LoopBench.Centre)).Select(m => JsonSerializer.Deserialize(m.Payload.Span, StateJson.Default.BirthMessage)!.Session));
        Assert.All(bench.Sent(Topics.State(LoopBench.Centre)).Concat(bench.Sent(Topics.Birth(LoopBench.Centre))), m => Assert.True(m.Retain));
        Assert.Equal([Topics.Down(LoopBench.Centre), Topics.Down(LoopBench.Centre)], bench.Link.Filters);
    }

    [Fact]
    public void A_wall_clock_that_steps_back_makes_no_smaller_session()
    {
        using var bench = new UplinkBench().Online();
        bench.Time.StepWallClock(TimeSpan.FromDays(-300));
        bench.Link.Break();
        bench.Run(TimeSpan.FromSeconds(10));
        var sessions = bench.States().Select(s => s.Session).ToList();
        Assert.True(sessions[^1] > sessions[0]);
    }

    [Fact]
    public void Goodbye_says_stopped_and_not_lost()
    {
        using var bench = new UplinkBench().Online();
        bench.Uplink.Goodbye();
        bench.Link.Break();
        Assert.Equal([StateMessage.Online, StateMessage.Stopped], bench.States().Select(s => s.State));
        Assert.False(bench.Uplink.Online);
    }

    [Fact]
    public void Whoever_was_told_that_events_wait_hears_at_once_that_none_does_any_more()
    {
        using var bench = new UplinkBench();
        bench.Issue(50);
        bench.Online();
        bench.Settle();
        var told = bench.Sent(Topics.Health(LoopBench.Centre)).Select(message => JsonSerializer.Deserialize(message.Payload.Span, StateJson.Default.HealthMessage)!.Pending).ToList();
        Assert.True(told[0] > 0);
        Assert.Equal(0, told[^1]);
    }

    [Fact]
    public void Health_goes_every_minute()
    {
        using var bench = new UplinkBench().Online();
        bench.Run(TimeSpan.FromSeconds(179));
        Assert.Equal(3, bench.Sent(Topics.Health(LoopBench.Centre)).Count());
        bench.Run(TimeSpan.FromSeconds(2));
        Assert.Equal(4, bench.Sent(Topics.Health(LoopBench.Centre)).Count());
    }

    [Fact]
    public void Devices_are_told_at_each_connect_and_at_each_change()
    {
        using var bench = new UplinkBench();
        bench.Devices.Report(new DeviceReport(new DeviceId("hall-lcd"), DeviceState.Ready));
        bench.Online();
        bench.Devices.Report(new DeviceReport(new DeviceId("hall-lcd"), DeviceState.Failed, FaultCode.NotAnswering, "NACK"));
        bench.Settle();
        bench.Link.Break();
        bench.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(["ready", "failed", "failed"], bench.Sent(Topics.Device(LoopBench.Centre, "hall-lcd"))
            .Select(m => JsonSerializer.Deserialize(m.Payload.Span, StateJson.Default.DeviceMessage)!.State));
    }

    [Fact]
    public void A_broker_that_is_away_at_the_start_and_for_an_hour_is_tried_less_and_less_often_and_all_events_arrive()
    {
        using var bench = new UplinkBench();
        bench.Link.Reachable = false;
        bench.Deliver = bench.Link.Deliver;
        var times = new List<TimeSpan>();
        var start = bench.Time.GetTimestamp();
        for (var seen = 0; bench.Time.GetElapsedTime(start) < TimeSpan.FromHours(1); bench.Run(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)))
        {
            if (bench.Link.Attempts > seen)
            {
                seen = bench.Link.Attempts;
                times.Add(bench.Time.GetElapsedTime(start));
                bench.Issue(2);
            }
        }

        var pauses = times.Skip(1).Zip(times, (later, earlier) => later - earlier).ToList();
        Assert.InRange(times.Count, 30, 300);
        Assert.All(pauses, pause => Assert.InRange(pause.TotalSeconds, 0, 62));
        Assert.True(pauses.Take(3).Max() < TimeSpan.FromSeconds(20));
        Assert.True(pauses.Distinct().Count() > 5);
        Assert.Equal("uplink.lost", bench.FaultOf("uplink"));

        bench.Link.Reachable = true;
        bench.Run(TimeSpan.FromSeconds(70));
        Assert.Null(bench.FaultOf("uplink"));
        bench.BridgeHoldsTheJournal();
    }

    [Fact]
    public void Two_centres_do_not_come_back_at_the_same_moment()
    {
        static List<long> AttemptsOf(int seed)
        {
            using var bench = new UplinkBench(seed);
            bench.Link.Reachable = false;
            var moments = new List<long>();
            for (var i = 0; i < 3000; i++)
            {
                var before = bench.Link.Attempts;
                bench.Run(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.1));
                if (bench.Link.Attempts > before)
                {
                    moments.Add(bench.Time.GetTimestamp());
                }
            }

            return moments;
        }

        Assert.Equal(AttemptsOf(5), AttemptsOf(5));
        Assert.NotEqual(AttemptsOf(5).Skip(1), AttemptsOf(6).Skip(1));
    }

    [Fact]
    public void A_broker_that_takes_us_in_and_drops_us_at_once_is_not_tried_without_a_pause()
    {
        using var bench = new UplinkBench();
        bench.Bridge.Silent = true;
        for (var i = 0; i < 600; i++)
        {
            bench.Run(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.1));
            bench.Link.Break();
        }

        Assert.InRange(bench.Link.Attempts, 3, 25);
    }

    [Fact]
    public void A_loss_that_is_told_twice_makes_one_attempt_and_not_two()
    {
        using var bench = new UplinkBench().Online();
        for (var i = 0; i < 20; i++)
        {
            bench.Link.Break(times: 2);
            bench.Run(TimeSpan.FromSeconds(70));
            Assert.True(bench.Uplink.Online);
        }

        Assert.Equal(21, bench.Link.Attempts);
    }

    [Fact]
    public void A_cut_cable_ends_the_session_and_a_plugged_one_begins_another()
    {
        using var bench = new UplinkBench().Online();
        bench.Uplink.Cut = true;
        bench.Run(TimeSpan.FromMinutes(5));
        Assert.False(bench.Uplink.Online);
        Assert.Equal("uplink.lost", bench.FaultOf("uplink"));
        bench.Issue(3);
        bench.Uplink.Cut = false;
        bench.Run(TimeSpan.FromSeconds(70));
        bench.BridgeHoldsTheJournal();
    }

    [Fact]
    public void A_loop_that_has_nothing_to_do_rests_until_it_is_told_or_its_next_moment()
    {
        using var bench = new UplinkBench().Online();
        Assert.InRange(bench.Settle().TotalSeconds, 59, 60);
        bench.Bridge.Silent = true;
        bench.Issue(1);
        Assert.InRange(bench.Settle().TotalSeconds, 9.9, 10);
    }
}
