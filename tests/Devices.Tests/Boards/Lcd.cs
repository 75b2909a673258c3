using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Boards.Hd44780;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;

namespace MotCua.Devices.Tests.Boards;

/// <summary>The real driver, wired to a virtual backpack and glass. It does not blink: most tests are not about that.</summary>
internal sealed class Lcd
{
    public const int Address = 0x27;

    public Lcd(bool strict = true)
    {
        Chip = new VirtualHd44780(strict);
        Bus = new VirtualI2cBus(Time);
        Socket = Bus.Attach(Address, new VirtualPcf8574(Chip));
        Board = new Hd44780Board(new DeviceId("hall-lcd"), Bus.Open(Address), Time, new Hd44780Options { Blink = BlinkOptions.Never });
    }

    public ManualTime Time { get; } = new();

    public VirtualHd44780 Chip { get; }

    public VirtualI2cBus Bus { get; }

    public I2cSocket Socket { get; }

    public Hd44780Board Board { get; }

    public string[] Lines => [.. Chip.Glass.Lines];

    /// <summary>What some work costs on the wire.</summary>
    public WireCount Cost(Action work)
    {
        var before = Bus.Count;
        work();
        return Bus.Count - before;
    }
}
