using Xunit;

namespace MotCua.Edge.Journal.Tests;

public sealed class DiskFolderTests : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("motcua-journal-").FullName;

    [Fact]
    public void A_file_is_created_written_synced_renamed_replaced_listed_read_and_deleted()
    {
        var folder = new DiskFolder(path);
        using (var file = folder.Create("one", 100_000))
        {
            Assert.Equal(100_000, file.Length);
            file.Write(70_000, "xin chào"u8);
            file.Sync();
        }

        folder.Rename("one", "two");
        folder.Replace("three", "first"u8);
        folder.Replace("three", "second"u8);
        Assert.Equal(["three", "two"], folder.List().Order(StringComparer.Ordinal));
        using (var file = folder.Open("two"))
        {
            var bytes = new byte[100];
            Assert.Equal(100, file.Read(69_999, bytes));
            Assert.Equal([0, .. "xin chào"u8, 0], bytes[..11]);
            Assert.Equal(10, file.Read(99_990, bytes));
            Assert.Equal(0, file.Read(100_000, bytes));
        }

        folder.Rename("three", "two");
        using (var file = folder.Open("two"))
        {
            Assert.Equal(6, file.Length);
        }

        folder.Delete("two");
        folder.Delete("two");
        Assert.Empty(folder.List());
        Assert.ThrowsAny<IOException>(() => folder.Open("two"));
    }

    [Fact]
    public void A_replacement_that_fails_leaves_nothing_of_itself_behind()
    {
        Directory.CreateDirectory(Path.Combine(path, "taken"));
        var folder = new DiskFolder(path);
        Assert.ThrowsAny<IOException>(() => folder.Replace("taken", "bytes"u8));
        Assert.Empty(folder.List());
    }

    [Fact]
    public void A_journal_left_open_by_a_killed_program_is_opened_whole_by_the_next()
    {
        using var killed = new Bench(new DiskFolder(path), new Random(1));
        killed.Upkeep.MakeSpare();
        for (var i = 0; i < 40; i++)
        {
            killed.Commit(3);
            if (killed.Upkeep.SnapshotIsDue(killed.Journal.Committed))
            {
                killed.Snapshot();
            }
        }

        killed.Journal.Append("{}"u8);
        using var next = new Bench(new DiskFolder(path), new Random(2));
        Assert.Equal(JournalFound.Whole, next.Journal.Opening.Found);
        Assert.Equal(killed.Journal.Committed, next.Journal.Committed);
        Assert.Equal(killed.Fold.Digest, next.Fold.Digest);
        next.Commit(2);
        Assert.Equal([.. killed.Committed, .. next.Committed], next.ReadAll(next.Journal.Epoch));
    }

    public void Dispose() => Directory.Delete(path, recursive: true);
}
