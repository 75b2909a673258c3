using System.Collections.Concurrent;
using System.Threading.Channels;
using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Speech;

/// <summary>An announcer over a voice and a speaker that do as they are told, with everything they were asked and answered.</summary>
internal sealed class AnnouncerRig : IVoice, ISpeaker, IDeliveryReceipts, IDeviceReports, IDisposable
{
    public static readonly TimeSpan SoundLength = TimeSpan.FromSeconds(4);

    // Only a failing test ever waits that long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly WavFile Sound = Sounds.Lasting(SoundLength);
    private readonly Channel<string> begun = Channel.CreateUnbounded<string>();

    public AnnouncerRig() => Announcer = new Announcer(this, this, this, this, Time);

    public ManualTime Time { get; } = new();

    public Announcer Announcer { get; }

    public DeviceId Id { get; } = new("hall");

    public Func<string, CancellationToken, Task> OnSynthesis { get; set; } = (_, _) => Task.CompletedTask;

    public Func<string, CancellationToken, Task> OnPlay { get; set; } = (_, _) => Task.CompletedTask;

    public List<string> Played { get; } = [];

    public ConcurrentQueue<(long Call, Delivery Delivery)> Receipts { get; } = new();

    public List<DeviceReport> Reports { get; } = [];

    public async ValueTask<WavFile> RenderAsync(Announcement announcement, CancellationToken stop)
    {
        begun.Writer.TryWrite($"synthesis {announcement.Text}");
        await OnSynthesis(announcement.Text, stop);
        return Sound;
    }

    public async ValueTask PlayAsync(Utterance utterance, CancellationToken stop)
    {
        begun.Writer.TryWrite($"play {utterance.Announcement.Text}");
        await OnPlay(utterance.Announcement.Text, stop);
        Played.Add(utterance.Announcement.Text);
    }

    public void Delivered(CallId call, DeviceId output, Delivery delivery)
    {
        Assert.Equal(Id, output);
        Receipts.Enqueue((call.Seq, delivery));
    }

    public void Report(DeviceReport report) => Reports.Add(report);

    public DeviceReport Last(string device) => Reports.Last(r => r.Device.Value == device);

    public Announcement Call(long seq, double goodForSeconds = 60) =>
        new(new CallId(seq), $"số {seq}", Time.GetTimestamp() + TimeSpan.FromSeconds(goodForSeconds).Ticks);

    public static Announcement Guidance(string text) => new(null, text, long.MaxValue);

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
