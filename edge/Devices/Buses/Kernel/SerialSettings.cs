using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>A serial port's settings: raw, 8 data bits, no parity, one stop bit.</summary>
/// <param name="Baud">300 to 4,000,000; any rate that the hardware can make within 3 %, not only those of a table.</param>
/// <param name="HardwareFlow">RTS/CTS, as most receipt printers are set.</param>
/// <remarks>
/// Through TCSETS2, which takes the rate as a number (BOTHER). Source: include/uapi/asm-generic/termbits.h and ioctls.h; x86-64, arm64 and ARM share them.
/// </remarks>
public readonly record struct SerialSettings(int Baud, bool HardwareFlow = false)
{
    // VTIME and VMIN: reading waits for one byte and no longer.
    private const int ReadPatience = 5;
    private const int MinimumRead = 6;
    private const uint EightBits = 0x30;
    private const uint Receive = 0x80;
    private const uint NoModem = 0x800;
    private const uint RateIsNumber = 0x1000;
    private const uint RtsCts = 0x80000000;

    private static readonly nuint Get = DeviceFile.Request<Termios2>(2, (byte)'T', 0x2A);
    private static readonly nuint Set = DeviceFile.Request<Termios2>(1, (byte)'T', 0x2B);

    /// <exception cref="BusException">It is no serial port, or cannot make the rate.</exception>
    internal void Apply(DeviceFile file)
    {
        var settings = default(Termios2);
        Check(file, file.Control(Get, ref settings));
        settings.Input = 0;
        settings.Output = 0;
        settings.Local = 0;
        settings.Control = EightBits | Receive | NoModem | RateIsNumber | (HardwareFlow ? RtsCts : 0);
        settings.Characters[MinimumRead] = 1;
        settings.Characters[ReadPatience] = 0;
        settings.InputBaud = settings.OutputBaud = (uint)Baud;
        Check(file, file.Control(Set, ref settings));
        Check(file, file.Control(Get, ref settings));
        // A driver takes what its divider can make and says so; more than 3 % off is garbage on paper.
        if (Math.Abs((long)settings.OutputBaud - Baud) * 100 > Baud * 3L)
        {
            throw new BusException(BusFailure.Other, file.Path, null, ErrorNumber.InvalidArgument, $"it makes {settings.OutputBaud} baud instead of {Baud}");
        }
    }

    private static void Check(DeviceFile file, int errno)
    {
        if (errno != 0)
        {
            throw new BusException(BusException.Meaning(errno), file.Path, null, errno, errno == ErrorNumber.NotATerminal ? "it is no serial port" : null);
        }
    }

    [InlineArray(19)]
    internal struct ControlCharacters
    {
        private byte first;
    }

    /// <summary>struct termios2, 44 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Termios2
    {
        public uint Input;
        public uint Output;
        public uint Control;
        public uint Local;
        public byte Discipline;
        public ControlCharacters Characters;
        public uint InputBaud;
        public uint OutputBaud;
    }
}
