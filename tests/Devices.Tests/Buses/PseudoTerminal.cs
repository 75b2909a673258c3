using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MotCua.Edge.Devices.Buses.Kernel;
using Xunit;

namespace MotCua.Devices.Tests.Buses;

/// <summary>The other end of a serial line.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const nuint Unlock = 0x40045431;
    private const nuint GetNumber = 0x80045430;

    private readonly SafeFileHandle master = new(LibC.Open("/dev/ptmx", LibC.ReadWrite | LibC.NoControllingTerminal | LibC.CloseOnExec), ownsHandle: true);

    public PseudoTerminal()
    {
        int locked = 0, number = 0;
        Assert.Equal(0, LibC.Ioctl(master, Unlock, ref LibC.Bytes(ref locked)));
        Assert.Equal(0, LibC.Ioctl(master, GetNumber, ref LibC.Bytes(ref number)));
        Path = $"/dev/pts/{number}";
    }

    public string Path { get; }

    public byte[] Read(int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var read = LibC.Read(master, ref bytes[at], (nuint)(count - at));
            Assert.True(read > 0, Marshal.GetLastPInvokeErrorMessage());
            at += (int)read;
        }

        return bytes;
    }

    /// <summary>Reads what is there, or comes within 20 ms.</summary>
    /// <returns>Zero or less: nothing came, or nobody has the line open.</returns>
    public int ReadSome(byte[] buffer)
    {
        var entry = new LibC.PollEntry { Descriptor = (int)master.DangerousGetHandle(), Events = LibC.PollIn };
        return LibC.Poll(ref entry, 1, 20) > 0 ? (int)LibC.Read(master, ref buffer[0], (nuint)buffer.Length) : 0;
    }

    public void Write(byte[] bytes) => Assert.Equal(bytes.Length, LibC.Write(master, in bytes[0], (nuint)bytes.Length));

    public void Dispose() => master.Dispose();
}
