using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buttons;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Buttons;

/// <summary>A real panel of two buttons over a virtual chip, with a hand to step it.</summary>
internal sealed class PanelBench : IButtonSink, IDisposable
{
    public const int Green = 17;
    public const int Red = 27;
    public const int Lamp = 5;

    /// <param name="hold">Hold time of the green button; null for a button without one.</param>
    /// <param name="stall">What the machine does between the kernel's answer to a request and our next instruction.</param>
    public PanelBench(int seed = 1, TimeSpan? hold = null, Action<PanelBench>? stall = null)
    {
        Port = new VirtualGpioPort(Time, new Random(seed));
        Panel = new ButtonPanel(
            "buttons:gpiochip0",
            stall is null ? Port : new StalledPort(Port, () => stall(this)),
            [
                new ButtonWiring(new DeviceId("green"), Wired(Green), new OutputLine(Lamp, ActiveLow: false, InitiallyActive: false, "motcua"), hold),
                new ButtonWiring(new DeviceId("red"), Wired(Red)),
            ],
            Time,
            this,
            Reports);
    }

    public ManualTime Time { get; } = new();

    public VirtualGpioPort Port { get; }

    public ButtonPanel Panel { get; }

    public RecordedReports Reports { get; } = new();

    public List<ButtonPress> Presses { get; } = [];

    public bool LampLit => Port.Lines[Lamp].Active;

    public void Pressed(ButtonPress press) => Presses.Add(press);

    public async Task<TimeSpan> Step() => await Panel.StepAsync(TestContext.Current.CancellationToken);

    /// <summary>Lets time pass, stepping often enough that nothing waits.</summary>
    public async Task Run(TimeSpan span, double strideMs = 1)
    {
        await Step();
        for (var left = span; left > TimeSpan.Zero;)
        {
            var stride = TimeSpan.FromMilliseconds(Math.Min(strideMs, left.TotalMilliseconds));
            Time.Advance(stride);
            left -= stride;
            await Step();
        }
    }

    public Task RunMs(double ms, double strideMs = 1) => Run(TimeSpan.FromMilliseconds(ms), strideMs);

    public int PressesOf(string button) => Presses.Count(press => press.Button.Value == button);

    public void Dispose() => Panel.Dispose();

    private sealed class StalledPort(IGpioPort port, Action stall) : IGpioPort
    {
        public IGpioInput RequestInput(InputLine line)
        {
            var input = port.RequestInput(line);
            if (line.Offset == Green)
            {
                stall();
            }

            return input;
        }

        public IGpioOutput RequestOutput(OutputLine line) => port.RequestOutput(line);
    }

    private static InputLine Wired(int offset) => new(offset, LineBias.PullUp, ActiveLow: true, "motcua");
}
