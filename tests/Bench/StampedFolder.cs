using MotCua.Edge.Journal;

namespace MotCua.Bench;

/// <summary>A card that notes when it last had everything on it: the moment of the commit, taken where it happens.</summary>
internal sealed class StampedFolder(IJournalFolder inner) : IJournalFolder
{
    private long synced;

    /// <summary>When the newest sync ended, in <see cref="TimeProvider.GetTimestamp"/> units.</summary>
    public long Synced => Volatile.Read(ref synced);

    public IReadOnlyList<string> List() => inner.List();

    public IJournalFile Open(string name) => new StampedFile(inner.Open(name), this);

    public IJournalFile Create(string name, long length) => new StampedFile(inner.Create(name, length), this);

    public void Rename(string from, string to) => inner.Rename(from, to);

    public void Replace(string name, ReadOnlySpan<byte> bytes) => inner.Replace(name, bytes);

    public void Delete(string name) => inner.Delete(name);

    private sealed class StampedFile(IJournalFile file, StampedFolder folder) : IJournalFile
    {
        public long Length => file.Length;

        public int Read(long offset, Span<byte> into) => file.Read(offset, into);

        public void Write(long offset, ReadOnlySpan<byte> bytes) => file.Write(offset, bytes);

        public void Sync()
        {
            file.Sync();
            Volatile.Write(ref folder.synced, TimeProvider.System.GetTimestamp());
        }

        public void Dispose() => file.Dispose();
    }
}
