using System.Buffers.Binary;

namespace MotCua.CloudBridge.Store;

/// <summary>Form of a stored stretch: for each event its length (u32, little endian), then its exact bytes.</summary>
public static class EventFrames
{
    private const int LengthSize = sizeof(uint);

    public static byte[] Pack(IReadOnlyList<ReadOnlyMemory<byte>> events)
    {
        var size = 0;
        foreach (var one in events)
        {
            size += LengthSize + one.Length;
        }

        var packed = new byte[size];
        var rest = packed.AsSpan();
        foreach (var one in events)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, (uint)one.Length);
            one.Span.CopyTo(rest[LengthSize..]);
            rest = rest[(LengthSize + one.Length)..];
        }

        return packed;
    }

    /// <returns>Slices of <paramref name="packed"/>.</returns>
    /// <exception cref="BridgeStoreException">Not what <see cref="Pack"/> wrote: the storage changed it.</exception>
    public static List<ReadOnlyMemory<byte>> Unpack(ReadOnlyMemory<byte> packed)
    {
        var events = new List<ReadOnlyMemory<byte>>();
        while (!packed.IsEmpty)
        {
            var length = packed.Length < LengthSize ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(packed.Span);
            if (length > (uint)Math.Max(packed.Length - LengthSize, 0))
            {
                throw new BridgeStoreException("A stored stretch of events is damaged.");
            }

            events.Add(packed.Slice(LengthSize, (int)length));
            packed = packed[(LengthSize + (int)length)..];
        }

        return events;
    }
}
