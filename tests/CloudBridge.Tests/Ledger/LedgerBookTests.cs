using MotCua.CloudBridge.Ledger;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Store.Sqlite;
using MotCua.Protocols.Events;
using MotCua.Testing;
using Xunit;

namespace MotCua.CloudBridge.Tests.Ledger;

/// <summary>The ledger as pages show it, kept up behind the log.</summary>
public sealed class LedgerBookTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("book-");
    private readonly ManualTime time = new();
    private readonly SqliteBridgeStore store;
    private readonly LedgerBook book;

    public LedgerBookTests()
    {
        store = SqliteBridgeStore.Open(FileName, time, new QuarantineLimits());
        book = new LedgerBook(store, time);
    }

    private string FileName => Path.Combine(directory.FullName, "bridge.db");

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime.AddHours(7));

    public void Dispose()
    {
        store.Dispose();
        directory.Delete(recursive: true);
    }

    [Fact]
    public void Nothing_is_said_to_be_complete_before_the_ends_were_compared()
    {
        var log = Grow("viet-tri", 200);
        Commit(log, 200);
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={FileName};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM batches WHERE from_seq = 200";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        Assert.Equal(-1, book.Read(Today).State.ToGo);
        while (book.Read(log.Centre).Lacks.Count == 0)
        {
            Assert.NotEqual(0, book.Read(Today).State.ToGo);
            Assert.True(book.Step() > TimeSpan.Zero);
        }

        Assert.Equal(0, book.Read(Today).State.ToGo);
        var lack = Assert.Single(book.Read(log.Centre).Lacks);
        Assert.Equal((LackKind.Vanished, 200L, 200L), (lack.What, lack.From, lack.To));
    }

    [Fact]
    public void It_rests_and_comes_to_an_end_while_centres_go_on_sending()
    {
        var log = Grow("viet-tri", 300);
        Commit(log, 150);
        for (var seq = 151; book.Read(Today).State.ToGo != 0; seq++)
        {
            Assert.True(book.Step() > TimeSpan.Zero);
            store.Commit(new BridgeWrites([log.Append(seq, seq)], [], []));
        }

        Assert.Empty(book.Read(log.Centre).Lacks);
    }

    [Fact]
    public void A_centre_that_lacks_very_much_hides_nothing_of_another()
    {
        var (broken, other) = (Grow("viet-tri", 400), Grow("lam-thao", 3));
        for (var seq = 2; seq <= broken.Length; seq += 2)
        {
            store.Commit(new BridgeWrites([broken.Append(seq, seq, broken.Gap(seq - 1, seq - 1))], [], []));
        }

        store.Commit(new BridgeWrites([other.Append(3, 3, other.Gap(1, 2))], [], []));
        Settle();
        Assert.Equal(LedgerBook.MostRanges, book.Read(broken.Centre).Lacks.Count);
        Assert.Equal(new LedgerLack(other.Centre, other.Epoch, LackKind.DeclaredLost, 1, 2), Assert.Single(book.Read(other.Centre).Lacks));
        var sums = book.Read(Today).Centres;
        Assert.Equal((200L, 200L, 1L, 2L), (sums[broken.Centre].Places, sums[broken.Centre].Lost, sums[other.Centre].Places, sums[other.Centre].Lost));
    }

    [Fact]
    public void Days_that_no_clock_of_today_can_show_take_no_room()
    {
        var log = new SourceLog("viet-tri");
        for (var day = -100; day <= 100; day++)
        {
            log.Add(new DateTimeOffset(Today.AddDays(day).ToDateTime(new TimeOnly(8, 0)), TimeSpan.FromHours(7)), new TicketCalled(Today, "A001", 3, "w"));
        }

        Commit(log, (int)log.Length);
        Settle();
        var days = book.Read(log.Centre).Days;
        Assert.Equal((Today.AddDays(1), Today.AddDays(-LedgerBook.MostDays), LedgerBook.MostDays + 2), (days[0].Date, days[^1].Date, days.Count));
    }

    [Fact]
    public void Counts_that_nobody_can_have_are_held_to_what_sums_can_take()
    {
        var (id, ledger) = (new SourceLog("viet-tri"), new CompletenessLedger([], 1));
        foreach (var epoch in new ulong[] { 1, 2, 3 })
        {
            ledger.Close([], [(new LogId(id.Centre, new EpochId(epoch)), long.MaxValue)]);
        }

        var group = Assert.Single(ledger.Groups);
        Assert.Equal((3L, LedgerDay.Most, 1), (group.Places, group.Events, group.First.Count));
    }

    private SourceLog Grow(string centre, int count)
    {
        var log = new SourceLog(centre);
        for (var i = 1; i <= count; i++)
        {
            log.Add(time.GetUtcNow(), new TicketCalled(Today, $"A{i:d3}", 3, "w"));
        }

        return log;
    }

    private void Commit(SourceLog log, int upTo)
    {
        for (var seq = 1; seq <= upTo; seq++)
        {
            store.Commit(new BridgeWrites([log.Append(seq, seq)], [], []));
        }
    }

    private void Settle()
    {
        do
        {
            book.Step();
        }
        while (book.Read(Today).State.ToGo != 0);
    }
}
