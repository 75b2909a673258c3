using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>The part of the C library that character devices need.</summary>
/// <remarks>
/// Flags and numbers are those of the generic kernel ABI, which x86-64, arm64 and 32-bit ARM share. <c>open</c>, <c>ioctl</c> and <c>fcntl</c>
/// are variadic in C; on Linux the three pass such arguments in the same registers as declared ones.
/// </remarks>
internal static partial class LibC
{
    public const int ReadWrite = 0x2;
    public const int NoControllingTerminal = 0x100;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int SetStatusFlags = 4;
    public const short PollIn = 0x1;
    public const short PollOut = 0x4;
    public const int ClockMonotonic = 1;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Ioctl(SafeFileHandle file, nuint request, ref byte argument);

    /// <summary>For requests whose argument is a number, not a pointer.</summary>
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int IoctlValue(SafeFileHandle file, nuint request, nuint argument);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Fcntl(SafeFileHandle file, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle file, ref byte buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle file, ref readonly byte buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(ref PollEntry entries, nuint count, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(SafeFileHandle epoll, int operation, SafeFileHandle file, ref byte entry);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(SafeFileHandle epoll, ref byte entries, int most, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    public static partial int ClockGetTime(int clock, out TimeSpec time);

    /// <summary>CLOCK_MONOTONIC now, in nanoseconds.</summary>
    public static long Monotonic()
    {
        _ = ClockGetTime(ClockMonotonic, out var now); // Fails for an unknown clock only.
        return now.Seconds * 1_000_000_000L + now.Nanoseconds;
    }

    /// <summary>The bytes of a struct, for calls that take a pointer to one.</summary>
    public static ref byte Bytes<T>(ref T value)
        where T : unmanaged => ref Unsafe.As<T, byte>(ref value);
}
