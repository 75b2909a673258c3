using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Loop;
using MotCua.Edge.Loop.Tests;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Announcing.Tests;

/// <summary>A voice that loses calls: none stays without an answer.</summary>
public sealed class VoiceWatchTests : IDisposable
{
    private readonly LoopBench bench = new();
    private readonly List<long> said = [];
    private readonly List<string?> faults = [];
    private readonly VoiceWatch watch;
    private bool held;

    public VoiceWatchTests() => watch = new VoiceWatch(
        new DeliveryLog(bench.Loop, 0), new VoiceDesk(bench => { }), new BoardFeed([], bench.Time), Say, _ => held, bench.Time, faults.Add);

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_missing_answer_is_asked_for_once_more_and_then_told()
    {
        watch.Say(Call(7));
        await RunAsync(4);
        Assert.Equal([7], said);
        await RunAsync(3);
        Assert.Equal([7, 7], said);
        Assert.Empty(Answers());

        await RunAsync(8);
        Assert.Equal([7, 7], said);
        Assert.Equal([new CallDelivered(7, "speaker", "failed")], Answers());
        Assert.Contains("call 7", Assert.Single(faults), StringComparison.Ordinal);

        watch.Say(Call(8));
        watch.Said(Call(8), new DeviceId("speaker"), new SpeechReceipt(Delivery.Done, TimeSpan.FromSeconds(4), Heard: true));
        Assert.Null(faults[^1]);
        Assert.Equal(new CallDelivered(8, "speaker", "done", 4000, true), Answers()[^1]);
    }

    [Fact]
    public async Task A_call_that_the_voice_still_holds_is_not_asked_for_but_not_waited_for_for_ever()
    {
        held = true;
        watch.Say(Call(7));
        await RunAsync(140);
        Assert.Equal([7], said);
        Assert.Empty(Answers());

        await RunAsync(20);
        Assert.Equal([7], said);
        Assert.Equal("failed", Assert.Single(Answers()).Result);
    }

    [Fact]
    public async Task An_answer_that_comes_after_it_was_given_up_is_no_second_one()
    {
        watch.Say(Call(7));
        await RunAsync(20);
        watch.Said(Call(7), new DeviceId("speaker"), new SpeechReceipt(Delivery.Done));

        Assert.Single(Answers());
    }

    [Fact]
    public async Task When_every_call_is_answered_it_rests()
    {
        watch.Say(Call(7));
        watch.Said(Call(7), new DeviceId("speaker"), new SpeechReceipt(Delivery.Muted));

        Assert.Equal(Timeout.InfiniteTimeSpan, await watch.StepAsync(TestContext.Current.CancellationToken));
        Assert.Equal("muted", Assert.Single(Answers()).Result);
    }

    private bool Say(Announcement announcement)
    {
        said.Add(announcement.Call!.Value.Seq);
        return true;
    }

    private static Announcement Call(long seq) => new(new CallId(seq), "số", long.MaxValue);

    private List<CallDelivered> Answers()
    {
        bench.Time.Advance(TimeSpan.FromSeconds(3));
        bench.Step();
        return [.. LoopBench.Events(bench.Journal).Select(e => e.Data).OfType<CallDelivered>()];
    }

    private async Task RunAsync(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            await watch.StepAsync(TestContext.Current.CancellationToken);
            bench.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
