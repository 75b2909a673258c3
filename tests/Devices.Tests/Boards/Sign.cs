using MotCua.Edge.Devices.Boards.Max7219;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;

namespace MotCua.Devices.Tests.Boards;

/// <summary>The real driver, wired to a virtual sign.</summary>
internal sealed class Sign
{
    public Sign()
    {
        Bus = new VirtualSpiBus(Time);
        Socket = Bus.Attach(0, Chip);
        Board = new Max7219Board(new DeviceId("sign-3"), Bus.Open(0), Time);
    }

    public ManualTime Time { get; } = new();

    public VirtualMax7219 Chip { get; } = new();

    public VirtualSpiBus Bus { get; }

    public SpiSocket Socket { get; }

    public Max7219Board Board { get; }

    public string Text => Chip.Digits.Text;

    public long Transfers(Action work)
    {
        var before = Bus.Count;
        work();
        return (Bus.Count - before).Transactions;
    }
}
