using MotCua.Devices.Tests.Buses;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.Kernel;
using MotCua.Hil.Rig;

namespace MotCua.Hil;

public sealed class KernelGpioContractTests : GpioContract, IDisposable
{
    // An edge is told by a thread of the kernel, which must have run before the next change for both to be seen.
    private static readonly TimeSpan BetweenChanges = TimeSpan.FromMilliseconds(4);

    private readonly SimChip sim = new("contract");
    private readonly GpioChip chip;

    public KernelGpioContractTests() => chip = new GpioChip(sim.Name, TimeProvider.System);

    protected override IGpioPort Port => chip;

    protected override TimeProvider Time => TimeProvider.System;

    protected override string ChipName => sim.Name;

    protected override int LineCount => SimChip.LineCount;

    public void Dispose()
    {
        chip.Dispose();
        sim.Dispose();
    }

    protected override void Close(InputLine line, bool closed)
    {
        sim.Pull(line.Offset, up: line.Bias == LineBias.PullUp != closed);
        Machine.Rest(BetweenChanges);
    }

    protected override bool IsHigh(OutputLine line) => sim.IsHigh(line.Offset);

    protected override void Unplug(bool unplugged) => sim.Plug(!unplugged);

    protected override void Until(Func<bool> happened) => Machine.Until(happened);
}
