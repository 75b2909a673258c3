using MotCua.Edge.Devices.Buses;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>An SPI bus without wires, for chips that take what was shifted in when chip select rises. Thread-safe.</summary>
/// <remarks>SPI has no acknowledge: a chip that is not there takes nothing and nobody notices. Only a bus that is gone fails.</remarks>
public sealed class VirtualSpiBus
{
    private const int BitsPerByte = 8;

    private readonly Lock gate = new();
    private readonly Dictionary<int, SpiSocket> sockets = [];
    private readonly BusClock clock;
    private readonly string name;
    private long transactions;
    private long bytes;
    private volatile bool gone;

    /// <param name="hertz">Bus clock; a MAX7219 takes up to 10 MHz.</param>
    public VirtualSpiBus(TimeProvider time, int hertz = 1_000_000, string name = "spidev0")
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hertz);
        clock = new BusClock(time, hertz);
        this.name = name;
    }

    /// <summary>The controller does not answer: every transfer fails.</summary>
    public bool Gone
    {
        get => gone;
        set => gone = value;
    }

    /// <summary>Everything carried so far.</summary>
    public WireCount Count
    {
        get
        {
            lock (gate)
            {
                return new WireCount(transactions, bytes, clock.Wire);
            }
        }
    }

    /// <summary>Wires a chip to a chip select that is free so far; it gets power now.</summary>
    public SpiSocket Attach(int chipSelect, IVirtualSpiChip chip)
    {
        ArgumentNullException.ThrowIfNull(chip);
        var socket = new SpiSocket(chip);
        lock (gate)
        {
            sockets.Add(chipSelect, socket);
        }

        chip.BrownOut();
        return socket;
    }

    public ISpiDevice Open(int chipSelect) => new Handle(this, chipSelect);

    private void Transfer(int chipSelect, ReadOnlySpan<byte> sent)
    {
        SpiSocket? socket;
        lock (gate)
        {
            if (gone)
            {
                throw new IOException($"{name}.{chipSelect}: No such device.");
            }

            transactions++;
            bytes += sent.Length;
            socket = sockets.GetValueOrDefault(chipSelect);
            clock.Occupy((long)sent.Length * BitsPerByte * (socket?.Slow ?? 1));
        }

        // Outside the lock: a page that listens may read other chips.
        socket?.Latch(sent);
    }

    private sealed class Handle(VirtualSpiBus bus, int chipSelect) : ISpiDevice
    {
        public void Write(ReadOnlySpan<byte> bytes) => bus.Transfer(chipSelect, bytes);

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
