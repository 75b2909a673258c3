using System.Collections.Concurrent;
using System.Threading.Channels;
using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Speech;

/// <summary>An announcer over a voice and a speaker that do as they are told, with everything they were asked and answered.</summary>
internal sealed class AnnouncerRig : IVoice, ISpeaker, ISpeechReceipts, IDeviceReports, ISpeechStage, IDisposable
{
    public static readonly TimeSpan SoundLength = TimeSpan.FromSeconds(4);

    // Only a failing test ever waits that long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly WavFile Sound = Speech.Sounds.Lasting(SoundLength);
    private readonly Channel<string> begun = Channel.CreateUnbounded<string>();

    public AnnouncerRig(AnnouncerOptions? options = null) =>
        Announcer = new Announcer(this, this, this, this, Time, (options ?? AnnouncerOptions.Default) with { Stage = this });

    public ManualTime Time { get; } = new();

    public Announcer Announcer { get; }

    public DeviceId Id { get; } = new("hall");

    public Func<string, CancellationToken, Task> OnSynthesis { get; set; } = (_, _) => Task.CompletedTask;

    public Func<string, CancellationToken, Task> OnPlay { get; set; } = (_, _) => Task.CompletedTask;

    public List<string> Played { get; } = [];

    public List<WavFile> Sounds { get; } = [];

    /// <summary>What the stage was told to light, null for nothing.</summary>
    public List<long?> Lit { get; } = [];

    /// <summary>Calls whose ticket has left its counter.</summary>
    public HashSet<long> Gone { get; } = [];

    public bool Unplugged { get; set; }

    public int Checks { get; private set; }

    public int Underruns { get; set; }

    /// <summary>Of what is no call; null: as long as a call.</summary>
    public TimeSpan? SoundLasts { get; set; }

    public ConcurrentQueue<(string Text, SpeechReceipt Receipt)> Answers { get; } = new();

    public ConcurrentQueue<(long Call, Delivery Delivery)> Receipts { get; } = new();

    public List<DeviceReport> Reports { get; } = [];

    public async ValueTask<WavFile> RenderAsync(Announcement announcement, CancellationToken stop)
    {
        begun.Writer.TryWrite($"synthesis {announcement.Text}");
        await OnSynthesis(announcement.Text, stop);
        return announcement.Call is null && SoundLasts is { } length ? Speech.Sounds.Lasting(length) : Sound;
    }

    public async ValueTask<Playback> PlayAsync(Utterance utterance, CancellationToken stop)
    {
        begun.Writer.TryWrite($"play {utterance.Announcement.Text}");
        await OnPlay(utterance.Announcement.Text, stop);
        Played.Add(utterance.Announcement.Text);
        Sounds.Add(utterance.Sound);
        return new Playback(utterance.Sound.Length, Underruns);
    }

    public void Check()
    {
        Checks++;
        if (Unplugged)
        {
            throw new IOException("No such device");
        }
    }

    public void Said(Announcement announcement, DeviceId speaker, SpeechReceipt receipt)
    {
        Assert.Equal(Id, speaker);
        Answers.Enqueue((announcement.Text, receipt));
        if (announcement.Call is { } call)
        {
            Receipts.Enqueue((call.Seq, receipt.Delivery));
        }
    }

    public bool Stands(CallId call) => !Gone.Contains(call.Seq);

    public void Spotlight(CallId? call) => Lit.Add(call?.Seq);

    public void Report(DeviceReport report) => Reports.Add(report);

    public DeviceReport Last(string device) => Reports.Last(r => r.Device.Value == device);

    public Announcement Call(long seq, double goodForSeconds = 60) =>
        new(new CallId(seq), $"số {seq}", Time.GetTimestamp() + TimeSpan.FromSeconds(goodForSeconds).Ticks);

    public static Announcement Guidance(string text) => new(null, text, long.MaxValue) { Kind = SpeechKind.Guidance };

    public ValueTask<TimeSpan> StepAsync() => Announcer.StepAsync(TestContext.Current.CancellationToken);

    public async Task RunUntilRestAsync()
    {
        while (await StepAsync() == TimeSpan.Zero)
        {
        }
    }

    /// <summary>Waits until engine and speaker have begun what is named, such as <c>synthesis số 1</c>; its deadline runs from then on.</summary>
    public async Task BegunAsync(string what)
    {
        while (await begun.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience) != what)
        {
        }
    }

    public static Task HangAsync(CancellationToken stop) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);

    public void Dispose() => Announcer.Dispose();
}
