using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Buses;

public sealed class VirtualGpioContractTests : GpioContract
{
    private readonly ManualTime time = new();
    private readonly VirtualGpioPort port;

    public VirtualGpioContractTests() => port = new VirtualGpioPort(time, new Random(1));

    protected override IGpioPort Port => port;

    protected override TimeProvider Time => time;

    protected override string ChipName => "gpiochip0";

    protected override int LineCount => 54;

    protected override void Close(InputLine line, bool closed) => port.Stick(line.Offset, closed);

    protected override bool IsHigh(OutputLine line) => port.Lines[line.Offset].Active != line.ActiveLow;

    protected override void Unplug(bool unplugged) => port.Unplugged = unplugged;

    protected override void Settle()
    {
        // Nothing is ever on its way.
    }

    protected override void Until(Func<bool> happened) => Assert.True(happened());
}
