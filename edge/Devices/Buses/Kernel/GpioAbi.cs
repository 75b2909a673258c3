using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>GPIO uAPI v2 as the kernel sees it.</summary>
/// <remarks>
/// Source: include/uapi/linux/gpio.h (Linux 5.10 and later). Every struct is padded by hand to 64 bits there, so that sizes, offsets and therefore
/// the request numbers are the same on x86-64, arm64 and 32-bit ARM.
/// </remarks>
internal static class GpioAbi
{
    public const ulong Used = 1UL << 0;
    public const ulong ActiveLow = 1UL << 1;
    public const ulong Input = 1UL << 2;
    public const ulong Output = 1UL << 3;
    public const ulong EdgeRising = 1UL << 4;
    public const ulong EdgeFalling = 1UL << 5;
    public const ulong OpenDrain = 1UL << 6;
    public const ulong PullUp = 1UL << 8;
    public const ulong PullDown = 1UL << 9;

    public const uint OutputValues = 2;
    public const uint Debounce = 3;

    /// <summary>With active-low applied, as all levels and edges of the interface.</summary>
    public const uint BecameActive = 1;

    public static readonly nuint GetChipInfo = DeviceFile.Request<ChipInfo>(2, 0xB4, 0x01);
    public static readonly nuint GetLineInfo = DeviceFile.Request<LineInfo>(3, 0xB4, 0x05);
    public static readonly nuint GetLine = DeviceFile.Request<LineRequest>(3, 0xB4, 0x07);
    public static readonly nuint GetValues = DeviceFile.Request<LineValues>(3, 0xB4, 0x0E);
    public static readonly nuint SetValues = DeviceFile.Request<LineValues>(3, 0xB4, 0x0F);

    [InlineArray(Length)]
    public struct Name
    {
        /// <summary>GPIO_MAX_NAME_SIZE, with the zero at its end.</summary>
        public const int Length = 32;

        private byte first;

        public static Name Of(string text)
        {
            var name = default(Name);
            // A name that is too long is cut, never in the middle of a letter.
            Encoding.UTF8.GetEncoder().Convert(text, name[..(Length - 1)], flush: true, out _, out _, out _);
            return name;
        }

        public override readonly string ToString()
        {
            ReadOnlySpan<byte> bytes = this;
            return Encoding.UTF8.GetString(bytes.IndexOf((byte)0) is >= 0 and var end ? bytes[..end] : bytes);
        }
    }

    [InlineArray(64)]
    public struct Offsets
    {
        private uint first;
    }

    [InlineArray(10)]
    public struct ConfigAttributes
    {
        private ConfigAttribute first;
    }

    [InlineArray(10)]
    public struct LineAttributes
    {
        private LineAttribute first;
    }

    [InlineArray(4)]
    public struct FourWords
    {
        private uint first;
    }

    [InlineArray(5)]
    public struct FiveWords
    {
        private uint first;
    }

    [InlineArray(6)]
    public struct SixWords
    {
        private uint first;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ChipInfo
    {
        public Name Name;
        public Name Label;
        public uint Lines;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineValues
    {
        public ulong Bits;
        public ulong Mask;
    }

    /// <remarks>Value holds flags, output values, or a debounce time in microseconds in its low half (the first bytes on a little-endian machine).</remarks>
    [StructLayout(LayoutKind.Sequential)]
    public struct LineAttribute
    {
        public uint Id;
        public uint Padding;
        public ulong Value;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ConfigAttribute
    {
        public LineAttribute Attribute;
        public ulong Mask;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineConfig
    {
        public ulong Flags;
        public uint AttributeCount;
        public FiveWords Padding;
        public ConfigAttributes Attributes;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineRequest
    {
        public Offsets Offsets;
        public Name Consumer;
        public LineConfig Config;
        public uint LineCount;
        public uint EventBufferSize;
        public FiveWords Padding;
        public int Descriptor;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineInfo
    {
        public Name Name;
        public Name Consumer;
        public uint Offset;
        public uint AttributeCount;
        public ulong Flags;
        public LineAttributes Attributes;
        public FourWords Padding;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineEvent
    {
        public ulong Nanoseconds;
        public uint Id;
        public uint Offset;
        public uint Sequence;
        public uint LineSequence;
        public SixWords Padding;
    }
}
