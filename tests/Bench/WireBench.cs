using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Boards.Hd44780;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual;

namespace MotCua.Bench;

/// <summary>Time on the I2C wire at 100 kHz, counted on the virtual bus: exact, whatever the machine does.</summary>
internal static class WireBench
{
    private const string Limit = "100 kHz I2C; RS settled 40 ns before E rises (HD44780U)";

    public static IEnumerable<Row> Run()
    {
        var full = Cost(Full('#'), Full('='));
        var three = Cost(Call("A111"), Call("A222"));
        return
        [
            new Row("HD44780 20×4, full redraw on the wire", Math.Round(full, 2), "ms", 29.6, "dotnet/iot, counted: 67.2 ms", Limit),
            new Row("HD44780 20×4, three digits on the wire", Math.Round(three, 2), "ms", 1.75, "dotnet/iot, counted: 3.2 ms", Limit),
        ];
    }

    private static double Cost(BoardView before, BoardView after)
    {
        var bus = new VirtualI2cBus(TimeProvider.System);
        bus.Attach(0x27, new VirtualPcf8574(new VirtualHd44780(strict: true)));
        var lcd = new Hd44780Board(new DeviceId("lcd"), bus.Open(0x27), TimeProvider.System);
        lcd.Show(before, fromScratch: true);
        var start = bus.Count;
        lcd.Show(after, fromScratch: false);
        return (bus.Count - start).Wire.TotalMilliseconds;
    }

    // All 80 cells change from one such page to the next.
    private static BoardView Full(char ink) => new(1, [], 0, string.Join(' ', Enumerable.Repeat(new string(ink, 20), 4)));

    private static BoardView Call(string ticket) => new(1, [new BoardCall(new CallId(1), ticket, 3)], 1);
}
