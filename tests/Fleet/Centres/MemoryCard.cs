using MotCua.Edge.Journal;

namespace MotCua.Fleet.Centres;

/// <summary>The card of a virtual centre: the journal's folder, in memory. A segment that is done with is packed, since thousands of centres may be offline for a week.</summary>
/// <remarks>Bounded by the journal's own budget. Used by the one thread that drives the centre.</remarks>
internal sealed class MemoryCard : IJournalFolder
{
    private readonly Dictionary<string, MemoryFile> files = new(StringComparer.Ordinal);

    /// <summary>Bytes in memory.</summary>
    public long Bytes => files.Values.Sum(file => (long)file.Held);

    public IReadOnlyList<string> List() => [.. files.Keys];

    public IJournalFile Open(string name) => files.TryGetValue(name, out var file) ? new MemoryHandle(file) : throw new FileNotFoundException($"No file {name}.");

    public IJournalFile Create(string name, long length) => new MemoryHandle(files[name] = new MemoryFile(length));

    public void Rename(string from, string to)
    {
        if (!files.Remove(from, out var file))
        {
            throw new FileNotFoundException($"No file {from}.");
        }

        files[to] = file;
    }

    public void Replace(string name, ReadOnlySpan<byte> bytes)
    {
        var file = files[name] = new MemoryFile(bytes.Length);
        file.Write(0, bytes);
        file.Pack();
    }

    public void Delete(string name) => files.Remove(name);

    // Packed when whoever wrote into it lets go of it.
    private sealed class MemoryHandle(MemoryFile file) : IJournalFile
    {
        private byte[]? unpacked;
        private bool wrote;

        public long Length => file.Length;

        public int Read(long offset, Span<byte> into) => file.Read(unpacked ??= file.Unpacked(), offset, into);

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            (unpacked, wrote) = (null, true);
            file.Write(offset, bytes);
        }

        public void Sync()
        {
        }

        public void Dispose()
        {
            if (wrote)
            {
                file.Pack();
            }
        }
    }
}
