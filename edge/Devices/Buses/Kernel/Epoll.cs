using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>Waits on many descriptors in one thread. Unlike <c>poll</c> it holds no reference to them, so a line that is closed meanwhile is free at once.</summary>
internal sealed class Epoll : IDisposable
{
    private const int Add = 1;
    private const int Remove = 2;
    private const int MostAtOnce = 16;
    private const uint In = 0x1;
    private const uint ErrorOrHangUp = 0x8 | 0x10;

    // struct epoll_event is packed on x86-64 only (include/uapi/linux/eventpoll.h): there the data follows the flags without a gap.
    private static readonly int DataAt = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EntrySize = DataAt + sizeof(ulong);

    private readonly byte[] entries = new byte[MostAtOnce * EntrySize];
    private readonly SafeFileHandle epoll;
    private readonly SafeFileHandle wake;

    /// <exception cref="BusException">The process has no descriptors left.</exception>
    public Epoll()
    {
        epoll = new SafeFileHandle(Checked(LibC.EpollCreate(LibC.CloseOnExec)), ownsHandle: true);
        wake = new SafeFileHandle(Checked(LibC.EventFd(0, LibC.CloseOnExec | LibC.NonBlocking)), ownsHandle: true);
        Watch(wake, 0);
    }

    /// <param name="token">Comes back with what happens; not zero.</param>
    public void Watch(SafeFileHandle file, ulong token)
    {
        Span<byte> entry = stackalloc byte[EntrySize];
        MemoryMarshal.Write(entry, In);
        MemoryMarshal.Write(entry[DataAt..], token);
        Checked(LibC.EpollControl(epoll, Add, file, ref entry[0]));
    }

    public void Forget(SafeFileHandle file)
    {
        Span<byte> entry = stackalloc byte[EntrySize];
        // Fails for a descriptor that is not watched, which is what is wanted.
        _ = LibC.EpollControl(epoll, Remove, file, ref entry[0]);
    }

    /// <summary>Ends a wait that is going on, and every later one.</summary>
    public void Wake()
    {
        ulong one = 1;
        _ = LibC.Write(wake, ref LibC.Bytes(ref one), sizeof(ulong)); // Fails only when it is set already.
    }

    /// <summary>Waits until something happens. One thread at a time.</summary>
    /// <returns>Tokens, and whether their descriptor failed; none after <see cref="Wake"/>.</returns>
    public IReadOnlyList<(ulong Token, bool Failed)> Wait()
    {
        int ready;
        do
        {
            ready = LibC.EpollWait(epoll, ref entries[0], MostAtOnce, -1);
        }
        while (ready < 0 && Marshal.GetLastPInvokeError() == ErrorNumber.Interrupted);

        Checked(ready);
        var happened = new List<(ulong, bool)>(ready);
        for (var i = 0; i < ready; i++)
        {
            var entry = entries.AsSpan(i * EntrySize, EntrySize);
            if (MemoryMarshal.Read<ulong>(entry[DataAt..]) is var token and not 0)
            {
                happened.Add((token, (MemoryMarshal.Read<uint>(entry) & ErrorOrHangUp) != 0));
            }
        }

        return happened;
    }

    public void Dispose()
    {
        epoll.Dispose();
        wake.Dispose();
    }

    private static int Checked(int result) => result >= 0 ? result : throw new BusException(BusFailure.Other, "epoll", null, Marshal.GetLastPInvokeError());
}
