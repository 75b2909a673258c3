using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Boards.Hd44780;
using MotCua.Edge.Devices.Virtual;

namespace MotCua.Devices.Tests.Boards.Contract;

internal sealed class LcdRig : I2cRig
{
    private const int Address = 0x27;
    private readonly VirtualHd44780 chip;

    public LcdRig(LcdVietnamese vietnamese, bool strict = true) : this(vietnamese, new VirtualHd44780(strict))
    {
    }

    private LcdRig(LcdVietnamese vietnamese, VirtualHd44780 chip) : base(Address, new VirtualPcf8574(chip))
    {
        this.chip = chip;
        Board = new Hd44780Board(Id, Bus.Open(Address), Time, new Hd44780Options { Vietnamese = vietnamese });
    }

    public override IBoard Board { get; }

    public LcdGlass Glass => chip.Glass;

    /// <summary>Own glyphs by their dots: their places do not matter to people.</summary>
    public override string Seen
    {
        get
        {
            var glass = chip.Glass;
            return string.Concat(glass.Codes.Select(code => code < 8 ? $"[{string.Join(',', glass.Glyphs.AsSpan(code * 8, 8).ToArray())}]" : $"{(char)code}"));
        }
    }

    public override double? Brightness => null;

    /// <summary>Address, figure, and twice RS.</summary>
    public override int OneFigure => 10;

    /// <summary>Rows 1 and 3 lose their drive while the chip passes through eight bits; a byte is 90 µs and the crystal takes 100 ms.</summary>
    public override int UnseenGap => 10;

    public override IReadOnlyCollection<string> Violations => chip.Violations;

    public override string Ticket(int place) => chip.Glass.Lines[1 + place][3..8].Trim();

    public override string Counter(int place) => chip.Glass.Lines[1 + place][14..].Trim();

    public override void AfterEachByte(Action look) => chip.PinsMoved += look;

    public override void Scramble(Random random) => chip.Scramble(random);
}
