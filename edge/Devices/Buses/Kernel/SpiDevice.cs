using System.Runtime.InteropServices;

namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>One chip select of the kernel's SPI, <c>/dev/spidevB.C</c>: mode 0, 8 bits, most significant first.</summary>
/// <remarks>Opened with the first transfer and anew after a failure. Thread-safe. Source: include/uapi/linux/spi/spidev.h; <c>_IOC</c> numbers as in <see cref="DeviceFile"/>.</remarks>
/// <param name="bus">B of the device's name.</param>
/// <param name="chipSelect">C of the device's name.</param>
/// <param name="hertz">Clock at most; a MAX7219 takes 10 MHz, long cables in a hall 1 MHz or less.</param>
public sealed unsafe class SpiDevice(int bus, int chipSelect, int hertz) : ISpiDevice
{
    private const byte Type = (byte)'k';
    private static readonly nuint TransferOne = DeviceFile.Request<Transfer>(1, Type, 0);
    private static readonly nuint WriteMode = DeviceFile.Request<byte>(1, Type, 1);
    private static readonly nuint WriteBitsPerWord = DeviceFile.Request<byte>(1, Type, 3);
    private static readonly nuint WriteMaxHertz = DeviceFile.Request<uint>(1, Type, 4);

    private readonly Lock gate = new();
    private readonly string name = $"spidev{bus}.{chipSelect}";
    private readonly uint hertz = hertz > 0 ? (uint)hertz : throw new ArgumentOutOfRangeException(nameof(hertz), hertz, "A bus needs a clock.");
    private DeviceFile? file;
    private bool disposed;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            file ??= OpenFile();
            fixed (byte* sent = bytes)
            {
                var transfer = new Transfer { Sent = (ulong)sent, Length = (uint)bytes.Length, Hertz = hertz, BitsPerWord = 8 };
                Check(file, file.Control(TransferOne, ref transfer));
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            file?.Dispose();
            file = null;
        }
    }

    private DeviceFile OpenFile()
    {
        var opened = DeviceFile.Open($"/dev/{name}");
        byte mode = 0;
        byte bits = 8;
        var speed = hertz;
        Check(opened, opened.Control(WriteMode, ref mode));
        Check(opened, opened.Control(WriteBitsPerWord, ref bits));
        Check(opened, opened.Control(WriteMaxHertz, ref speed));
        return opened;
    }

    private void Check(DeviceFile used, int errno)
    {
        if (errno != 0)
        {
            used.Dispose();
            file = null;
            throw new BusException(BusException.Meaning(errno), name, null, errno);
        }
    }

    /// <summary>struct spi_ioc_transfer, 32 bytes on every machine.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Transfer
    {
        public ulong Sent;
        public ulong Received;
        public uint Length;
        public uint Hertz;
        public ushort DelayMicroseconds;
        public byte BitsPerWord;
        public byte ChangeChipSelect;
        public byte SentLanes;
        public byte ReceivedLanes;
        public byte WordDelayMicroseconds;
        public byte Padding;
    }
}
