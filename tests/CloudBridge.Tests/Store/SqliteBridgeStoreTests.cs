using Microsoft.Data.Sqlite;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Store.Sqlite;
using MotCua.Protocols;
using Xunit;

namespace MotCua.CloudBridge.Tests.Store;

public sealed class SqliteBridgeStoreTests : BridgeStoreContract
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("store-");

    private string PathOfStore => Path.Combine(directory.FullName, "bridge.db");

    protected override IBridgeStore Open(QuarantineLimits limits) => SqliteBridgeStore.Open(PathOfStore, Time, limits);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        directory.Delete(recursive: true);
    }

    [Fact]
    public void A_file_of_a_newer_program_is_refused_and_left_as_it_is()
    {
        Open(new QuarantineLimits()).Dispose();
        Execute("PRAGMA user_version = 99");
        var refused = Assert.Throws<BridgeStoreException>(() => Open(new QuarantineLimits()));
        Assert.Contains("99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_store_is_refused()
    {
        File.WriteAllText(PathOfStore, new string('x', 5000));
        Assert.Throws<BridgeStoreException>(() => Open(new QuarantineLimits()));
    }

    [Fact]
    public void A_full_disk_is_told_as_a_failed_store_and_the_next_commit_works()
    {
        using var store = Open(new QuarantineLimits());
        var log = new SourceLog("viet-tri").Grow(1);
        var append = new LogAppend(new LogId(log.Centre, log.Epoch), LogEnd.Empty, null, log.Batch(1, 1).Events, new LogEnd(1, log.HashAt(1)));
        Execute("CREATE TRIGGER full BEFORE INSERT ON batches BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END");
        Assert.Throws<BridgeStoreException>(() => store.Commit(new BridgeWrites([append], [], [])));
        Execute("DROP TRIGGER full");
        store.Commit(new BridgeWrites([append], [], []));
        Assert.Equal(1, store.FindEnd(append.Log).UpTo);
    }

    [Fact]
    public void Nothing_of_a_picture_is_left_in_the_files_once_its_time_is_over()
    {
        using var store = Open(new QuarantineLimits());
        var (key, at) = (new SnapshotKey(new CentreId("viet-tri"), "khan-1"), new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
        byte[] picture = [.. Enumerable.Repeat("nobody may find this"u8.ToArray(), 3000).SelectMany(one => one)];
        void Commit(SnapshotWrites writes) => store.Commit(new BridgeWrites([], [], []) { Snapshots = writes });
        bool IsInFiles() => directory.EnumerateFiles().Any(file => File.ReadAllBytes(file.FullName).AsSpan().IndexOf("may find this"u8) >= 0);
        Commit(new SnapshotWrites([new AnnouncedSnapshot(key, "camera-sanh", "emergency", "emergency", null, 2, Blur: false, at, at, at.AddMinutes(60))], [], []));
        Commit(new SnapshotWrites([], [new ArrivedSnapshot(key, picture, 1280, 720, at, at)], []));
        Assert.True(IsInFiles());
        // The row is written anew, with the picture in it.
        Commit(new SnapshotWrites([], [], [new EndedSnapshot(key, "sent", null)]));
        Assert.Equal(1, store.Snapshots.Expire(at.AddMinutes(60), 10));
        Assert.False(IsInFiles());
    }

    private void Execute(string text)
    {
        using var connection = new SqliteConnection($"Data Source={PathOfStore};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
