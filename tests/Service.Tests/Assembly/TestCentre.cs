using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MotCua.Edge.Announcing;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Devices.Virtual;
using MotCua.Edge.Journal;
using MotCua.Edge.Journal.Tests;
using MotCua.Edge.Loop;
using MotCua.Edge.Loop.Tests;
using MotCua.Edge.Queue;
using MotCua.Edge.Trials;
using MotCua.Protocols.Events;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.State;
using MotCua.Protocols.Trust;
using MotCua.Testing;
using Xunit;

namespace MotCua.Edge.Assembly.Tests;

/// <summary>A whole centre on simulated wires, a card in memory and manual time, with a hand to step every loop.</summary>
internal sealed class TestCentre : IDisposable
{
    public const int TicketButton = 5;
    public const int NextButton = 16;

    public const string Yaml = """
        centre: pt-viet-tri
        name: Phường Việt Trì
        drivers: virtual
        clock: battery
        services:
          - { code: chung-thuc, name: Chứng thực, series: A }
          - { code: ho-tich, name: Hộ tịch, series: H }
        counters:
          - { number: 1, services: [chung-thuc, ho-tich] }
          - { number: 2, services: [ho-tich] }
        devices:
          buttons:
            - { id: lay-so, line: 5, press: ticket chung-thuc }
            - { id: goi-tiep, line: 16, press: next 1 }
            - { id: goi-lai, line: 17, press: recall 1 }
            - { id: xong, line: 18, press: done 1 }
          boards:
            - { id: hall-lcd, chip: hd44780, i2c: 0x27 }
            - { id: hall-sign, chip: max7219, spi: 0 }
        mqtt: { host: 127.0.0.1, port: 1883, province-key: province.pub }
        speech: { chime: no }
        """;

    // Only a failing test ever waits that long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<(ISteppedLoop Loop, Task<TimeSpan>? Step)> loops;
    private readonly SemaphoreSlim spoke = new(0);

