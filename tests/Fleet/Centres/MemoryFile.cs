using System.IO.Compression;

namespace MotCua.Fleet.Centres;

/// <summary>A file of zeros of a given length, of which only what was written takes memory; packed when nobody writes any more.</summary>
internal sealed class MemoryFile(long length)
{
    private const int Step = 8 * 1024;

    // Below it packing saves less than it costs.
    private const int WorthPacking = 2 * 1024;

    private byte[] bytes = [];
    private int written;
    private bool isPacked;

    public long Length => length;

    /// <summary>Bytes in memory.</summary>
    public int Held => bytes.Length;

    /// <summary>What was written, from the beginning of the file; zeros follow.</summary>
    public byte[] Unpacked()
    {
        if (!isPacked)
        {
            return bytes;
        }

        var all = new byte[written];
        using var unpack = new DeflateStream(new MemoryStream(bytes, writable: false), CompressionMode.Decompress);
        unpack.ReadExactly(all);
        return all;
    }

    /// <param name="unpacked">Of <see cref="Unpacked"/>.</param>
    /// <returns>Bytes read; less than asked for only at the end of the file.</returns>
    public int Read(byte[] unpacked, long offset, Span<byte> into)
    {
        var count = (int)Math.Clamp(length - offset, 0, into.Length);
        var there = (int)Math.Clamp(Math.Min(written, unpacked.Length) - offset, 0, count);
        unpacked.AsSpan((int)Math.Min(offset, unpacked.Length), there).CopyTo(into);
        into[there..count].Clear();
        return count;
    }

    public void Write(long offset, ReadOnlySpan<byte> more)
    {
        if (offset + more.Length > length)
        {
            throw new IOException($"Bytes {offset} to {offset + more.Length} are beyond the end of the file at {length}.");
        }

        if (isPacked)
        {
            (bytes, isPacked) = (Unpacked(), false);
        }

        var end = (int)offset + more.Length;
        if (end > bytes.Length)
        {
            Array.Resize(ref bytes, (int)Math.Min(length, (end + Step - 1) / Step * Step));
        }

        more.CopyTo(bytes.AsSpan((int)offset));
        written = Math.Max(written, end);
    }

    /// <summary>Takes less memory from here on, and more time for each reading.</summary>
    public void Pack()
    {
        if (isPacked || written < WorthPacking)
        {
            return;
        }

        using var packed = new MemoryStream(written / 4);
        using (var pack = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            pack.Write(bytes, 0, written);
        }

        (bytes, isPacked) = (packed.ToArray(), true);
    }
}
