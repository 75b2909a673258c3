namespace MotCua.Edge.Devices.Buses;

/// <summary>One chip select of an SPI bus, mode 0, most significant bit first.</summary>
public interface ISpiDevice : IDisposable
{
    /// <summary>One transfer: chip select falls, all bytes are clocked out, chip select rises (which latches).</summary>
    /// <exception cref="IOException">The bus is gone; the message names device and errno in words.</exception>
    void Write(ReadOnlySpan<byte> bytes);
}
