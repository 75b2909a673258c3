using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Boards.Hd44780;
using MotCua.Edge.Devices.Boards.Max7219;
using MotCua.Edge.Devices.Boards.Ssd1306;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual;

namespace MotCua.Bench;

/// <summary>What boards cost on their wires, counted on the virtual buses: exact, whatever the machine does.</summary>
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
            new Row("MAX7219 sign, new number", SignTransfers(), "transfers", 8, null, "16 bits a changed digit"),
            new Row("MAX7219 matrix of 24 modules, new number", MatrixTransfers(), "transfers", 8, null, "a word for each module in every transfer"),
            new Row("SSD1306 128×64, new number, of a full picture", Math.Round(OledShare(), 1), "%", 20, null, "1,024 bytes and 13 of commands are a full picture"),
        ];
    }

    private static double SignTransfers()
    {
        var bus = new VirtualSpiBus(TimeProvider.System);
        bus.Attach(0, new VirtualMax7219(strict: true));
        var sign = new Max7219Board(new DeviceId("sign"), bus.Open(0), TimeProvider.System);
        return Counted(sign, () => bus.Count).Transactions;
    }

    private static double MatrixTransfers()
    {
        var bus = new VirtualSpiBus(TimeProvider.System);
        bus.Attach(0, new VirtualMax7219Chain(8, 3, strict: true));
        var matrix = new Max7219Matrix(new DeviceId("matrix"), bus.Open(0), TimeProvider.System, new MatrixOptions { Rows = 3 });
        return Counted(matrix, () => bus.Count).Transactions;
    }

    private static double OledShare()
    {
        var bus = new VirtualI2cBus(TimeProvider.System);
        bus.Attach(0x3C, new VirtualSsd1306(strict: true));
        var oled = new Ssd1306Board(new DeviceId("oled"), bus.Open(0x3C), TimeProvider.System);
        return 100.0 * Counted(oled, () => bus.Count).Bytes / (1024 + 13);
    }

    private static WireCount Counted(IBoard board, Func<WireCount> count)
    {
        board.Show(Call("A111"), fromScratch: true);
        var start = count();
        board.Show(Call("A222"), fromScratch: false);
        return count() - start;
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
