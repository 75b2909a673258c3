namespace MotCua.Edge.Devices.Buses;

/// <summary>Bytes to a device and back, in order: what a printer needs of a serial port, a USB line printer or a TCP connection.</summary>
/// <remarks>One writer and one reader at a time. A line that failed is opened anew with the next call.</remarks>
public interface IByteLine : IDisposable
{
    /// <summary>For people: <c>/dev/usb/lp0</c>, <c>/dev/ttyUSB0 at 19200 baud</c>.</summary>
    string Name { get; }

    /// <summary>Writes all bytes. A printer without paper takes none.</summary>
    /// <param name="atMost">For all of them together.</param>
    /// <exception cref="IOException">The device is gone, or took them too slowly; an unknown part of them has been taken. The message names device and errno in words.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan atMost, CancellationToken stop);

    /// <summary>Reads what is there, as soon as anything is.</summary>
    /// <returns>How many bytes were read; zero when none came in time.</returns>
    /// <exception cref="IOException">The device is gone.</exception>
    ValueTask<int> ReadAsync(Memory<byte> buffer, TimeSpan atMost, CancellationToken stop);

    /// <summary>Gives the device back; the next call opens it anew. For a device that took bytes and says nothing: its connection may be dead without anybody telling.</summary>
    void Close();
}
