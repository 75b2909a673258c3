using System.Buffers.Binary;
using System.Numerics;

namespace MotCua.Edge.Journal;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4), one instruction for eight bytes on x86-64 and on ARMv8 with the CRC extension, as every Pi from the 3 on has.</summary>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes, uint seed = 0)
    {
        var crc = ~seed;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }
}
