using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Journal.Tests;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Uplink.Tests;

public sealed class UnreadableEndTests
{
    [Fact]
    public void An_older_journal_whose_end_cannot_be_read_is_told_and_the_current_one_is_shipped_all_the_same()
    {
        using var before = new UplinkBench();
        before.Issue(60);
        AfterACrashTests.Alter(before.Edge.Disk, "A055");

        using var after = new UplinkBench(seed: 2, before.Edge.Disk, before.Time);
        var previous = after.Edge.Journal.Opening.Previous!.Value;
        Assert.Equal(before.Epoch, previous.Epoch);
        after.Edge.Loop.Record(new JournalOpened("damage", new JournalEnd(previous.Epoch.ToString(), previous.Seq, previous.Hash.ToString()), after.Edge.Journal.Opening.Skip), light: false);
        after.Issue(3);
        var old = AppendAndReadTests.Segments(after.Edge.Disk)[0];
        foreach (var page in Enumerable.Range(2, 14))
        {
            after.Edge.Disk.MakeUnreadable(old, page);
        }

        after.Online();
        after.Run(TimeSpan.FromSeconds(60));
        Assert.Equal("journal.old-damage", after.FaultOf("journal"));
        after.BridgeHoldsTheJournal();
        after.Issue(2);
        after.Run(TimeSpan.FromSeconds(30));
        after.BridgeHoldsTheJournal();
        Assert.InRange(after.Bridge.UpTo(previous.Epoch), 1, previous.Seq - 1);
        Assert.InRange(after.Uplink.Pending, 1, previous.Seq);
    }
}
