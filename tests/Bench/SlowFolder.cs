using MotCua.Edge.Journal;

namespace MotCua.Bench;

/// <summary>A card whose every sync takes longer, as a worn SD card's does.</summary>
internal sealed class SlowFolder(IJournalFolder inner, TimeSpan perSync) : IJournalFolder
{
    public IReadOnlyList<string> List() => inner.List();

    public IJournalFile Open(string name) => new SlowFile(inner.Open(name), perSync);

    public IJournalFile Create(string name, long length) => new SlowFile(inner.Create(name, length), perSync);

    public void Rename(string from, string to) => inner.Rename(from, to);

    public void Replace(string name, ReadOnlySpan<byte> bytes) => inner.Replace(name, bytes);

    public void Delete(string name) => inner.Delete(name);

    private sealed class SlowFile(IJournalFile file, TimeSpan perSync) : IJournalFile
    {
        private readonly ManualResetEventSlim never = new();

        public long Length => file.Length;

        public int Read(long offset, Span<byte> into) => file.Read(offset, into);

        public void Write(long offset, ReadOnlySpan<byte> bytes) => file.Write(offset, bytes);

        public void Sync()
        {
            file.Sync();
            never.Wait(perSync);
        }

        public void Dispose()
        {
            never.Dispose();
            file.Dispose();
        }
    }
}
