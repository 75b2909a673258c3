using System.Runtime.InteropServices;

namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>i2c-dev as the kernel sees it.</summary>
/// <remarks>Source: include/uapi/linux/i2c-dev.h and i2c.h. The numbers are plain, and the structs differ only by the width of a pointer.</remarks>
internal static class I2cAbi
{
    public const nuint Slave = 0x0703;
    public const nuint Functions = 0x0705;
    public const nuint ReadWrite = 0x0707;
    public const nuint Smbus = 0x0720;

    public const ushort Read = 0x1;
    public const ulong CanTransfer = 0x1;
    public const ulong CanQuickWrite = 0x10000;
    public const ulong CanReadByte = 0x20000;

    /// <summary>Longest message that the kernel copies (drivers/i2c/i2c-dev.c).</summary>
    public const int LongestMessage = 8192;

    [StructLayout(LayoutKind.Sequential)]
    public struct Message
    {
        public ushort Address;
        public ushort Flags;
        public ushort Length;
        public nint Buffer;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Transfer
    {
        public nint Messages;
        public uint Count;
    }

    /// <summary>For finding chips only.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SmbusCall
    {
        public byte IsRead;
        public byte Command;
        public uint Size;
        public nint Data;
    }
}
