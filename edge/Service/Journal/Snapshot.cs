using System.Buffers.Binary;
using System.Globalization;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Journal;

/// <summary>Name of a snapshot file: <c>{epoch ordinal, 4 digits}.{seq, 19 digits}.snap</c>.</summary>
internal readonly record struct SnapshotName(int Ordinal, long Seq)
{
    public static bool TryParse(string file, out SnapshotName name)
    {
        name = default;
        if (file.Length != 29 || file[4] != '.' || !file.EndsWith(".snap", StringComparison.Ordinal)
            || !int.TryParse(file.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)
            || !long.TryParse(file.AsSpan(5, 19), NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
        {
            return false;
        }

        name = new SnapshotName(ordinal, seq);
        return true;
    }

    /// <summary>All snapshots among the files of a folder, newest first.</summary>
    public static List<SnapshotName> AllIn(IEnumerable<string> files) =>
        [.. files.Select(file => TryParse(file, out var name) ? name : default).Where(name => name.Ordinal > 0).OrderByDescending(name => (name.Ordinal, name.Seq))];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ordinal:D4}.{Seq:D19}.snap");
}

/// <summary>
/// The state at a mark. File, little-endian: <code>0 "MCS1" · 4 u32 CRC-32C of the rest · 8 u64 epoch · 16 u64 seq · 24 hash (32) · 56 state</code>
/// </summary>
internal readonly record struct Snapshot(JournalMark Mark, ReadOnlyMemory<byte> State)
{
    /// <summary>Largest file believed.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Bytes before the state.</summary>
    public const int HeaderSize = 56;

    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderSize + State.Length];
        State.Span.CopyTo(bytes.AsSpan(HeaderSize));
        Seal(bytes, Mark);
        return bytes;
    }

    /// <summary>Writes the header of a file whose state stands behind it already.</summary>
    public static void Seal(Span<byte> file, JournalMark mark)
    {
        "MCS1"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt64LittleEndian(file[8..], mark.Epoch.Value);
        BinaryPrimitives.WriteInt64LittleEndian(file[16..], mark.Seq);
        mark.Hash.CopyTo(file[24..]);
        BinaryPrimitives.WriteUInt32LittleEndian(file[4..], Crc32C.Of(file[8..]));
    }

    /// <returns>Null when the file is gone, unreadable or not what was written; an older one serves then.</returns>
    public static Snapshot? TryRead(IJournalFolder folder, SnapshotName name)
    {
        try
        {
            using var file = folder.Open(name.ToString());
            if (file.Length is < HeaderSize or > MaxBytes)
            {
                return null;
            }

            var bytes = new byte[file.Length];
            return file.Read(0, bytes) == bytes.Length && bytes.AsSpan(0, 4).SequenceEqual("MCS1"u8)
                && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)) == Crc32C.Of(bytes.AsSpan(8))
                    ? new Snapshot(
                        new JournalMark(
                            new EpochId(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(8))), BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)),
                            ChainHash.From(bytes.AsSpan(24, ChainHash.Size))),
                        bytes.AsMemory(HeaderSize))
                    : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
