using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Boards.Max7219;
using MotCua.Edge.Devices.Boards.Ssd1306;
using MotCua.Edge.Devices.Virtual;

namespace MotCua.Devices.Tests.Boards.Contract;

internal sealed class MatrixRig : BoardRig
{
    private readonly VirtualMax7219Chain chain;
    private readonly VirtualSpiBus bus;
    private readonly int columns;

    public MatrixRig(int columns, int rows, bool strict = true)
    {
        this.columns = columns;
        chain = new VirtualMax7219Chain(columns, rows, strict);
        bus = new VirtualSpiBus(Time);
        bus.Attach(0, chain);
        Board = new Max7219Matrix(Id, bus.Open(0), Time, new MatrixOptions { Columns = columns, Rows = rows, Light = Light });
        OneFigure = 7 * 2 * columns * rows;
    }

    public override IBoard Board { get; }

    public DotGlass Glass => chain.Glass;

    public override string Seen => chain.Glass.ToString();

    public override double? Brightness => chain.Glass.Brightness;

    public override long Bytes => bus.Count.Bytes;

    public long Transfers => bus.Count.Transactions;

    /// <summary>Every transfer goes through all modules; a figure is seven rows.</summary>
    public override int OneFigure { get; }

    public override IReadOnlyCollection<string> Violations => chain.Violations;

    /// <summary>On four modules the counter follows at once.</summary>
    public override string Ticket(int place) => chain.Glass.Read(0, 8 * place) is var read && columns < 8 ? read[..Math.Min(4, read.Length)] : read;

    public override string Counter(int place)
    {
        var glass = chain.Glass;
        var two = glass.Read(glass.Width - 11, 8 * place);
        return columns >= 8 && two.Length == 2 && !two.Contains('?', StringComparison.Ordinal) ? two : glass.Read(glass.Width - 5, 8 * place);
    }

    public override void AfterEachByte(Action look) => chain.Changed += look;

    public override void BreakAfter(int? bytes) => bus.Gone = bytes is not null;

    public override void BrownOut() => chain.BrownOut();

    public override void Scramble(Random random) => chain.Scramble(random);
}

internal sealed class OledRig : I2cRig
{
    private const int Address = 0x3C;
    private readonly VirtualSsd1306 chip;

    public OledRig(bool strict = true) : this(new VirtualSsd1306(strict))
    {
    }

    private OledRig(VirtualSsd1306 chip) : base(Address, chip)
    {
        this.chip = chip;
        Board = new Ssd1306Board(Id, Bus.Open(Address), Time, new Ssd1306Options { Light = Light });
    }

    public override IBoard Board { get; }

    public DotGlass Glass => chip.Glass;

    public override string Seen => chip.Glass.ToString();

    public override double? Brightness => chip.Glass.Brightness;

    /// <summary>Five columns of three dots on three pages, and the window's commands.</summary>
    public override int OneFigure => 45 + 13;

    public override IReadOnlyCollection<string> Violations => chip.Violations;

    public override string Ticket(int place) => chip.Glass.Read(0, 17, 3);

    public override string Counter(int place) => chip.Glass.Read(56, 50, 2);

    public override void AfterEachByte(Action look) => chip.ByteTaken += look;

    public override void Scramble(Random random) => chip.Scramble(random);
}
