using MotCua.CloudBridge.Hosting;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Views;
using MotCua.Testing;
using Xunit;

namespace MotCua.CloudBridge.Tests.Hosting;

public sealed class ForgetCommandTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("forget-");
    private readonly ManualTime time = new();
    private readonly SourceLog log = new SourceLog("viet-tri").Grow(300);
    private readonly StringWriter said = new();

    public ForgetCommandTests()
    {
        using var store = Stores.Open(directory.FullName, time);
        store.Commit(new BridgeWrites([log.Append(1, 200)], [], []));
        time.Advance(TimeSpan.FromDays(31));
        store.Commit(new BridgeWrites([log.Append(201, 300)], [], []));
    }

    public void Dispose()
    {
        said.Dispose();
        directory.Delete(recursive: true);
    }

    [Fact]
    public void It_asks_first_then_removes_and_the_ledger_says_that_it_was_meant()
    {
        Project();
        Assert.Equal(ForgetCommand.NotConfirmed, Run("2026-12"));
        Assert.Contains("200 events would be gone", said.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, LedgerCommand.Run(["--store", directory.FullName], time, said, said));
        Assert.Equal(0, Run("2026-12", "--yes"));
        said.GetStringBuilder().Clear();
        Assert.Equal(0, LedgerCommand.Run(["--store", directory.FullName], time, said, said));
        Assert.Contains("đã xóa theo thời hạn lưu", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("Complete: 100 events held", said.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, Run("2026-12", "--yes"));
    }

    [Fact]
    public void Nothing_goes_before_its_tickets_and_figures_are_made()
    {
        Assert.Equal(1, Run("2026-12", "--yes"));
        Assert.Contains("not made yet", said.ToString(), StringComparison.Ordinal);
        Project();
        using (var store = Stores.Open(directory.FullName, time))
        using (var writer = store.Views.OpenWriter())
        {
            writer.Begin(Projection.Version);
        }

        Assert.Equal(1, Run("2026-12", "--yes"));
        Assert.Contains("made again", said.ToString(), StringComparison.Ordinal);
        Assert.Equal(300, Events());
    }

    [Theory]
    [InlineData("2027-02", 1)]
    [InlineData("2026-13", 2)]
    [InlineData("last month", 2)]
    public void A_month_that_is_none_or_is_not_over_is_refused(string month, int code)
    {
        Project();
        Assert.Equal(code, Run(month, "--yes"));
        Assert.Equal(300, Events());
    }

    [Fact]
    public void What_is_moved_to_another_engine_is_as_forgotten_there_and_its_figures_go_along()
    {
        Project();
        Assert.Equal(0, Run("2026-12", "--yes"));
        var target = directory.CreateSubdirectory("target").FullName;
        Assert.Equal(0, MoveCommand.Run(["--from", directory.FullName, "--to", target], time, said, said));
        Assert.Equal(0, LedgerCommand.Run(["--store", target], time, said, said));
        Assert.EndsWith("Complete: 100 events held, every hash checked.\n", said.ToString(), StringComparison.Ordinal);
        using var moved = Stores.Open(target, time);
        Assert.True(moved.Views.ReadGenerations().Single(one => one.IsWhole).Row > 0);
    }

    private int Run(string month, params string[] more) => ForgetCommand.Run(["--store", directory.FullName, "--before", month, .. more], time, said, said);

    private long Events()
    {
        using var store = Stores.Open(directory.FullName, time);
        return store.ReadStretches(0, 100).Sum(stretch => (long)stretch.Events.Count);
    }

    private void Project()
    {
        using var store = Stores.Open(directory.FullName, time);
        using var keeper = new ViewKeeper(store, time, new ProjectionStatus());
        while (keeper.Step() == TimeSpan.Zero)
        {
        }
    }
}
