namespace MotCua.Edge.Devices.Buses.DotNetIot;

/// <summary>Turns what System.Device.Gpio throws into what the ports promise: an <see cref="IOException"/> that names device and cause.</summary>
internal static class DriverFailures
{
    /// <param name="place">Such as <c>i2c-1, address 0x27</c>.</param>
    public static IOException At(string place, Exception e) => new($"{place}: {e.Message.TrimEnd('.')}.", e);

    /// <summary>All that its drivers throw for a device that is gone, busy, unknown or not allowed; the rest is a mistake of ours.</summary>
    public static bool Explains(Exception e) =>
        e is IOException or InvalidOperationException or ArgumentException or NotSupportedException or UnauthorizedAccessException or TimeoutException
            or DllNotFoundException or EntryPointNotFoundException;
}
