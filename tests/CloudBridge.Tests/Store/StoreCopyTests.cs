using MotCua.CloudBridge.Alerts;
using MotCua.CloudBridge.Hosting;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Store.Postgres;
using MotCua.CloudBridge.Store.Sqlite;
using MotCua.CloudBridge.Views;
using MotCua.Protocols;
using MotCua.Protocols.Events;
using MotCua.Testing;
using Xunit;

namespace MotCua.CloudBridge.Tests.Store;

/// <summary>Moving a province from one engine to the other.</summary>
public sealed class StoreCopyTests(PostgresServer server) : IDisposable
{
    private readonly ManualTime time = new();
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("copy-");
    private readonly SourceLog log = new SourceLog("viet-tri").Grow(300);
    private readonly SourceLog other = new SourceLog("lam-thao", epoch: 2).Grow(40);
    private readonly string database = server.NewDatabase();

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public void Everything_is_the_same_in_the_other_engine_and_back_again()
    {
        using var first = Fill(Sqlite("first"));
        using var second = PostgresBridgeStore.Open(database, time, new QuarantineLimits());
        using var third = Sqlite("third");
        long held = 0;
        StoreCopy.Run(first, second, (now, _) => held = now);
        StoreCopy.Run(second, third, (_, _) => { });
        Assert.Equal(log.Length + other.Length, held);
        foreach (var copy in new IBridgeStore[] { second, third })
        {
            Assert.Equal(Told(first), Told(copy));
            Assert.Equal(Bytes(first.ReadEvents(log.Centre, EventPosition.Start, 500).Events), Bytes(copy.ReadEvents(log.Centre, EventPosition.Start, 500).Events));
            Assert.Equal(first.ReadFacts().Select(fact => (fact.Key, fact.At)), copy.ReadFacts().Select(fact => (fact.Key, fact.At)));
            Assert.Equal(first.ReadQuarantine(10).Select(row => (row.Sha256, row.Seen, row.At)), copy.ReadQuarantine(10).Select(row => (row.Sha256, row.Seen, row.At)));
        }
    }

    [Fact]
    public void Alerts_move_with_what_people_decided_their_rules_and_what_is_still_to_be_told()
    {
        using var first = Fill(Sqlite("first"));
        using var second = PostgresBridgeStore.Open(database, time, new QuarantineLimits());
        using var third = Sqlite("third");
        var at = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var alert = new Alert(4, new RootKey(RootKind.Fault, "viet-tri", "in-1", "printer.paper-out"), at);
        var cause = new AlertCause(new CauseKey(log.Centre, "in-1", "printer.paper-out"), null, at, null, 1, false);
        first.Alerts.Save(first.Alerts.ReadMarks(), new AlertWrites(
            [alert], [(alert, cause)], [], [], [new AlertDelivery(0, 4, "truc-ban", at, "{}", DeliveryStates.Waiting, 0, at, null)]));
        first.Alerts.Tried(first.Alerts.FindDelivery(1)! with { Attempts = 1 }, new DeliveryAttempt(1, at, false, "HTTP 500"));
        first.Alerts.Do(new AlertAct(4, AlertActs.Acknowledge, "Trực ban", "", at));
        first.Alerts.SetRules(0, "{}", "Trực ban", "Thử", at);
        first.Alerts.SetRegion([log.Centre], "Việt Trì", "Trực ban", "Sắp xếp", at);
        StoreCopy.Run(first, second, (_, _) => { });
        StoreCopy.Run(second, third, (_, _) => { });
        StoreCopy.Run(second, third, (_, _) => { });
        foreach (var copy in new IBridgeStore[] { second, third })
        {
            Assert.Equal((first.Alerts.ReadMarks(), 5L), (copy.Alerts.ReadMarks(), copy.Alerts.Load(at).NextId));
            Assert.Equal(("Trực ban", cause), (copy.Alerts.Find(4)!.Care.AcknowledgedBy, Assert.Single(copy.Alerts.Find(4)!.Causes.Values)));
            Assert.Equal((1, "HTTP 500"), (Assert.Single(copy.Alerts.ReadDue(at, 10)).Attempts, Assert.Single(copy.Alerts.ReadAttempts(1, 10)).Note));
            Assert.Equal((1L, "Việt Trì"), (copy.Alerts.ReadRules()!.Version, copy.Alerts.ReadRegions()[log.Centre]));
            Assert.Equal(first.ReadAudit(10), copy.ReadAudit(10));
        }
    }

