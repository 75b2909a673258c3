using MotCua.CloudBridge.Hosting;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Views;
using Xunit;

namespace MotCua.CloudBridge.Tests.Hosting;

public sealed class RebuildCommandTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("rebuild-");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public void It_makes_the_views_again_says_what_it_did_and_goes_on_after_it_was_broken_off()
    {
        var log = new SourceLog("viet-tri").Grow(500);
        using (var store = Stores.Open(directory.FullName, TimeProvider.System))
        {
            store.Commit(new BridgeWrites([log.Append(1, 200), log.Append(201, 500)], [], []) { Snapshots = new([Announced], [], []) });
        }

        using var output = new StringWriter();
        Assert.Equal(RebuildCommand.BrokenOff, Run(output, new CancellationToken(canceled: true)));
        Assert.Equal(0, Run(output, TestContext.Current.CancellationToken));
        Assert.Contains("Made again from 500 events: 0 of unknown types, 0 unusable, 500 about tickets of lost parts.", output.ToString(), StringComparison.Ordinal);
        using var opened = Stores.Open(directory.FullName, TimeProvider.System);
        // Pictures are no views: they are not made of the log, and a rebuild leaves them as they are.
        Assert.Equal(Announced, Assert.Single(opened.Snapshots.Read(log.Centre, 5)).Announced);
        Assert.Equal((true, Projection.Version, 2L), (opened.Views.ReadGenerations()[0].IsWhole, opened.Views.ReadGenerations()[0].Version, opened.Views.ReadGenerations()[0].Row));
    }

    private static AnnouncedSnapshot Announced { get; } = new(
        new SnapshotKey(new Protocols.CentreId("viet-tri"), "khan-1"), "camera-sanh", "emergency", "emergency", null, 2, Blur: false, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1));

    [Theory]
    [InlineData()]
    [InlineData("--store")]
    [InlineData("--store", "/nowhere")]
    public void A_wrong_command_line_is_answered_with_the_right_one(params string[] args)
    {
        using var said = new StringWriter();
        Assert.Equal(2, RebuildCommand.Run(args, TimeProvider.System, said, said, TestContext.Current.CancellationToken));
        Assert.Contains("cloud-bridge rebuild --store STORE", said.ToString(), StringComparison.Ordinal);
    }

    private int Run(TextWriter output, CancellationToken stop) => RebuildCommand.Run(["--store", directory.FullName], TimeProvider.System, output, output, stop);
}
