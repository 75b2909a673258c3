namespace MotCua.Edge.Devices.Buses;

/// <summary>One chip on an I2C bus.</summary>
public interface II2cDevice : IDisposable
{
    /// <summary>One transaction: start, address, all bytes, stop.</summary>
    /// <exception cref="IOException">The chip does not acknowledge or the bus is stuck; the message names bus, address and errno in words.</exception>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>One combined transaction: write, repeated start, read; no other master comes between. With nothing to write it is a plain read.</summary>
    /// <exception cref="IOException">As for writes.</exception>
    void WriteRead(ReadOnlySpan<byte> bytes, Span<byte> answer);
}

/// <summary>An I2C bus.</summary>
public interface II2cBus
{
    /// <param name="address">7-bit address, 0x08 to 0x77.</param>
    II2cDevice Open(int address);
}