    public TestCentre(SimulatedDisk? disk = null, ManualTime? time = null, int seed = 1, ISpeechEngine? speech = null, IMqttLink? link = null, ProvinceKey? province = null, string yaml = Yaml, IClockTrust? clock = null,
        Action<VirtualHardware>? before = null, string? voices = null, IGuidanceShelf? guidance = null, Media.MediaShelf? media = null, string? recorded = null,
        TrialSeam? trials = null, Clerks.ClerkFile? clerks = null, Procedures.ProcedureShelf? procedures = null,
        Func<Devices.Cameras.Camera, Devices.Cameras.Snapshots.ICameraPhotographer>? photographers = null)
    {
        (Disk, Time) = (disk ?? new SimulatedDisk(new Random(seed)), time ?? new ManualTime());
        var options = trials?.Starting.Options ?? CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(yaml));
        var random = new Random(seed);
        Box = new VirtualHardware(options, Time, new Random(seed + 1));
        before?.Invoke(Box);
        Box.Loudspeaker.Changed += () => spoke.Release();
        var identity = new EdgeIdentity(options.Centre, "0badcafe", clock ?? new BatteryClock(), () => new FollowToken(random.NextInt64().ToString("D22")));
        Centre = new EdgeCentre(
            options, province, _ => new HealthMessage(Time.GetUtcNow(), 0, 0, 0, null, 0, "synced"),
            new EdgeSeams(
                clock as TimeProvider ?? Time, new Random(seed + 2), identity, () => new EpochId((ulong)random.NextInt64()), Disk, new JournalOptions { SegmentBytes = 64 * 1024 }, Box,
                new SpeechSeam([speech ?? new TinyVoice()], voices ?? "", Store: null, recorded), link, NullLoggerFactory.Instance, guidance, media, trials, clerks, procedures) { Photographers = photographers });
        loops = [.. Centre.Loops.Select(loop => (loop, (Task<TimeSpan>?)null))];
    }

    public SimulatedDisk Disk { get; }

    public ManualTime Time { get; }

    public VirtualHardware Box { get; }

    public EdgeCentre Centre { get; }

    public VirtualHd44780 Lcd => Box.Lcds[new DeviceId("hall-lcd")].Chip;

    public I2cSocket LcdSocket => Box.Lcds[new DeviceId("hall-lcd")].Socket;

    public VirtualMax7219 Sign => Box.Signs[new DeviceId("hall-sign")].Chip;

    /// <summary>What people read on a board.</summary>
    public string Read(string board) => string.Join('|', Box.Boards[new DeviceId(board)].Lines().Select(line => line.TrimEnd()));

    public IEnumerable<string> Spoken => Box.Loudspeaker.Heard.Select(h => h.Text);

    public List<CommittedEvent> Events() => LoopBench.Events(Centre.Journal);

    public IEnumerable<T> Events<T>()
        where T : EventData => Events().Select(e => e.Data).OfType<T>();

    public KnownDevice? Device(string name) => Centre.Devices.All.Where(d => d.Device == name).Select(d => new KnownDevice(d.StateName, d.Report.Fault?.Value)).FirstOrDefault();

    /// <summary>Lets time pass, stepping every loop often.</summary>
    public async Task RunAsync(double seconds, double strideMs = 20)
    {
        await RoundAsync();
        for (var left = TimeSpan.FromSeconds(seconds); left > TimeSpan.Zero;)
        {
            var stride = TimeSpan.FromMilliseconds(Math.Min(strideMs, left.TotalMilliseconds));
            Time.Advance(stride);
            left -= stride;
            await RoundAsync();
        }
    }

    /// <summary>Presses a button as a finger does and waits until all has settled.</summary>
    public Task PressAsync(int line) => PressAsync(new WiredLine(line));

    public async Task PressAsync(WiredLine line)
    {
        // A panel that has just begun believes no edge before its lines were still for the debounce time.
        await RunAsync(0.1);
        Box.Press(line, TimeSpan.FromMilliseconds(120));
        await RunAsync(0.3, strideMs: 1);
    }

    /// <summary>The power goes: nothing is said or written any more, and unsynced sectors are kept or lost by chance.</summary>
    public void PowerCut(int seed = 1)
    {
        Disk.PowerFailsAt(1);
        Dispose();
        Disk.PowerCut(new Random(seed));
    }

    public void Dispose() => Centre.Dispose();

    private async Task RoundAsync()
    {
        var again = true;
        while (again)
        {
            again = false;
            for (var i = 0; i < loops.Count; i++)
            {
                var (loop, step) = loops[i];
                if (step is { IsCompleted: false })
                {
                    continue;
                }

                step = loop.StepAsync(TestContext.Current.CancellationToken).AsTask();
                await SettleAsync(loop, step);
                again |= !step.IsCompleted ? false : await step == TimeSpan.Zero;
                loops[i] = (loop, step);
            }

            again |= await WokenAsync();
        }
    }

    // A step that began to speak goes on by itself once its sound has ended; until then only time can bring it further.
    private async Task<bool> WokenAsync()
    {
        var ended = false;
        for (var i = 0; i < loops.Count; i++)
        {
            if (loops[i] is (var loop, { IsCompleted: false } step))
            {
                await SettleAsync(loop, step);
                ended |= step.IsCompleted;
            }
        }

        return ended;
    }

    private async Task SettleAsync(ISteppedLoop loop, Task step)
    {
        if (loop is Devices.Speech.Proof.SoundProof)
        {
            // It listens on a thread of the pool while the sound goes on; time that ran ahead of it would be lost to it.
            await step.WaitAsync(Patience, TestContext.Current.CancellationToken);
            return;
        }

        while (!step.IsCompleted && Box.Loudspeaker.Heard is not [.., { Whole: false }] && Box.Printer is not { IsWaitedFor: true })
        {
            // A printer tells nobody that it begins to be waited for, so it is looked at again.
            var look = Box.Printer is null ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(2);
            await Task.WhenAny(step, spoke.WaitAsync(Patience, TestContext.Current.CancellationToken), Task.Delay(look, TimeProvider.System, TestContext.Current.CancellationToken));
        }
    }

    internal sealed record KnownDevice(string State, string? Fault);
}

/// <summary>A tone of a twentieth of a second a sentence.</summary>
internal sealed class TinyVoice : ISpeechEngine
{
    private static readonly byte[] Tone = [.. Enumerable.Range(0, 400).SelectMany(i => BitConverter.GetBytes((short)(i % 20 < 10 ? 8000 : -8000)))];

    public bool Speaks(LanguageCode language) => language.Value is "vi" or "en";

    public ValueTask<WavFile> SynthesizeAsync(string text, LanguageCode language, CancellationToken stop) => ValueTask.FromResult(WavFile.FromSamples(8000, Tone));
}
