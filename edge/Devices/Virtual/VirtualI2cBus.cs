using MotCua.Edge.Devices.Buses;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>An I2C bus without wires: every byte goes to the attached chip, on the time scale of a real bus. Thread-safe.</summary>
public sealed class VirtualI2cBus : II2cBus
{
    private const int BitsPerByte = 9;
    private const int StartAndStop = 2;
    private static readonly TimeSpan KernelTimeout = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<int, (IVirtualI2cChip Chip, I2cSocket Socket)> chips = [];
    private readonly BusClock clock;
    private readonly string name;
    private long transactions;
    private long bytes;

    /// <param name="hertz">Bus clock.</param>
    public VirtualI2cBus(TimeProvider time, int hertz = 100_000, string name = "i2c-1")
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hertz);
        clock = new BusClock(time, hertz);
        this.name = name;
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

    /// <summary>Plugs a chip in; it gets power now.</summary>
    /// <param name="address">7-bit address, 0x08 to 0x77, free so far.</param>
    public I2cSocket Attach(int address, IVirtualI2cChip chip)
    {
        ArgumentNullException.ThrowIfNull(chip);
        CheckAddress(address);
        var socket = new I2cSocket(this, chip);
        lock (gate)
        {
            chips.Add(address, (chip, socket));
            chip.PowerOn(clock.Now);
        }

        return socket;
    }

    /// <inheritdoc/>
    public II2cDevice Open(int address)
    {
        CheckAddress(address);
        return new Handle(this, address);
    }

    /// <summary>Does something to a chip between two transactions.</summary>
    internal void Locked(Action<TimeSpan> work)
    {
        lock (gate)
        {
            work(clock.Now);
        }
    }

    private static void CheckAddress(int address)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(address, 0x08);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address, 0x77);
    }

    private void Transfer(int address, ReadOnlySpan<byte> written, Span<byte> answer)
    {
        IVirtualI2cChip? chip = null;
        try
        {
            lock (gate)
            {
                transactions++;
                if (!chips.TryGetValue(address, out var place) || place.Socket.Unplugged)
                {
                    clock.Occupy(BitsPerByte + StartAndStop);
                    throw Failure(address, "Remote I/O error");
                }

                chip = place.Chip;
                Carry(address, chip, place.Socket, written, answer, clock.Now);
            }
        }
        finally
        {
            // After a broken transaction too, and outside the lock: a page that listens may read other chips.
            chip?.Stop();
        }
    }

    private void Carry(int address, IVirtualI2cChip chip, I2cSocket socket, ReadOnlySpan<byte> written, Span<byte> answer, TimeSpan begin)
    {
        var slow = socket.Slow;
        // Start bit and address byte; a repeated start brings another pair.
        long bits = 1 + BitsPerByte;
        if (clock.Span((bits + (written.Length + answer.Length) * (long)BitsPerByte + 1) * slow) > KernelTimeout)
        {
            clock.Occupy(KernelTimeout);
            throw Failure(address, "Connection timed out");
        }

        var accepted = Math.Min(written.Length, socket.NackAfter ?? int.MaxValue);
        for (var i = 0; i < accepted; i++)
        {
            bits += BitsPerByte;
            chip.Write(written[i], begin + clock.Span(bits * slow));
        }

        bytes += accepted;
        if (socket.NackAfter <= written.Length)
        {
            clock.Occupy((bits + 1) * slow);
            throw Failure(address, "Remote I/O error");
        }

        if (!answer.IsEmpty)
        {
            bits += written.IsEmpty ? 0 : 1 + BitsPerByte;
            for (var i = 0; i < answer.Length; i++)
            {
                bits += BitsPerByte;
                answer[i] = chip.Read(begin + clock.Span(bits * slow));
            }

            bytes += answer.Length;
        }

        clock.Occupy((bits + 1) * slow);
    }

    private IOException Failure(int address, string errno) => new($"{name}, address 0x{address:X2}: {errno}.");

    private sealed class Handle(VirtualI2cBus bus, int address) : II2cDevice
    {
        public void Write(ReadOnlySpan<byte> bytes) => bus.Transfer(address, bytes, []);

        public void WriteRead(ReadOnlySpan<byte> bytes, Span<byte> answer) => bus.Transfer(address, bytes, answer);

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
