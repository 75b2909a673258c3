namespace MotCua.Edge.Devices.Buses.Expander;

/// <summary>What the interrupt and port registers said at one moment; bit 0 is GPA0, bit 15 GPB7.</summary>
/// <param name="Flagged">The pins whose change raised the interrupt.</param>
/// <param name="Captured">All pins when it was raised.</param>
/// <param name="Now">All pins when they were read.</param>
internal readonly record struct PinsRead(ushort Flagged, ushort Captured, ushort Now);

/// <summary>The registers of an MCP23017 by transactions on the bus.</summary>
/// <remarks>Source: MCP23017 datasheet DS20001952, tables 3-1 and 3-3 (addresses with IOCON.BANK = 0), 3.5.6 (IOCON), 3.6 (interrupt logic).</remarks>
internal sealed class Mcp23017Chip(II2cDevice device)
{
    private const byte FirstRegister = 0x00;
    private const byte ConfigurationWithBank = 0x05;
    private const byte Configuration = 0x0A;
    private const byte InterruptFlags = 0x0E;
    private const byte OutputLatch = 0x14;

    /// <summary>Both interrupt pins tell of both ports, and pull low without driving high.</summary>
    private const byte MirroredOpenDrain = 0x44;

    private const int ConfigurationBytes = 14;
    private const int AllBytes = 22;

    private readonly byte[] configuration = new byte[ConfigurationBytes];
    private ushort latch;

    /// <summary>Makes the chip what is wanted, whatever it was told before. Outputs get their level before they become outputs, so that no lamp flashes.</summary>
    public void Configure(ushort inputs, ushort pullUps, ushort outputs)
    {
        Pair(0x00, inputs);
        Pair(0x02, 0); // Levels as on the pin.
        Pair(0x04, 0);
        Pair(0x06, 0);
        Pair(0x08, 0); // Interrupt at each change.
        (configuration[Configuration], configuration[Configuration + 1]) = (MirroredOpenDrain, MirroredOpenDrain);
        Pair(0x0C, pullUps);
        latch = outputs;
        // A disturbed chip may have its registers in the other order; there this address is IOCON, here it is rewritten below.
        device.Write([ConfigurationWithBank, 0]);
        device.Write([Configuration, MirroredOpenDrain]);
        device.Write([OutputLatch, (byte)latch, (byte)(latch >> 8)]);
        device.Write([FirstRegister, .. configuration]);
    }

    /// <summary>Interrupts of which pins; after <see cref="Configure"/> and a first read of the levels, so that none is raised by the change itself.</summary>
    public void EnableInterrupts(ushort pins)
    {
        Pair(0x04, pins);
        device.Write([0x04, (byte)pins, (byte)(pins >> 8)]);
    }

    public void SetOutputs(ushort outputs)
    {
        device.Write([OutputLatch, (byte)outputs, (byte)(outputs >> 8)]);
        latch = outputs;
    }

    /// <summary>Reads flags, captured levels and levels in one transaction, which also ends the interrupt.</summary>
    public PinsRead Read()
    {
        Span<byte> answer = stackalloc byte[6];
        device.WriteRead([InterruptFlags], answer);
        return PinsOf(answer);
    }

    /// <summary>Reads every register.</summary>
    /// <param name="remembers">Whether the chip still is configured as it was told.</param>
    public PinsRead ReadAll(out bool remembers)
    {
        Span<byte> answer = stackalloc byte[AllBytes];
        device.WriteRead([FirstRegister], answer);
        remembers = answer[..ConfigurationBytes].SequenceEqual(configuration) && (answer[OutputLatch] | answer[OutputLatch + 1] << 8) == latch;
        return PinsOf(answer.Slice(InterruptFlags, 6));
    }

    private static PinsRead PinsOf(ReadOnlySpan<byte> six) =>
        new((ushort)(six[0] | six[1] << 8), (ushort)(six[2] | six[3] << 8), (ushort)(six[4] | six[5] << 8));

    private void Pair(int register, ushort value) => (configuration[register], configuration[register + 1]) = ((byte)value, (byte)(value >> 8));
}
