using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Neighbours;
using MotCua.Edge.Health;
using MotCua.Edge.Loop;
using MotCua.Testing;
using Xunit;

namespace MotCua.Edge.SelfTest.Tests;

public sealed class KnownStepTests
{
    private static readonly Neighbour Router = new(new DeviceId("router"), NeighbourKind.Router, "Bộ định tuyến", TimeSpan.FromMinutes(1));
    private static readonly Neighbour Internet = new(new DeviceId("mang"), NeighbourKind.Internet, "Internet", TimeSpan.FromMinutes(1), Router.Id);

    private readonly ManualTime time = new();
    private readonly DeviceBook book;
    private readonly KnownStep portal;

    public KnownStepTests()
    {
        book = new DeviceBook(time, _ => { });
        portal = new KnownStep("cong", "Đang xem Cổng tỉnh.", new Findings(book), [Internet, Router]);
    }

    [Fact]
    public void What_the_journal_said_of_it_yesterday_is_no_result_today()
    {
        book.Enrol("cong", "portal", new DeviceCondition("ready", null, null, time.GetUtcNow()));
        Assert.Null(portal.Look(TimeSpan.Zero));
        Assert.Equal(SelfTestVerdict.NotTried, portal.AtLimit.Verdict);
        book.Report(new DeviceReport(new DeviceId("cong"), DeviceState.Ready));
        Assert.Equal(SelfTestVerdict.Ok, portal.Look(TimeSpan.Zero)!.Verdict);
    }

    [Theory]
    [InlineData("mang", "Internet")]
    [InlineData("router", "Bộ định tuyến")]
    public void What_stands_behind_something_silent_is_not_said_to_work(string silent, string name)
    {
        book.Report(new DeviceReport(new DeviceId("cong"), DeviceState.Ready));
        book.Report(new DeviceReport(new DeviceId(silent), DeviceState.Absent, NeighbourFaults.RouterSilent));
        var result = portal.Look(TimeSpan.Zero)!;
        Assert.Equal(SelfTestVerdict.NotTried, result.Verdict);
        Assert.StartsWith($"Chưa thử: {name} không trả lời", result.Text, StringComparison.Ordinal);
        book.Report(new DeviceReport(new DeviceId(silent), DeviceState.Ready));
        Assert.Equal(SelfTestVerdict.Ok, portal.Look(TimeSpan.Zero)!.Verdict);
    }
}
