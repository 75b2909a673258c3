using MotCua.Devices.Tests.Buses;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.Kernel;
using MotCua.Hil.Rig;

namespace MotCua.Hil;

public sealed class KernelGpioContractTests : GpioContract, IDisposable
{
    // By its label: a chip that comes back while the lines of the old one are held gets another number.
    private const string Label = "label-contract";

    private readonly SimChip sim = new("contract");
    private readonly GpioChip chip;

    public KernelGpioContractTests() => chip = new GpioChip(Label, TimeProvider.System);

    protected override IGpioPort Port => chip;

    protected override TimeProvider Time => TimeProvider.System;

    protected override string ChipName => Label;

    protected override int LineCount => SimChip.LineCount;

    public void Dispose()
    {
        chip.Dispose();
        sim.Dispose();
    }

    protected override void Close(InputLine line, bool closed) => sim.Pull(line.Offset, up: line.Bias == LineBias.PullUp != closed);

    protected override bool IsHigh(OutputLine line) => sim.IsHigh(line.Offset);

    protected override void Unplug(bool unplugged) => sim.Plug(!unplugged);

    protected override void Settle() => Machine.Rest(TimeSpan.FromMilliseconds(300));

    protected override void Until(Func<bool> happened) => Machine.Until(happened);
}
