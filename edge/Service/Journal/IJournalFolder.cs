namespace MotCua.Edge.Journal;

/// <summary>Where the journal's files live. The real one is a folder on the card; tests bring a disk that tears, lies and dies.</summary>
public interface IJournalFolder
{
    /// <summary>Names of all files, in no order.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    IReadOnlyList<string> List();

    /// <exception cref="IOException">No such file, or it cannot be opened.</exception>
    IJournalFile Open(string name);

    /// <summary>Opens a file that is only read: also one of another owner, and on a card that has turned read-only.</summary>
    /// <exception cref="IOException">No such file, or it cannot be opened.</exception>
    IJournalFile OpenRead(string name) => Open(name);

    /// <summary>Makes a file of zeros whose blocks are written already, durable when this returns, so that later writes into it change no metadata.</summary>
    /// <param name="length">Bytes.</param>
    /// <exception cref="IOException">No space, or the card refuses.</exception>
    IJournalFile Create(string name, long length);

    /// <summary>Renames, replacing what is there; durable when this returns.</summary>
    void Rename(string from, string to);

    /// <summary>Writes a whole small file or none of it; durable when this returns.</summary>
    void Replace(string name, ReadOnlySpan<byte> bytes);

    /// <summary>Removes a file; one that is not there is no error.</summary>
    void Delete(string name);
}

/// <summary>A file of the journal. Reading may go on beside writing, at other places.</summary>
public interface IJournalFile : IDisposable
{
    long Length { get; }

    /// <returns>Bytes read; less than asked for only at the end of the file.</returns>
    int Read(long offset, Span<byte> into);

    /// <exception cref="IOException">The card refused; what stands there now is unknown.</exception>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Makes all writes durable (<c>fdatasync</c>).</summary>
    /// <exception cref="IOException">The card refused. What stands there now is unknown, and calling again proves nothing: the kernel may have dropped the pages.</exception>
    void Sync();
}
