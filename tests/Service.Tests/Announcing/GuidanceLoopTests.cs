using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Testing;
using Xunit;

namespace MotCua.Edge.Announcing.Tests;

public sealed class GuidanceLoopTests : IDisposable
{
    private static readonly GuidanceOptions Options = new(10, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(30));

    private readonly ManualTime time = new();
    private readonly List<string?> faults = [];
    private readonly Voice voice = new();
    private readonly VoiceDesk desk = new(_ => { });
    private readonly Announcer announcer;
    private GuidanceLoop guidance;
    private int waiting;

    public GuidanceLoopTests()
    {
        announcer = new Announcer(voice, voice, voice, voice, time);
        desk.Announcer = announcer;
        voice.Desk = desk;
        guidance = new GuidanceLoop(Options, new ShelfOf(("a.txt", "Một."), ("b.txt", null), ("c.txt", "Ba.")), desk, "1a2b", () => waiting, time, faults.Add);
    }

    public void Dispose() => announcer.Dispose();

    [Fact]
    public async Task It_is_played_when_enough_have_waited_long_enough_and_not_again_before_its_time()
    {
        waiting = 9;
        await RunAsync(10);
        Assert.Empty(voice.Played);
        waiting = 10;
        await RunAsync(4.8);
        Assert.Empty(voice.Played);
        await RunAsync(0.5);
        Assert.Equal(["Một."], voice.Played);
        await RunAsync(14.4);
        Assert.Equal(["Một."], voice.Played);

        await RunAsync(0.5);
        Assert.Equal(["Một.", "Ba."], voice.Played);
        await RunAsync(15);
        Assert.Equal(["Một.", "Ba.", "Một."], voice.Played);
    }

    [Fact]
    public async Task A_hall_that_emptied_meanwhile_begins_its_wait_anew()
    {
        waiting = 12;
        await RunAsync(4);
        waiting = 3;
        await RunAsync(0.2);
        waiting = 12;
        await RunAsync(4.8);
        Assert.Empty(voice.Played);
    }

    [Fact]
    public async Task A_file_that_cannot_be_played_is_told_and_left_out()
    {
        waiting = 10;
        await RunAsync(21);

        Assert.Equal([null, "guidance/b.txt: không phải văn bản UTF-8"], faults);
        Assert.Equal(["Một.", "Ba."], voice.Played);
    }

    [Fact]
    public async Task A_damaged_recording_gives_its_turn_to_the_next_piece()
    {
        var shelf = Shelve(("a.wav", "hỏng"), ("b.wav", "hỏng"), ("c.txt", "Ba."));
        waiting = 10;
        await RunAsync(6);
        Assert.Equal(["Ba."], voice.Played);
        Assert.Equal(["a.wav", "b.wav"], shelf.Read.Distinct());
        Assert.StartsWith("guidance/b.wav: ", faults[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shelf_of_damaged_recordings_is_tried_once_round_in_a_turn()
    {
        var shelf = Shelve(("a.wav", "hỏng"), ("b.wav", "hỏng"));
        waiting = 10;
        await RunAsync(19);
        var once = shelf.Read.Count;
        Assert.Equal(["a.wav", "b.wav"], shelf.Read.Distinct());
        await RunAsync(2);
        Assert.Equal(2 * once, shelf.Read.Count);
        Assert.Empty(voice.Played);
    }

    [Fact]
    public void Guidance_that_waits_keeps_no_text_of_a_clerk_out_and_the_other_way_round_it_does()
    {
        var longest = string.Concat(Enumerable.Repeat(new string('a', Sentences.LongestPiece - 1) + ". ", VoiceDesk.MostPieces));

        Assert.True(desk.TrySay(SpokenText.OfWords("a", SpeechKind.Guidance, "a.txt", longest, long.MaxValue)));
        Assert.False(desk.TrySay(SpokenText.OfWords("b", SpeechKind.Guidance, "b.txt", "Một.", long.MaxValue)));
        Assert.True(desk.TrySay(SpokenText.OfWords("c", SpeechKind.Notice, null, longest, long.MaxValue)));
        Assert.False(desk.TrySay(SpokenText.OfWords("d", SpeechKind.Notice, null, "Hai.", long.MaxValue)));
    }

    private ShelfOf Shelve(params (string Name, string? Text)[] files)
    {
        var shelf = new ShelfOf(files);
        guidance = new GuidanceLoop(Options, shelf, desk, "1a2b", () => waiting, time, faults.Add);
        return shelf;
    }

    private async Task RunAsync(double minutes)
    {
        for (var left = minutes * 60; left > 0; left -= 5)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await guidance.StepAsync(TestContext.Current.CancellationToken);
            while (await announcer.StepAsync(TestContext.Current.CancellationToken) == TimeSpan.Zero)
            {
            }
        }
    }

    private sealed class Voice : IVoice, ISpeaker, ISpeechReceipts, IDeviceReports
    {
        public List<string> Played { get; } = [];

        public VoiceDesk? Desk { get; set; }

        public DeviceId Id { get; } = new("hall");

        public ValueTask<WavFile> RenderAsync(Announcement announcement, CancellationToken stop) =>
            announcement.Recording is { } read ? read(stop) : ValueTask.FromResult(WavFile.FromSamples(8000, new byte[1600]));

        public ValueTask<Playback> PlayAsync(Utterance utterance, CancellationToken stop)
        {
            Played.Add(utterance.Announcement.Text);
            return ValueTask.FromResult(new Playback(utterance.Sound.Length));
        }

        public void Said(Announcement announcement, DeviceId speaker, SpeechReceipt receipt)
        {
            Assert.Equal(announcement.Recording is null ? Delivery.Done : Delivery.Failed, receipt.Delivery);
            Desk!.Said(announcement, receipt);
        }

        public void Report(DeviceReport report)
        {
        }
    }
}
