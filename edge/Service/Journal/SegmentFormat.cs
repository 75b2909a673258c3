using System.Buffers.Binary;
using System.Globalization;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Journal;

/// <summary>Name of a segment file: <c>{epoch ordinal, 4 digits}.{first sequence number, 19 digits}.seg</c>; sorting by name is sorting by age.</summary>
internal readonly record struct SegmentName(int Ordinal, long FirstSeq) : IComparable<SegmentName>
{
    public static bool TryParse(string file, out SegmentName name)
    {
        name = default;
        if (file.Length != 28 || file[4] != '.' || !file.EndsWith(".seg", StringComparison.Ordinal)
            || !int.TryParse(file.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)
            || !long.TryParse(file.AsSpan(5, 19), NumberStyles.None, CultureInfo.InvariantCulture, out var first))
        {
            return false;
        }

        name = new SegmentName(ordinal, first);
        return true;
    }

    /// <summary>All segments among the files of a folder, oldest first.</summary>
    public static List<SegmentName> AllIn(IEnumerable<string> files) =>
        [.. files.Select(file => TryParse(file, out var name) ? name : default).Where(name => name.Ordinal > 0).Order()];

    public int CompareTo(SegmentName other) => (Ordinal, FirstSeq).CompareTo((other.Ordinal, other.FirstSeq));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ordinal:D4}.{FirstSeq:D19}.seg");

    public static bool operator <(SegmentName left, SegmentName right) => left.CompareTo(right) < 0;

    public static bool operator >(SegmentName left, SegmentName right) => left.CompareTo(right) > 0;

    public static bool operator <=(SegmentName left, SegmentName right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SegmentName left, SegmentName right) => left.CompareTo(right) >= 0;
}

/// <summary>
/// The first 64 bytes of a segment, little-endian:
/// <code>0 "MCJ1" · 4 u32 version 1 · 8 u64 epoch · 16 u64 first seq · 24 chain hash before it (32) · 56 u32 zero · 60 u32 CRC-32C of bytes 0–59</code>
/// </summary>
internal readonly record struct SegmentHeader(EpochId Epoch, long FirstSeq, ChainHash Prev)
{
    public const int Size = 64;

    private static ReadOnlySpan<byte> Magic => "MCJ1"u8;

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), Epoch.Value);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), FirstSeq);
        Prev.CopyTo(bytes.AsSpan(24));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(60), Crc32C.Of(bytes.AsSpan(0, 60)));
        return bytes;
    }

    public static SegmentHeader? TryRead(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Size && bytes[..4].SequenceEqual(Magic) && BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) == 1
        && BinaryPrimitives.ReadUInt32LittleEndian(bytes[60..]) == Crc32C.Of(bytes[..60])
            ? new SegmentHeader(
                new EpochId(BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..])),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
                ChainHash.From(bytes.Slice(24, ChainHash.Size)))
            : null;
}

/// <summary>
/// A record, little-endian:
/// <code>0 u8 C1 · 1 u24 length of the event · 4 u64 seq · 12 u16 place in its group, from 0 · 14 u16 size of the group · 16 u32 CRC-32C of the event · 20 u32 CRC-32C of bytes 0–19 · 24 the event</code>
/// A group is what one write and one sync made durable, all of it or nothing. The header has a check of its own, so that a length can be believed
/// where the event cannot. C1 is never zero and never part of UTF-8 text: the start of a record is told from unwritten zeros, and found again after damage.
/// </summary>
internal readonly record struct Record(long Seq, int Place, int GroupSize, int EventLength)
{
    public const int HeaderSize = 24;

    public const byte Start = 0xC1;

    public int Size => HeaderSize + EventLength;

    public long GroupFirstSeq => Seq - Place;

    public bool EndsGroup => Place == GroupSize - 1;

    public static void Write(Span<byte> into, long seq, int place, int groupSize, ReadOnlySpan<byte> canonical)
    {
        BinaryPrimitives.WriteInt32LittleEndian(into, (canonical.Length << 8) | Start);
        BinaryPrimitives.WriteInt64LittleEndian(into[4..], seq);
        BinaryPrimitives.WriteUInt16LittleEndian(into[12..], (ushort)place);
        BinaryPrimitives.WriteUInt16LittleEndian(into[14..], (ushort)groupSize);
        BinaryPrimitives.WriteUInt32LittleEndian(into[16..], Crc32C.Of(canonical));
        BinaryPrimitives.WriteUInt32LittleEndian(into[20..], Crc32C.Of(into[..20]));
        canonical.CopyTo(into[HeaderSize..]);
    }

    /// <summary>Reads the header at the start of the bytes, whatever became of the event behind it.</summary>
    /// <returns>Null when there is none, or it is not what was written.</returns>
    public static Record? TryReadHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderSize || bytes[0] != Start || BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]) != Crc32C.Of(bytes[..20]))
        {
            return null;
        }

        var record = new Record(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[4..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[14..]), (int)(BinaryPrimitives.ReadUInt32LittleEndian(bytes) >> 8));
        return record.Seq > 0 && record.Place < record.GroupSize && record.EventLength is > 0 and <= EventCodec.MaxBytes ? record : null;
    }

    /// <summary>Reads the record at the start of the bytes.</summary>
    /// <returns>Null when there is none, or it is not whole and true.</returns>
    public static Record? TryRead(ReadOnlySpan<byte> bytes) =>
        TryReadHeader(bytes) is { } record && record.Size <= bytes.Length
        && BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]) == Crc32C.Of(bytes.Slice(HeaderSize, record.EventLength))
            ? record
            : null;
}
