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
    private readonly FlashedBoard board = new();
    private readonly BoardPump pump;
    private readonly BoardFeed boards;
    private bool held;

    public VoiceWatchTests()
    {
        pump = new BoardPump(board, bench.Time, board, board);
        boards = new BoardFeed([new HallBoard(board.Id, pump, null)], bench.Time);
        bench.Feed.Join(boards);
        watch = new VoiceWatch(new DeliveryLog(bench.Loop, 0), new VoiceDesk(bench => { }), boards, Say, _ => held, bench.Time, faults.Add);
    }

    public void Dispose()
    {
        boards.Dispose();
        bench.Dispose();
    }

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

    [Theory]
    [InlineData(false, new[] { 1, 2, 1, 2 })]
    [InlineData(true, new[] { 1, 1 })]
    public async Task Calls_that_the_voice_was_late_for_together_flash_one_after_another_while_their_tickets_stand(bool secondIsServed, int[] flashed)
    {
        var calls = new List<long>();
        for (var counter = 1; counter <= 2; counter++)
        {
            bench.IssueNow();
            var called = bench.Next(counter);
            bench.Step();
            calls.Add(Assert.IsType<Outcome.Accepted>(LoopBench.Now(called)).Events.Single(e => e.Data is TicketCalled).Seq);
        }

        calls.ForEach(call => watch.Say(Call(call)));
        calls.ForEach(call => watch.Said(Call(call), new DeviceId("speaker"), new SpeechReceipt(Delivery.Expired)));
        if (secondIsServed)
        {
            _ = bench.Submit(new Queue.FinishTicket(new Queue.CounterId(2)));
            bench.Step();
        }

        await RunAsync(15);

        Assert.Equal(flashed, board.Flashes.Select(flash => calls.IndexOf(flash.Call.Seq) + 1));
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
            await pump.StepAsync(TestContext.Current.CancellationToken);
            bench.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Keeps the wishes to flash in the order in which they were shown.</summary>
    private sealed class FlashedBoard : IBoard, IDeviceReports, IDeliveryReceipts
    {
        public DeviceId Id { get; } = new("bang");

        public List<CallFlash> Flashes { get; } = [];

        public void Show(BoardView view, bool fromScratch)
        {
            if (view.Flash is { } flash && !Flashes.Contains(flash))
            {
                Flashes.Add(flash);
            }
        }

        public void Report(DeviceReport report)
        {
        }

        public void Delivered(CallId call, DeviceId output, Delivery delivery)
        {
        }
    }
}
