using MotCua.Edge.Devices.Boards;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Assembly.Tests;

/// <summary>A television among the other outputs of a whole centre.</summary>
public sealed class TvInACentreTests
{
    [Fact]
    public async Task A_call_is_written_down_as_shown_on_the_TV_once_its_page_has_said_so()
    {
        using var centre = await CalledAsync();
        var call = centre.Events().Single(e => e.Data is TicketCalled).Seq;
        Assert.DoesNotContain(centre.Events<CallDelivered>(), d => d.Output == "tv-sanh");
        Assert.Equal(1, centre.Sees(call));
        Assert.Equal(1, centre.Sees(call));
        await centre.RunAsync(3);
        Assert.Equal(new CallDelivered(call, "tv-sanh", "done"), Assert.Single(centre.Events<CallDelivered>(), d => d.Output == "tv-sanh"));
        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("tv-sanh"));
    }

    [Fact]
    public async Task A_TV_that_nobody_switched_on_is_a_fault_after_a_minute_and_everything_else_serves()
    {
        using var centre = await CalledAsync();
        await centre.RunAsync(65, strideMs: 200);
        Assert.Equal(new TestCentre.KnownDevice("failed", "tv.away"), centre.Device("tv-sanh"));
        Assert.Contains(centre.Events<DeviceChanged>(), e => e is { Device: "tv-sanh", State: "failed", Fault: "tv.away" });
        Assert.Equal("A001   1", centre.Sign.Digits.Text);

        centre.Sees();
        await centre.RunAsync(1);
        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("tv-sanh"));
    }

    [Fact]
    public async Task A_page_that_lives_but_does_not_show_the_call_is_a_fault()
    {
        using var centre = await CalledAsync();
        for (var second = 0; second < 13; second++)
        {
            centre.Sees();
            await centre.RunAsync(1, strideMs: 100);
        }

        Assert.Equal(new TestCentre.KnownDevice("degraded", "tv.no-answer"), centre.Device("tv-sanh"));
        Assert.Equal("failed", Assert.Single(centre.Events<CallDelivered>(), d => d.Output == "tv-sanh").Result);
    }

    [Fact]
    public async Task A_call_that_the_speaker_could_not_play_flashes_on_the_TV_too()
    {
        List<CallFlash> flashes = [];
        using var centre = new TestCentre(yaml: TvBench.Into(VoiceBench.Yaml("{ volume: 100 }"), TvBench.One), speech: new SlowVoice(1));
        centre.Centre.Boards.HallChanged += view => flashes.AddRange(view.Flash is { } flash && !flashes.Contains(flash) ? [flash] : []);
        centre.Box.Loudspeaker.Unplugged = true;
        await centre.RunAsync(0.2);
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(15);
        var call = centre.Events().Single(e => e.Data is TicketCalled).Seq;
        Assert.Equal([new CallFlash(new CallId(call), 1), new CallFlash(new CallId(call), 2)], flashes);
    }

    [Fact]
    public async Task After_a_restart_the_TV_answers_again_and_no_call_is_written_down_twice()
    {
        var first = await CalledAsync();
        var call = first.Events().Single(e => e.Data is TicketCalled).Seq;
        first.Sees(call);
        await first.RunAsync(3);
        first.PowerCut();

        using var again = new TestCentre(first.Disk, first.Time, seed: 2, yaml: TvBench.Yaml(TvBench.One));
        await again.RunAsync(0.5);
        Assert.Equal(1, again.Sees(call));
        await again.PressAsync(TestCentre.TicketButton);
        await again.PressAsync(TestCentre.NextButton);
        var next = again.Events().Last(e => e.Data is TicketCalled).Seq;
        Assert.Equal(1, again.Sees(next));
        await again.RunAsync(3);
        Assert.Equal([(call, "done"), (next, "done")], again.Events<CallDelivered>().Where(d => d.Output == "tv-sanh").Select(d => (d.CallSeq, d.Result)));
    }

    [Fact]
    public async Task The_self_test_says_what_is_wrong_with_a_TV()
    {
        using var centre = new TestCentre(yaml: TvBench.Yaml(TvBench.One));
        await centre.RunAsync(65, strideMs: 200);
        Assert.True(centre.Centre.SelfTest.TryStart("page"));
        await centre.RunAsync(90, strideMs: 200);
        var tested = Assert.Single(centre.Events<SelfTestFinished>());
        Assert.Equal("failed", tested.Devices.Single(device => device.Device == "tv-sanh").Result);
    }

    private static async Task<TestCentre> CalledAsync()
    {
        var centre = new TestCentre(yaml: TvBench.Yaml(TvBench.One));
        await centre.RunAsync(0.2);
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.PressAsync(TestCentre.NextButton);
        return centre;
    }
}
