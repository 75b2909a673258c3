using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MotCua.Edge.Journal;

/// <summary>The journal's folder on a real file system.</summary>
public sealed partial class DiskFolder : IJournalFolder
{
    private const int ZeroChunk = 64 * 1024;

    private readonly string path;

    /// <param name="path">Made if it is not there.</param>
    public DiskFolder(string path)
    {
        this.path = path;
        Directory.CreateDirectory(path);
    }

    public IReadOnlyList<string> List()
    {
        try
        {
            return [.. Directory.EnumerateFiles(path).Select(file => Path.GetFileName(file))];
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    public IJournalFile Open(string name) => OpenAs(name, FileMode.Open);

    public IJournalFile OpenRead(string name) => OpenAs(name, FileMode.Open, FileAccess.Read);

    public IJournalFile Create(string name, long length)
    {
        var file = OpenAs(name, FileMode.Create);
        try
        {
            // Written zeros, not fallocate: an unwritten extent costs a metadata commit of its own at each first sync into it.
            Span<byte> zeros = new byte[(int)Math.Min(length, ZeroChunk)];
            for (var offset = 0L; offset < length; offset += zeros.Length)
            {
                file.Write(offset, zeros[..(int)Math.Min(zeros.Length, length - offset)]);
            }

            file.Sync();
            SyncNames();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Rename(string from, string to)
    {
        File.Move(At(from), At(to), overwrite: true);
        SyncNames();
    }

    public void Replace(string name, ReadOnlySpan<byte> bytes)
    {
        var temporary = name + ".new";
        try
        {
            using (var file = OpenAs(temporary, FileMode.Create))
            {
                file.Write(0, bytes);
                file.Sync();
            }

            Rename(temporary, name);
        }
        catch (IOException)
        {
            // On a full card half a file would take the room that the journal needs.
            TryDelete(temporary);
            throw;
        }
    }

    public void Delete(string name) => File.Delete(At(name));

    private void TryDelete(string name)
    {
        try
        {
            Delete(name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to tell.
        }
    }

    // A new name is durable only when its folder is synced (open(2), fsync(2)).
    private void SyncNames()
    {
        using var folder = Libc.Open(path, Libc.ReadOnly, 0);
        if (folder.IsInvalid || Libc.FSync(folder) != 0)
        {
            throw new IOException($"The folder {path} could not be synced: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    private DiskFile OpenAs(string name, FileMode mode, FileAccess access = FileAccess.ReadWrite)
    {
        try
        {
            return new DiskFile(File.OpenHandle(At(name), mode, access, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (UnauthorizedAccessException e)
        {
            // A card that turned read-only is a card that refuses.
            throw new IOException(e.Message, e);
        }
    }

    private string At(string name) => Path.Combine(path, name);

    private sealed class DiskFile(SafeFileHandle handle) : IJournalFile
    {
        public long Length => RandomAccess.GetLength(handle);

        public int Read(long offset, Span<byte> into)
        {
            var done = 0;
            while (done < into.Length && RandomAccess.Read(handle, into[done..], offset + done) is > 0 and var got)
            {
                done += got;
            }

            return done;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, offset);

        public void Sync()
        {
            if (Libc.FDataSync(handle) != 0)
            {
                throw new IOException($"The card refused to make the journal durable: {Marshal.GetLastPInvokeErrorMessage()}.");
            }
        }

        public void Dispose() => handle.Dispose();
    }

    private static partial class Libc
    {
        public const int ReadOnly = 0; // O_RDONLY opens a folder too; O_DIRECTORY has another value on each architecture.

        [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
        public static partial int FDataSync(SafeFileHandle file);

        [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
        public static partial int FSync(SafeFileHandle file);

        [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        public static partial SafeFileHandle Open(string path, int flags, int mode);
    }
}
