using System.Runtime.InteropServices;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Health;

/// <summary>Gives back to the box what the C library has freed and keeps: the just-in-time compiler borrows megabytes for a moment, and most of them stay.</summary>
/// <remarks>Source: malloc_trim(3). Where the C library has none, nothing is done.</remarks>
public sealed partial class NativeHeap : ISteppedLoop
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    private bool absent;

    public string Name => "native heap";

    public WakeSignal Wake { get; } = new();

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            absent = true;
        }

        return ValueTask.FromResult(absent ? Timeout.InfiniteTimeSpan : Pace);
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}
