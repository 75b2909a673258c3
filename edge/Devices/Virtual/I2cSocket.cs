namespace MotCua.Edge.Devices.Virtual;

/// <summary>The place of a chip on a virtual I2C bus, with the knobs for what goes wrong there. Knobs may be turned from any thread.</summary>
public sealed class I2cSocket
{
    private readonly VirtualI2cBus bus;
    private readonly IVirtualI2cChip chip;
    private volatile bool unplugged;

    internal I2cSocket(VirtualI2cBus bus, IVirtualI2cChip chip)
    {
        this.bus = bus;
        this.chip = chip;
    }

    /// <summary>The chip does not acknowledge after so many bytes of each transaction (0: not even its address); null: it does.</summary>
    /// <remarks>What came before was taken: a broken transaction leaves half a change on the glass.</remarks>
    public int? NackAfter { get; set; }

    /// <summary>The chip stretches the clock so many times. A transaction longer than a second times out, as in the kernel. At least 1.</summary>
    public int Slow
    {
        get;
        set => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A chip cannot be faster than its bus.");
    } = 1;

    /// <summary>The plug is out: no acknowledge, no power. Plugging in again starts the chip from power-on.</summary>
    public bool Unplugged
    {
        get => unplugged;
        set
        {
            var back = unplugged && !value;
            unplugged = value;
            if (back)
            {
                BrownOut();
            }
        }
    }

    /// <summary>The supply dips: the chip forgets all it was told and starts from power-on, while the bus works on.</summary>
    public void BrownOut() => bus.Locked(now => chip.PowerOn(now));
}
