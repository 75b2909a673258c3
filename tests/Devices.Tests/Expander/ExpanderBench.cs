using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.Expander;
using MotCua.Edge.Devices.Buttons;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Expander;

/// <summary>A real panel of buttons over the real expander driver, its virtual chip and its interrupt wire.</summary>
internal sealed class ExpanderBench : IButtonSink, IDisposable
{
    public const int InterruptLine = 4;
    public const int Green = 0;
    public const int Red = 9;
    public const int Lamp = 15;

    private readonly ButtonPanel panel;

    public ExpanderBench(int seed = 1, bool strict = true)
    {
        Host = new VirtualGpioPort(Time, new Random(seed)) { LongestBounce = TimeSpan.Zero };
        Chip = new VirtualMcp23017(Time, new Random(seed), strict);
        // The interrupt pin is an open drain: to its line it is a contact to ground.
        Chip.InterruptPulls += low => Host.Stick(InterruptLine, low);
        Bus = new VirtualI2cBus(Time);
        Socket = Bus.Attach(0x20, Chip);
        Port = new Mcp23017Port(new DeviceId("expander"), Bus.Open(0x20), Host, InterruptLine, Time, Reports);
        panel = new ButtonPanel(
            "buttons:expander",
            Port,
            [
                new ButtonWiring(new DeviceId("green"), Wired(Green), new OutputLine(Lamp, ActiveLow: false, InitiallyActive: false, "motcua")),
                new ButtonWiring(new DeviceId("red"), Wired(Red)),
            ],
            Time,
            this,
            Reports);
    }

    public ManualTime Time { get; } = new();

    public VirtualGpioPort Host { get; }

    public VirtualMcp23017 Chip { get; }

    public VirtualI2cBus Bus { get; }

    public I2cSocket Socket { get; }

    public Mcp23017Port Port { get; }

    public RecordedReports Reports { get; } = new();

    public List<ButtonPress> Presses { get; } = [];

    public bool LampLit => (Chip.Driven >> Lamp & 1) != 0;

    public static InputLine Wired(int offset) => new(offset, LineBias.PullUp, ActiveLow: true, "motcua");

    public void Pressed(ButtonPress press) => Presses.Add(press);

    public async Task Step()
    {
        await Port.StepAsync(TestContext.Current.CancellationToken);
        await panel.StepAsync(TestContext.Current.CancellationToken);
    }

    public async Task RunMs(double ms, double strideMs = 1)
    {
        await Step();
        for (var left = ms; left > 0; left -= strideMs)
        {
            Time.Advance(TimeSpan.FromMilliseconds(Math.Min(strideMs, left)));
            await Step();
        }
    }

    public int PressesOf(string button) => Presses.Count(press => press.Button.Value == button);

    public void Dispose()
    {
        panel.Dispose();
        Port.Dispose();
    }
}