    [Fact]
    public void Configurations_move_with_their_texts_their_states_and_what_is_wanted()
    {
        using var first = Fill(Sqlite("first"));
        using var second = PostgresBridgeStore.Open(database, time, new QuarantineLimits());
        var at = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var revision in (long[])[7, 8])
        {
            first.Commit(new BridgeWrites([], [], [])
            {
                Configurations = new([new GivenConfiguration(log.Centre, revision, new string('a', 64), $"centre: {log.Centre} # {revision}", "Trực ban", "Thêm quầy", at.AddSeconds(10 * revision))], [], []),
            });
            first.Commit(new BridgeWrites([], [], [])
            {
                Configurations = new([], [], [new ConfigurationStep(log.Centre, revision, "sent", null, at.AddSeconds((10 * revision) + 1)), new ConfigurationStep(log.Centre, revision, "kept", "Tốt.", at.AddSeconds((10 * revision) + 2))]),
            });
        }

        first.Commit(new BridgeWrites([], [], []) { Configurations = new([new GivenConfiguration(other.Centre, 9, new string('b', 64), "centre: x", "Trực ban", "Nhầm", at)], [], []) });
        first.Commit(new BridgeWrites([], [], []) { Configurations = new([], [new ConfigurationWithdrawal(other.Centre, "Trực ban", "Nhầm", at.AddSeconds(3))], []) });
        StoreCopy.Run(first, second, (_, _) => { });
        StoreCopy.Run(first, second, (_, _) => { });
        Assert.Equal(first.ReadAudit(10), second.ReadAudit(10));
        Assert.Equal(first.Configurations.ReadWanted(), second.Configurations.ReadWanted());
        foreach (var (centre, revision) in new[] { (log.Centre, 7L), (log.Centre, 8L), (other.Centre, 9L) })
        {
            var (mine, theirs) = (first.Configurations.Find(centre, revision)!, second.Configurations.Find(centre, revision)!);
            Assert.Equal(mine with { History = [] }, theirs with { History = [] });
            Assert.Equal(mine.History, theirs.History);
        }
    }

    [Fact]
    public void Commands_move_with_their_states_and_the_audit_once()
    {
        using var first = Fill(Sqlite("first"));
        using var second = PostgresBridgeStore.Open(database, time, new QuarantineLimits());
        var silent = new CommandKey(new CentreId("ba-vi"), "lenh-3");
        var (key, at) = (new CommandKey(log.Centre, "lenh-1"), DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()));
        first.Commit(new BridgeWrites([], [], [])
        {
            Commands = [new GivenCommand(key, "self-test", "{}", "Trực ban", "Sau khi sửa loa", at, at.AddHours(1)), new GivenCommand(key with { Id = "lenh-2" }, "self-test", "{}", "Trực ban", "Thử", at, at.AddHours(1))],
            Steps = [new CommandStep(key, "running", "Đang xem loa.", 3, 16, at.AddSeconds(1)), new CommandStep(key, "done", "Xong.", null, null, at.AddSeconds(2))],
        });
        first.Commit(new BridgeWrites([], [], []) { Audit = [new AuditLine(at, "Trực ban", "command:announce", log.Centre, "đã bỏ", "Từ lâu")] });
        first.Commit(new BridgeWrites([], [], []) { Commands = [new GivenCommand(silent, "self-test", "{}", "Trực ban", "Chưa gửi gì", at.AddSeconds(1), at.AddHours(1))] });
        StoreCopy.Run(first, second, (_, _) => { });
        StoreCopy.Run(first, second, (_, _) => { });
        Assert.Equal(4, second.ReadAudit(10).Count);
        Assert.Equal(first.ReadAudit(10), second.ReadAudit(10));
        Assert.Equal("lenh-3", Assert.Single(second.ReadCommands(silent.Centre, 10)).Given.Key.Id);
        Assert.Equal(first.FindCommand(key)!.History, second.FindCommand(key)!.History);
        Assert.Equal(("done", "Xong."), (second.FindCommand(key)!.State, second.FindCommand(key)!.Note));
        Assert.Equal(["lenh-2", "lenh-3"], second.ReadUnanswered().Select(one => one.Given.Key.Id));
    }

    [Fact]
    public void Pictures_move_with_their_looks_their_end_and_what_was_removed_of_them_and_once()
    {
        using var first = Fill(Sqlite("first"));
        using var second = PostgresBridgeStore.Open(database, time, new QuarantineLimits());
        using var third = Sqlite("third");
        var at = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        SnapshotKey here = new(log.Centre, "khan-1"), gone = new(log.Centre, "khan-2"), failed = new(new CentreId("ba-vi"), "khan-3");
        AnnouncedSnapshot Of(SnapshotKey key, int minutes) => new(key, "camera-sanh", "emergency", "emergency", null, 2, Blur: false, at, at, at.AddMinutes(minutes));
        ArrivedSnapshot Came(SnapshotKey key) => new(key, Snapshots.Pictures.Jpeg, 1280, 720, at, at.AddSeconds(2));
        first.Commit(new BridgeWrites([], [], [])
        {
            Snapshots = new([Of(here, 60), Of(gone, 10), Of(failed, 60)], [Came(here), Came(gone)], [new EndedSnapshot(here, "sent", null), new EndedSnapshot(failed, "failed", "Không chụp được.")]),
        });
        first.Snapshots.Look(gone, "look", new SnapshotView(at.AddMinutes(1), "Trực ban", "Có tiếng kêu"));
        first.Snapshots.Expire(at.AddMinutes(10), 5);
        foreach (var (from, to) in new (IBridgeStore, IBridgeStore)[] { (first, second), (first, second), (second, third) })
        {
            StoreCopy.Run(from, to, (_, _) => { });
            foreach (var key in new[] { here, gone, failed })
            {
                var (mine, theirs) = (first.Snapshots.Find(key)!, to.Snapshots.Find(key)!);
                Assert.Equal(mine with { Views = [] }, theirs with { Views = [] });
                Assert.Equal(mine.Views, theirs.Views);
                Assert.Equal(first.Snapshots.ReadPicture(key), to.Snapshots.ReadPicture(key));
            }

            Assert.Equal(first.ReadAudit(9), to.ReadAudit(9));
        }
    }

    [Fact]
    public void A_copy_that_broke_off_goes_on_and_copies_nothing_twice()
    {
        using var source = Fill(Sqlite("source"));
        using var target = Sqlite("target");
        Assert.Throws<InvalidOperationException>(() => StoreCopy.Run(source, target, (_, _) => throw new InvalidOperationException("power cut")));
        StoreCopy.Run(source, target, (_, _) => { });
        Assert.Equal(Told(source), Told(target));
    }

    [Fact]
    public void A_copy_that_broke_off_before_it_took_forgotten_months_over_takes_them_over()
    {
        var date = new DateOnly(2026, 11, 23);
        var morning = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7));
        var day = new SourceLog("ba-vi").Add(morning, new TicketIssued(date, "A001", "dat-dai", "0123456789012345678901", "api", 0)).Add(morning.AddMinutes(5), new TicketCalled(date, "A001", 3, "w"));
        using var source = Sqlite("source");
        source.Commit(new BridgeWrites([Append(day, 1, 2)], [], []));
        using (Fill(source))
        {
            using (var keeper = new ViewKeeper(source, time, new ProjectionStatus()))
            {
                while (keeper.Step() == TimeSpan.Zero)
                {
                }
            }

            var plan = source.Retention.Plan(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
            source.Retention.Forget(plan, time.GetUtcNow());
            using var target = Sqlite("target");
            Assert.Throws<InvalidOperationException>(() => StoreCopy.Run(source, target, (_, _) => throw new InvalidOperationException("power cut")));
            using (var writer = target.Views.OpenWriter())
            {
                writer.Begin(Projection.Version);
            }

            StoreCopy.Run(source, target, (_, _) => { });
            Assert.Equal(1, Assert.Single(source.Views.ReadFigures(date, date, day.Centre)).Counts.Issued);
            Assert.Equal(source.Views.ReadFigures(date, date, null), target.Views.ReadFigures(date, date, null));
        }
    }

    [Fact]
    public void A_target_with_another_history_is_refused()
    {
        using var source = Fill(Sqlite("source"));
        using var target = Sqlite("target");
        target.Commit(new BridgeWrites([Append(new SourceLog("viet-tri").Grow(7, "khác"), 1, 7)], [], []));
        Assert.Throws<BridgeStoreException>(() => StoreCopy.Run(source, target, (_, _) => { }));
    }

    [Fact]
    public void A_source_that_the_disk_has_changed_is_told_and_not_copied_as_truth()
    {
        using (Fill(Sqlite("source")))
        {
        }

        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(directory.FullName, "source", "bridge.db")};Pooling=False"))
        {
            connection.Open();
            using var change = connection.CreateCommand();
            change.CommandText = "UPDATE batches SET bytes = CAST(replace(CAST(bytes AS TEXT), 'A005', 'A006') AS BLOB) WHERE from_seq = 1 AND log = 1";
            Assert.Equal(1, change.ExecuteNonQuery());
        }

        using var source = Sqlite("source");
        using var target = Sqlite("target");
        var told = Assert.Throws<BridgeStoreException>(() => StoreCopy.Run(source, target, (_, _) => { }));
        Assert.Contains("damaged", told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(target.ReadLogs(), held => held.Log.Centre == log.Centre);
    }

    [Fact]
    public void The_command_says_what_it_did_and_what_is_wrong()
    {
        using (Fill(Sqlite("source")))
        {
        }

        using var output = new StringWriter();
        Assert.Equal(0, MoveCommand.Run(["--from", Path.Combine(directory.FullName, "source"), "--to", database], TimeProvider.System, output, output));
        Assert.Contains("340 / 340 events", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, MoveCommand.Run(["--from", "/nowhere", "--to", database], TimeProvider.System, output, output));
        Assert.Equal(2, MoveCommand.Run(["--to", database], TimeProvider.System, output, output));
        Assert.Equal(1, MoveCommand.Run(["--from", Path.Combine(directory.FullName, "source"), "--to", "Host=/nowhere;Database=x"], TimeProvider.System, output, output));
    }

    private SqliteBridgeStore Sqlite(string name) =>
        SqliteBridgeStore.Open(Path.Combine(directory.CreateSubdirectory(name).FullName, "bridge.db"), time, new QuarantineLimits());

    private SqliteBridgeStore Fill(SqliteBridgeStore store)
    {
        store.Commit(new BridgeWrites([Append(log, 1, 100), Append(other, 1, 20)], [QuarantinedMessage.Of(time.GetUtcNow(), "t", null, "why", new byte[] { 1 })], []));
        time.Advance(TimeSpan.FromDays(31));
        var refused = QuarantinedMessage.Of(time.GetUtcNow(), "t", null, "why", new byte[] { 1 });
        store.Commit(new BridgeWrites(
            [Append(log, 151, 300, log.Gap(101, 150)), Append(other, 21, 40)], [refused],
            [new Fact(new FactKey(log.Centre, FactKind.Device, "loa"), time.GetUtcNow(), "{}"u8.ToArray())]));
        return store;
    }

    private static LogAppend Append(SourceLog log, long from, long to, DeclaredGap? gap = null)
    {
        var before = gap is null ? from - 1 : gap.From - 1;
        return new LogAppend(new LogId(log.Centre, log.Epoch), new LogEnd(before, log.HashAt(before)), gap, log.Batch(from, to).Events, new LogEnd(to, log.HashAt(to)));
    }

    private static List<(CentreId, long, long, DeclaredGap?, DateTimeOffset)> Told(IBridgeStore store) =>
        [.. store.ReadStretches(0, 500).Select(one => (one.Log.Centre, one.From, one.To, one.Gap, one.ReceivedAt))];

    private static List<byte[]> Bytes(IEnumerable<ReadOnlyMemory<byte>> events) => [.. events.Select(e => e.ToArray())];
}
