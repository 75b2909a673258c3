using System.Runtime.InteropServices;

namespace MotCua.Protocols.Mqtt.Mosquitto;

/// <summary>The system calls that a link waits with (poll(2), eventfd(2), getsockopt(2) of Linux).</summary>
internal static unsafe partial class LibC
{
    public const short PollIn = 1;
    public const short PollOut = 4;
    public const short PollError = 8;
    public const short PollHangUp = 16;

    public const int Interrupted = 4;
    public const int InvalidArgument = 22;
    public const int FamilyNotSupported = 97;
    public const int AddressNotAvailable = 99;

    /// <summary>EFD_CLOEXEC | EFD_NONBLOCK.</summary>
    public const int EventFlags = 0x80000 | 0x800;

    private const int SocketLevel = 1;
    private const int SocketError = 4;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Asked;
        public short Happened;
    }

    /// <returns>The socket's pending error, 0 when there is none; reading it clears it.</returns>
    public static int TakeSocketError(int socket)
    {
        int error = 0, size = sizeof(int);
        return getsockopt(socket, SocketLevel, SocketError, &error, &size) == 0 ? error : Marshal.GetLastPInvokeError();
    }

    [LibraryImport("libc", SetLastError = true)]
    public static partial int poll(PollEntry* entries, nuint count, int timeoutMs);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int eventfd(uint initial, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint read(int descriptor, void* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint write(int descriptor, void* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getsockopt(int socket, int level, int option, int* value, int* size);
}
