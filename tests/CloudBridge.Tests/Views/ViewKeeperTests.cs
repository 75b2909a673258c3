using MotCua.CloudBridge.Views;
using Xunit;

namespace MotCua.CloudBridge.Tests.Views;

public sealed class ViewKeeperTests : IDisposable
{
    private readonly BridgeRig bridge = new();

    public void Dispose() => bridge.Dispose();

    [Fact]
    public void Whatever_stops_the_views_is_told_on_the_page_and_goes_when_they_go_on()
    {
        var status = new ProjectionStatus();
        using var keeper = new ViewKeeper(bridge.Store, bridge.Time, status);
        while (keeper.Step() == TimeSpan.Zero)
        {
        }

        bridge.Store.Unreadable = new OverflowException("a sum ran over");
        Assert.Throws<OverflowException>(() => keeper.Step());
        Assert.Equal("a sum ran over", status.Now.Fault);
        bridge.Store.Unreadable = null;
        while (keeper.Step() == TimeSpan.Zero)
        {
        }

        Assert.Null(status.Now.Fault);
    }
}
