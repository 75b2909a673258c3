using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Boards.Ht16k33;
using MotCua.Edge.Devices.Boards.Max7219;
using MotCua.Edge.Devices.Boards.Tm1637;
using MotCua.Edge.Devices.Virtual;

namespace MotCua.Devices.Tests.Boards.Contract;

internal sealed class Max7219Rig : BoardRig
{
    private readonly VirtualMax7219 chip;
    private readonly VirtualSpiBus bus;

    public Max7219Rig(bool strict = true)
    {
        chip = new VirtualMax7219(strict);
        bus = new VirtualSpiBus(Time);
        bus.Attach(0, chip);
        Board = new Max7219Board(Id, bus.Open(0), Time, new Max7219Options { Light = Light });
    }

    public override IBoard Board { get; }

    public SegmentDigits Digits => chip.Digits;

    public override string Seen => string.Join(' ', chip.Digits.Segments);

    public override double? Brightness => chip.Digits.Intensity / 15.0;

    public override long Bytes => bus.Count.Bytes;

    public override int OneFigure => 2;

    public override IReadOnlyCollection<string> Violations => chip.Violations;

    public override string Ticket(int place) => chip.Digits.Text[..6].Trim();

    public override string Counter(int place) => SaysCounter ? chip.Digits.Text[6..].Trim() : "";

    public override void AfterEachByte(Action look) => chip.Changed += look;

    public override void BreakAfter(int? bytes) => bus.Gone = bytes is not null;

    public override void BrownOut() => chip.BrownOut();

    public override void Scramble(Random random) => chip.Scramble(random);
}

internal sealed class Ht16k33Rig : I2cRig
{
    private const int Address = 0x70;
    private readonly VirtualHt16k33 chip;

    public Ht16k33Rig(int digits, bool strict = true) : this(digits, new VirtualHt16k33(digits, strict))
    {
    }

    private Ht16k33Rig(int digits, VirtualHt16k33 chip) : base(Address, chip)
    {
        this.chip = chip;
        Board = new Ht16k33Board(Id, Bus.Open(Address), Time, new Ht16k33Options { Digits = digits, Light = Light });
    }

    public override IBoard Board { get; }

    public SegmentDigits Digits => chip.Digits;

    public override string Seen => string.Join(' ', chip.Digits.Segments);

    public override double? Brightness => chip.Digits.Intensity / 15.0;

    public override int OneFigure => 2;

    public override bool SaysCounter => chip.Digits.Segments.Length > 4;

    public override IReadOnlyCollection<string> Violations => chip.Violations;

    public override string Ticket(int place) => SaysCounter ? chip.Digits.Text[..6].Trim() : chip.Digits.Text.Trim();

    public override string Counter(int place) => SaysCounter ? chip.Digits.Text[6..].Trim() : "";

    public override void AfterEachByte(Action look) => chip.ByteTaken += look;

    public override void Scramble(Random random) => chip.Scramble(random);
}

internal sealed class Tm1637Rig : BoardRig
{
    public const int Clock = 23;
    public const int Data = 24;

    public Tm1637Rig(int digits, bool strict = true)
    {
        Chip = new VirtualTm1637(digits, strict: strict);
        Port = new VirtualGpioPort(Time, new Random(1));
        Port.Attach(Clock, Data, Chip);
        Board = new Tm1637Board(Id, Port, Clock, Data, Time, new Tm1637Options { Digits = digits, Light = Light });
    }

    public VirtualTm1637 Chip { get; }

    public VirtualGpioPort Port { get; }

    public override IBoard Board { get; }

    public override string Seen => string.Join(' ', Chip.Digits.Segments);

    public override double? Brightness => Chip.Digits.Intensity / 7.0;

    public override long Bytes => Chip.Bytes;

    public override int OneFigure => 2;

    public override bool SaysCounter => Chip.Digits.Segments.Length > 4;

    public override IReadOnlyCollection<string> Violations => Chip.Violations;

    public override string Ticket(int place) => Chip.Digits.Text[..4].Trim();

    public override string Counter(int place) => Chip.Digits.Text[4..].Trim();

    public override void AfterEachByte(Action look) => Chip.Changed += look;

    public override void BreakAfter(int? bytes) => Chip.NackAfter = bytes;

    public override void BrownOut() => Chip.BrownOut();

    public override void Scramble(Random random) => Chip.Scramble(random);
}
