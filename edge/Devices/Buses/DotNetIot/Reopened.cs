namespace MotCua.Edge.Devices.Buses.DotNetIot;

/// <summary>A device of the library that is opened at its first transfer, and anew after one that failed.</summary>
/// <remarks>
/// The library opens device files when an object is made, which would keep a whole centre from starting for one bus that is missing; and an SPI device that
/// failed while it was being set up takes itself for ready ever after.
/// </remarks>
/// <param name="place">For messages, such as <c>i2c-1, address 0x27</c>.</param>
internal sealed class Reopened<T>(Func<T> open, string place) : IDisposable
    where T : class, IDisposable
{
    private T? device;
    private bool disposed;

    /// <exception cref="IOException">The device cannot be opened or its transfer failed.</exception>
    public T Use()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        try
        {
            return device ??= open();
        }
        catch (Exception e) when (DriverFailures.Explains(e))
        {
            throw DriverFailures.At(place, e);
        }
    }

    /// <summary>What a transfer that failed is told as; the device is opened again for the next.</summary>
    public IOException Failed(Exception e)
    {
        device?.Dispose();
        device = null;
        return DriverFailures.At(place, e);
    }

    public void Dispose()
    {
        disposed = true;
        device?.Dispose();
        device = null;
    }
}
