using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Store.Postgres;
using MotCua.CloudBridge.Views;
using Npgsql;
using Xunit;

namespace MotCua.CloudBridge.Tests.Store;

public sealed class PostgresBridgeStoreTests(PostgresServer server) : BridgeStoreContract
{
    private readonly string database = server.NewDatabase();

    protected override IBridgeStore Open(QuarantineLimits limits) => PostgresBridgeStore.Open(database, Time, limits);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        NpgsqlConnection.ClearAllPools();
    }

    [Fact]
    public void A_database_of_a_newer_program_is_refused_and_left_as_it_is()
    {
        Open(new QuarantineLimits()).Dispose();
        PostgresServer.Execute(database, "UPDATE schema_version SET version = 99");
        var refused = Assert.Throws<BridgeStoreException>(() => Open(new QuarantineLimits()));
        Assert.Contains("99", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=/nowhere;Username=motcua;Database=motcua")]
    [InlineData("this is no connection string")]
    public void A_server_that_is_not_there_is_told(string connection) =>
        Assert.Throws<BridgeStoreException>(() => PostgresBridgeStore.Open(connection, Time, new QuarantineLimits()));

    [Fact]
    public void Bridges_that_start_together_make_the_tables_once()
    {
        var stores = new IBridgeStore[4];
        Parallel.For(0, stores.Length, i => stores[i] = Open(new QuarantineLimits()));
        var log = new SourceLog("viet-tri").Grow(stores.Length);
        for (var i = 0; i < stores.Length; i++)
        {
            stores[i].Commit(new BridgeWrites([One(log, i + 1)], [], []));
        }

        Assert.Equal(stores.Length, stores[0].FindEnd(new LogId(log.Centre, log.Epoch)).UpTo);
        Array.ForEach(stores, store => store.Dispose());
    }

    [Fact]
    public void A_bridge_whose_place_another_has_written_writes_nothing_and_goes_on_from_there()
    {
        using var one = Open(new QuarantineLimits());
        using var other = Open(new QuarantineLimits());
        var log = new SourceLog("viet-tri").Grow(2);
        one.Commit(new BridgeWrites([One(log, 1)], [], []));
        Assert.Throws<LogMovedException>(() => other.Commit(new BridgeWrites([One(log, 1)], [], [])));
        other.Commit(new BridgeWrites([One(log, 2)], [], []));
        Assert.Equal(2, one.FindEnd(new LogId(log.Centre, log.Epoch)).UpTo);
    }

    [Fact]
    public void Whoever_reads_on_while_several_bridges_write_misses_nothing()
    {
        const int Writers = 3;
        const int Each = 60;
        var centre = "viet-tri";
        using var reading = Open(new QuarantineLimits());
        var seen = 0;
        var position = EventPosition.Start;
        var writing = Task.WhenAll(Enumerable.Range(1, Writers).Select(epoch => Task.Run(() =>
        {
            using var store = Open(new QuarantineLimits());
            var log = new SourceLog(centre, epoch: (ulong)epoch).Grow(Each);
            for (var seq = 1; seq <= Each; seq++)
            {
                store.Commit(new BridgeWrites([One(log, seq)], [], []));
            }
        })));
        while (true)
        {
            var ended = writing.IsCompleted;
            var page = reading.ReadEvents(new SourceLog(centre).Centre, position, 500);
            (seen, position) = (seen + page.Events.Count, page.Next);
            if (ended && page.Events.Count == 0)
            {
                break;
            }
        }

        Assert.True(writing.IsCompletedSuccessfully, writing.Exception?.ToString());
        Assert.Equal(Writers * Each, seen);
    }

    [Fact]
    public void A_connection_that_the_server_ended_is_opened_again_for_the_next_commit()
    {
        using var store = Open(new QuarantineLimits());
        var log = new SourceLog("viet-tri").Grow(2);
        store.Commit(new BridgeWrites([One(log, 1)], [], []));
        PostgresServer.Execute(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cloud-bridge' AND datname = current_database()");
        Assert.Throws<BridgeStoreException>(() => store.Commit(new BridgeWrites([One(log, 2)], [], [])));
        store.Commit(new BridgeWrites([One(log, 2)], [], []));
        Assert.Equal(2, store.FindEnd(new LogId(log.Centre, log.Epoch)).UpTo);
    }

    [Fact]
    public void Each_month_has_a_partition_of_its_own_and_is_read_as_one_log()
    {
        using var store = Open(new QuarantineLimits());
        var log = new SourceLog("viet-tri").Grow(3);
        for (var month = 1; month <= 3; month++)
        {
            store.Commit(new BridgeWrites([One(log, month)], [], []));
            Time.Advance(TimeSpan.FromDays(31));
        }

        using var source = NpgsqlDataSource.Create(database);
        using var partitions = source.CreateCommand("SELECT count(*) FROM pg_inherits WHERE inhparent = 'batches'::regclass");
        Assert.Equal(4L, partitions.ExecuteScalar()); // The next one is ready.
        Assert.Equal(3, store.ReadEvents(log.Centre, EventPosition.Start, 10).Events.Count);
        Assert.Equal(3, store.ReadLog(new LogId(log.Centre, log.Epoch), 1, 3).Sum(stretch => stretch.Events.Count));
    }

    [Fact]
    public void The_first_commit_of_a_month_waits_for_nobody_who_reads_and_finds_its_partition_ready()
    {
        using (var store = Open(new QuarantineLimits()))
        {
            store.Commit(new BridgeWrites([One(new SourceLog("lam-thao").Grow(1), 1)], [], []));
        }

        using var reading = NpgsqlDataSource.Create(database).OpenConnection();
        using var open = reading.BeginTransaction();
        using (var read = new NpgsqlCommand("SELECT count(*) FROM batches", reading))
        {
            read.ExecuteScalar();
        }

        Time.Advance(TimeSpan.FromDays(100));
        using var another = Open(new QuarantineLimits());
        another.Commit(new BridgeWrites([One(new SourceLog("viet-tri").Grow(1), 1)], [], [])); // Otherwise it gives up after ten seconds.
        Time.Advance(TimeSpan.FromDays(31));
        using (var read = new NpgsqlCommand("SELECT to_regclass('batches_2027_03') IS NOT NULL AND to_regclass('batches_2027_04') IS NOT NULL", reading))
        {
            Assert.Equal(true, read.ExecuteScalar());
        }
    }

    [Fact]
    public void A_month_whose_removal_was_broken_off_is_removed_all_the_same_and_can_come_again()
    {
        using var store = Open(new QuarantineLimits());
        var log = new SourceLog("viet-tri").Grow(4);
        store.Commit(new BridgeWrites([One(log, 1)], [], []));
        Time.Advance(TimeSpan.FromDays(31));
        store.Commit(new BridgeWrites([One(log, 2)], [], []));
        using (var keeper = new ViewKeeper(store, Time, new ProjectionStatus()))
        {
            Settle(keeper);
        }

        var (before, november) = (new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), Time.GetUtcNow().AddDays(-31));
        BreakOff("batches_2026_11");
        // In sight of nobody, and still there: nothing is left to plan, and what was recorded goes.
        Assert.Equal(0, store.Retention.Plan(before).Stretches);
        store.Retention.Forget(new ForgetPlan(before, 1, 1, 1, true), Time.GetUtcNow());
        Assert.False(IsThere("batches_2026_11"));
        using (var third = Open(new QuarantineLimits()))
        {
            third.Commit(new BridgeWrites([One(log, 3)], [], []) { ReceivedAt = november });
        }

        BreakOff("batches_2026_11");
        using var another = Open(new QuarantineLimits());
        another.Commit(new BridgeWrites([One(log, 4)], [], []) { ReceivedAt = november });
        Assert.Equal(4, another.ReadStretches(2, 10)[0].To);
        // A clock that was set back has put it there; it is not of those that were to be forgotten.
        another.Retention.Finish();
        Assert.True(IsThere("batches_2026_11"));
    }

    // As a kill in the middle of taking it away: somebody reads, so it waits, and is ended there.
    private void BreakOff(string partition)
    {
        using var source = NpgsqlDataSource.Create(database);
        using var reading = source.OpenConnection();
        using var open = reading.BeginTransaction();
        using (var read = new NpgsqlCommand("SELECT count(*) FROM batches", reading))
        {
            read.ExecuteScalar();
        }

        using var removing = source.OpenConnection();
        using (var patience = new NpgsqlCommand("SET statement_timeout = 500", removing))
        {
            patience.ExecuteNonQuery();
        }

        using var detach = new NpgsqlCommand($"ALTER TABLE batches DETACH PARTITION {partition} CONCURRENTLY", removing);
        Assert.Throws<PostgresException>(() => detach.ExecuteNonQuery());
    }

    private bool IsThere(string table)
    {
        using var source = NpgsqlDataSource.Create(database);
        using var find = source.CreateCommand($"SELECT to_regclass('{table}') IS NOT NULL");
        return (bool)find.ExecuteScalar()!;
    }

    [Fact]
    public void One_bridge_keeps_the_views_up_and_another_takes_over_when_its_connection_is_gone()
    {
        using var one = Open(new QuarantineLimits());
        using var other = Open(new QuarantineLimits());
        var (leading, following) = (new ProjectionStatus(), new ProjectionStatus());
        using var first = new ViewKeeper(one, Time, leading);
        using var second = new ViewKeeper(other, Time, following);
        var log = new SourceLog("viet-tri").Grow(3);
        Settle(first);
        Settle(second);
        one.Commit(new BridgeWrites([One(log, 1)], [], []));
        Settle(second);
        Assert.Equal((true, false, 1L), (leading.Now.Leads, following.Now.Leads, following.Now.LagRows));
        Settle(first);

        PostgresServer.Execute(database, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()");
        one.Commit(new BridgeWrites([One(log, 2)], [], []));
        Settle(second);
        Assert.Equal((true, 0L, 2L), (following.Now.Leads, following.Now.LagRows, following.Now.Events));
        for (var i = 0; i < 4; i++)
        {
            Settle(first);
        }

        Assert.False(leading.Now.Leads);
        one.Commit(new BridgeWrites([One(log, 3)], [], []));
        Settle(first);
        Assert.Equal(2, one.Views.ReadGenerations()[0].Row);
        second.Dispose();
        Settle(first);
        Assert.Equal((true, 3L), (leading.Now.Leads, leading.Now.Events));
    }

    [Fact]
    public void A_commit_whose_end_nobody_heard_is_in_doubt_and_the_next_one_tells()
    {
        using var store = Open(new QuarantineLimits());
        var log = new SourceLog("viet-tri").Grow(2);
        store.Commit(new BridgeWrites([One(log, 1)], [], []));
        // Runs inside COMMIT, as a deferred check does: the server ends this very connection there.
        PostgresServer.Execute(database, """
            CREATE FUNCTION end_me() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER end_me AFTER INSERT ON commands DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION end_me();
            """);
        var given = new GivenCommand(new CommandKey(log.Centre, "lenh"), "self-test", "{}", "Trực ban", "Thử", Time.GetUtcNow(), Time.GetUtcNow().AddHours(1));
        Assert.Throws<CommitInDoubtException>(() => store.Commit(new BridgeWrites([], [], []) { Commands = [given] }));
        store.Commit(new BridgeWrites([], [], []));
        Assert.Null(store.FindCommand(given.Key));
    }

    [Fact]
    public void What_no_text_of_the_engine_can_hold_is_quarantined_all_the_same()
    {
        using var store = Open(new QuarantineLimits());
        store.Commit(new BridgeWrites([], [QuarantinedMessage.Of(Time.GetUtcNow(), "a\0b\ud800", null, "\0", new byte[] { 0, 255 })], []));
        Assert.Equal(2, Assert.Single(store.ReadQuarantine(10)).Size);
    }

    private static LogAppend One(SourceLog log, int seq) => new(
        new LogId(log.Centre, log.Epoch), new LogEnd(seq - 1, log.HashAt(seq - 1)), null, log.Batch(seq, seq).Events, new LogEnd(seq, log.HashAt(seq)));
}
