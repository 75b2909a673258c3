using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>An open character device.</summary>
internal sealed class DeviceFile : IDisposable
{
    private DeviceFile(string path, SafeFileHandle handle) => (Path, Handle) = (path, handle);

    public string Path { get; }

    public SafeFileHandle Handle { get; }

    /// <param name="flags">Beside reading and writing.</param>
    /// <exception cref="BusException">It cannot be opened.</exception>
    public static DeviceFile Open(string path, int flags = 0)
    {
        int descriptor;
        do
        {
            descriptor = LibC.Open(path, LibC.ReadWrite | LibC.CloseOnExec | flags);
        }
        while (descriptor < 0 && Marshal.GetLastPInvokeError() == ErrorNumber.Interrupted);

        if (descriptor >= 0)
        {
            return new DeviceFile(path, new SafeFileHandle(descriptor, ownsHandle: true));
        }

        var errno = Marshal.GetLastPInvokeError();
        // A node whose driver is gone is as good as none.
        var failure = BusException.Meaning(errno) is BusFailure.Gone ? BusFailure.NoDevice : BusException.Meaning(errno);
        throw new BusException(failure, path, null, errno, Advice(failure, path));
    }

    /// <summary>A call on the device; retried when a signal interrupts it.</summary>
    /// <returns>Zero, or the error number.</returns>
    public int Control<T>(nuint request, ref T argument)
        where T : unmanaged
    {
        while (LibC.Ioctl(Handle, request, ref LibC.Bytes(ref argument)) < 0)
        {
            if (Marshal.GetLastPInvokeError() is var errno and not ErrorNumber.Interrupted)
            {
                return errno;
            }
        }

        return 0;
    }

    public void Dispose() => Handle.Dispose();

    /// <summary>The number of a call that the kernel reads from (1), writes to (2) or both (3): <c>_IOC</c> of include/uapi/asm-generic/ioctl.h.</summary>
    /// <remarks>Direction in bits 30–31, size in 16–29, type in 8–15, number in 0–7; x86-64, arm64 and ARM use this layout.</remarks>
    public static nuint Request<T>(uint direction, byte type, byte number)
        where T : unmanaged => (direction << 30) | ((uint)Unsafe.SizeOf<T>() << 16) | ((uint)type << 8) | number;

    private static string? Advice(BusFailure failure, string path) => failure switch
    {
        BusFailure.NotPermitted => $"add the user of the service to the group of {path} (systemd/60-motcua.rules sets it)",
        BusFailure.NoDevice => "not switched on or not plugged in",
        _ => null,
    };
}
