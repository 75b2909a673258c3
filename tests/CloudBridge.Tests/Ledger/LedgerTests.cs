using System.Text.Json;
using MotCua.CloudBridge.Hosting;
using MotCua.CloudBridge.Ledger;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Store.Sqlite;
using MotCua.Protocols.Events;
using MotCua.Protocols.State;
using Xunit;

namespace MotCua.CloudBridge.Tests.Ledger;

public sealed class LedgerTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("ledger-");
    private readonly SourceLog log = new SourceLog("viet-tri").Grow(300);

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public void A_store_that_holds_everything_is_complete()
    {
        Fill([(1, 120, null), (121, 300, null)]);
        var (code, said) = Run();
        Assert.Equal(0, code);
        Assert.Contains("300 events held", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Tickets_are_counted_by_business_date_and_events_by_the_day_in_Viet_Nam()
    {
        var ledger = new CompletenessLedger([], 10);
        var evening = new DateTimeOffset(2026, 11, 23, 16, 59, 59, TimeSpan.Zero); // One second to midnight there.
        var hash = ChainHash.Genesis;
        List<ReadOnlyMemory<byte>> events = [];
        foreach (var (at, data) in new (DateTimeOffset, EventData)[]
        {
            (evening, new TicketIssued(new DateOnly(2026, 11, 23), "A001", "dat-dai", "0123456789012345678901", "api", 0)),
            (evening.AddSeconds(1), new TicketIssued(new DateOnly(2026, 11, 23), "A002", "dat-dai", "0123456789012345678902", "api", 0)),
            (evening, new TicketCalled(new DateOnly(2026, 11, 23), "A001", 3, "Đến lượt.")),
            (evening.AddSeconds(1), new TicketCalled(new DateOnly(2026, 11, 23), "A002", 3, "Đến lượt.")),
        })
        {
            var output = new System.Buffers.ArrayBufferWriter<byte>();
            EventCodec.Write(output, new EventHeader(log.Centre, log.Epoch, events.Count + 1, at, 1, "0badcafe", ClockTrust.Synced), data);
            events.Add(output.WrittenMemory);
            hash = hash.Next(output.WrittenSpan);
        }

        ledger.Add(new StoredStretch(1, new LogId(log.Centre, log.Epoch), 1, null, hash, evening, events));
        Assert.Equal([new LedgerDay(log.Centre, new DateOnly(2026, 11, 23), 2, 3, 0), new LedgerDay(log.Centre, new DateOnly(2026, 11, 24), 0, 1, 0)], ledger.Days);
        Assert.Empty(ledger.Lacks);
    }

    [Fact]
    public void What_the_centre_declared_lost_and_what_it_has_not_sent_yet_is_named()
    {
        Fill([(1, 100, null), (151, 300, log.Gap(101, 150))], birthTo: 320);
        var (code, said) = Run();
        Assert.Equal(LedgerCommand.Lacking, code);
        Assert.Contains("viet-tri: 101–150", said, StringComparison.Ordinal);
        Assert.Contains("viet-tri: 301–320", said, StringComparison.Ordinal);
        Assert.Contains("2026-11-23", said, StringComparison.Ordinal);
        Assert.Matches(@"2026-11-23 +0 +250 +50", said);
    }

    [Theory]
    [InlineData("UPDATE batches SET bytes = CAST(replace(CAST(bytes AS TEXT), 'A121', 'A122') AS BLOB) WHERE from_seq = 121", LackKind.Altered, 121, 200)]
    [InlineData("DELETE FROM batches WHERE from_seq = 121", LackKind.Vanished, 121, 200)]
    [InlineData("DELETE FROM batches WHERE from_seq = 201", LackKind.Vanished, 201, 300)]
    public void What_the_disk_or_a_hand_has_changed_is_named_and_the_rest_is_still_checked(string change, LackKind what, long from, long to)
    {
        Fill([(1, 120, null), (121, 200, null), (201, 300, null)]);
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(directory.FullName, "bridge.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = change;
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        var (code, said) = Run();
        Assert.Equal(LedgerCommand.Lacking, code);
        Assert.Contains($"viet-tri: {from}–{to}", said, StringComparison.Ordinal);
        Assert.Contains(what == LackKind.Altered ? "altered" : "gone", said, StringComparison.Ordinal);
        Assert.Contains("1 places", said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_of_a_time_that_no_day_has_is_counted_without_one()
    {
        var ledger = new CompletenessLedger([], 10);
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        EventCodec.Write(
            output, new EventHeader(log.Centre, log.Epoch, 1, new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero), 1, "0badcafe", ClockTrust.Unsynced), new TicketCalled(new DateOnly(2026, 11, 23), "A001", 3, "w"));
        ledger.Add(new StoredStretch(1, new LogId(log.Centre, log.Epoch), 1, null, ChainHash.Genesis.Next(output.WrittenSpan), DateTimeOffset.UnixEpoch, [output.WrittenMemory]));
        Assert.Equal(new LedgerDay(log.Centre, default, 0, 1, 0), Assert.Single(ledger.Days));
    }

    [Fact]
    public void Rows_that_were_rewritten_whole_are_not_what_was_acknowledged()
    {
        var (other, ledger) = (new SourceLog("viet-tri").Grow(2, "khác"), new CompletenessLedger([], 10));
        var id = new LogId(log.Centre, log.Epoch);
        ledger.Add(new StoredStretch(1, id, 1, null, other.HashAt(2), DateTimeOffset.UnixEpoch, other.Batch(1, 2).Events));
        ledger.Close([(id, new LogEnd(2, log.HashAt(2)))], []);
        Assert.Equal(LackKind.Altered, Assert.Single(ledger.Lacks).What);
    }

    [Fact]
    public void A_folder_without_a_store_is_no_complete_store() =>
        Assert.Equal(2, LedgerCommand.Run(["--store", directory.FullName], TimeProvider.System, TextWriter.Null, TextWriter.Null));

    [Fact]
    public void One_centre_can_be_asked_for_alone_and_a_wrong_line_is_told()
    {
        Fill([(1, 300, null)]);
        Assert.Equal(0, Run("--centre", "viet-tri").Code);
        Assert.Contains("0 events held", Run("--centre", "lam-thao").Said, StringComparison.Ordinal);
        Assert.Equal(2, Run("--centre", "no such centre").Code);
        Assert.Equal(2, LedgerCommand.Run(["--store", "/nowhere"], TimeProvider.System, TextWriter.Null, TextWriter.Null));
    }

    private (int Code, string Said) Run(params string[] more)
    {
        using var said = new StringWriter();
        return (LedgerCommand.Run(["--store", directory.FullName, .. more], TimeProvider.System, said, said), said.ToString());
    }

    private void Fill((int From, int To, DeclaredGap? Gap)[] stretches, long birthTo = 300)
    {
        using var store = SqliteBridgeStore.Open(Path.Combine(directory.FullName, "bridge.db"), TimeProvider.System, new QuarantineLimits());
        foreach (var (from, to, gap) in stretches)
        {
            var before = gap is null ? from - 1 : gap.From - 1;
            store.Commit(new BridgeWrites(
                [new LogAppend(new LogId(log.Centre, log.Epoch), new LogEnd(before, log.HashAt(before)), gap, log.Batch(from, to).Events, new LogEnd(to, log.HashAt(to)))], [], []));
        }

        var birth = new BirthMessage(1, "Việt Trì", "1", new string('0', 64), [new BirthEpoch(log.Epoch.ToString(), 1, birthTo)], []);
        store.Commit(new BridgeWrites([], [], [new Fact(
            new FactKey(log.Centre, FactKind.Birth, ""), DateTimeOffset.UnixEpoch, JsonSerializer.SerializeToUtf8Bytes(birth, StateJson.Default.BirthMessage))]));
    }
}
