namespace MotCua.Edge.Devices.Virtual;

/// <summary>The place of a chip on a virtual SPI bus, with the knobs for what goes wrong there. Knobs may be turned from any thread.</summary>
public sealed class SpiSocket
{
    private readonly VirtualMax7219 chip;
    private volatile bool unplugged;
    private volatile int lostWords;

    internal SpiSocket(VirtualMax7219 chip) => this.chip = chip;

    /// <summary>The cable with signal and supply is out: words vanish without an error. Plugging in again starts the chip from power-on.</summary>
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

    /// <summary>A disturbance spoils the next words on the cable: the chip does not take them and nobody is told.</summary>
    public void LoseWords(int count) => Interlocked.Exchange(ref lostWords, count);

    internal void Latch(ushort word)
    {
        if (!unplugged && Interlocked.Decrement(ref lostWords) < 0)
        {
            lostWords = 0;
            chip.Latch(word);
        }
    }
}
