namespace MotCua.Edge.Devices.Virtual;

/// <summary>The place of a chip on a virtual SPI bus, with the knobs for what goes wrong there. Knobs may be turned from any thread.</summary>
public sealed class SpiSocket
{
    private readonly IVirtualSpiChip chip;
    private volatile bool unplugged;
    private volatile int lostTransfers;

    internal SpiSocket(IVirtualSpiChip chip) => this.chip = chip;

    /// <summary>The cable with signal and supply is out: transfers vanish without an error. Plugging in again starts the chip from power-on.</summary>
    public bool Unplugged
    {
        get => unplugged;
        set
        {
            var changes = unplugged != value;
            unplugged = value;
            if (changes)
            {
                chip.BrownOut();
            }
        }
    }

    /// <summary>The clock runs so many times slower. At least 1.</summary>
    public int Slow
    {
        get;
        set => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A slow bus is slower than its clock.");
    } = 1;

    /// <summary>A disturbance spoils the next transfers on the cable: the chip does not take them and nobody is told.</summary>
    public void LoseTransfers(int count) => Interlocked.Exchange(ref lostTransfers, count);

    internal void Latch(ReadOnlySpan<byte> shifted)
    {
        if (!unplugged && Interlocked.Decrement(ref lostTransfers) < 0)
        {
            lostTransfers = 0;
            chip.Latch(shifted);
        }
    }
}
