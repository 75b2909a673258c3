using System.Runtime.InteropServices;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>Wall time with how far it can be trusted, and the monotonic time of this boot.</summary>
public interface IClockTrust
{
    ClockTrust Now();
}

/// <summary>A box with a clock battery: its time is believed from the start.</summary>
public sealed class BatteryClock : IClockTrust
{
    public ClockTrust Now() => ClockTrust.Synced;
}

/// <summary>A box without a clock battery believes what the kernel says of time synchronisation (<c>adjtimex</c>, STA_UNSYNC).</summary>
public sealed partial class KernelClock : IClockTrust
{
    private const int TimexSize = 208;
    private const int StatusOffset = 40;
    private const int StaUnsync = 0x40;

    private bool wasSynced;

    public ClockTrust Now()
    {
        Span<byte> timex = stackalloc byte[TimexSize];
        timex.Clear();
        var synced = AdjTimex(ref MemoryMarshal.GetReference(timex)) >= 0 && (BitConverter.ToInt32(timex[StatusOffset..]) & StaUnsync) == 0;
        wasSynced |= synced;
        return synced ? ClockTrust.Synced : wasSynced ? ClockTrust.Holdover : ClockTrust.Unsynced;
    }

    [LibraryImport("libc", EntryPoint = "adjtimex", SetLastError = true)]
    private static partial int AdjTimex(ref byte timex);
}
