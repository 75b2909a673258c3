using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;

namespace MotCua.Devices.Tests.Boards.Contract;

/// <summary>A real driver wired to its virtual chip, as the contract needs it. Rigs are strict: an illegal sequence stops the test.</summary>
internal abstract class BoardRig
{
    protected static DeviceId Id { get; } = new("board");

    /// <summary>As by day 55 %, at night 10 %.</summary>
    protected static BoardLight Light { get; } = new() { Night = 10 };

    public ManualTime Time { get; } = new();

    public abstract IBoard Board { get; }

    /// <summary>Everything that people see, but for the brightness.</summary>
    public abstract string Seen { get; }

    /// <summary>Null when the chip cannot be dimmed.</summary>
    public abstract double? Brightness { get; }

    /// <summary>Bytes on the wire so far.</summary>
    public abstract long Bytes { get; }

    /// <summary>The most bytes that one changed figure may cost.</summary>
    public abstract int OneFigure { get; }

    /// <summary>False for signs that leave the counter to the place where they hang.</summary>
    public virtual bool SaysCounter => true;

    /// <summary>Bytes of a scrub during which the newest call may be gone: on glass that is slower than the wire.</summary>
    public virtual int UnseenGap => 0;

    public abstract IReadOnlyCollection<string> Violations { get; }

    /// <summary>The ticket in a place, the newest in 0, as people read it; empty while it is dark.</summary>
    public abstract string Ticket(int place);

    public abstract string Counter(int place);

    /// <summary>Calls back after every byte, or every transfer where a chip takes them whole.</summary>
    public abstract void AfterEachByte(Action look);

    /// <summary>The wire breaks after so many bytes of each transaction; null: it is whole again.</summary>
    public abstract void BreakAfter(int? bytes);

    /// <summary>The supply was gone for a moment.</summary>
    public abstract void BrownOut();

    public abstract void Scramble(Random random);
}

/// <summary>A rig on the I2C bus.</summary>
internal abstract class I2cRig : BoardRig
{
    protected I2cRig(int address, IVirtualI2cChip chip)
    {
        Bus = new VirtualI2cBus(Time);
        Socket = Bus.Attach(address, chip);
    }

    public VirtualI2cBus Bus { get; }

    public I2cSocket Socket { get; }

    public override long Bytes => Bus.Count.Bytes;

    public override void BreakAfter(int? bytes) => Socket.NackAfter = bytes;

    public override void BrownOut() => Socket.BrownOut();
}
