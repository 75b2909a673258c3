namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>Turns the kernel's stamps (CLOCK_MONOTONIC, nanoseconds) into the provider's.</summary>
/// <remarks>
/// On Linux <see cref="TimeProvider.GetTimestamp"/> of the system's provider reads CLOCK_MONOTONIC in nanoseconds too. That is recognised, not
/// assumed: when a reading of the kernel's clock lies between two of the provider's, they are one clock and stamps pass as they are. Any other
/// provider gets a fixed offset, so that the order of stamps stands.
/// </remarks>
internal sealed class KernelStamps
{
    private const long PerSecond = 1_000_000_000;

    private readonly long frequency;
    private readonly long kernelStart;
    private readonly long providerStart;

    public KernelStamps(TimeProvider time)
    {
        frequency = time.TimestampFrequency;
        var before = time.GetTimestamp();
        kernelStart = LibC.Monotonic();
        var after = time.GetTimestamp();
        IsSameClock = frequency == PerSecond && before <= kernelStart && kernelStart <= after;
        providerStart = before;
    }

    public bool IsSameClock { get; }

    public long ToProvider(ulong nanoseconds) => IsSameClock
        ? (long)nanoseconds
        : providerStart + (long)((Int128)((long)nanoseconds - kernelStart) * frequency / PerSecond);
}
