using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.Configuration;
using Xunit;

namespace MotCua.CloudBridge.Tests.Store;

/// <content>Configurations of centres and their audit.</content>
public abstract partial class BridgeStoreContract
{
    [Fact]
    public void A_configuration_is_there_after_reopening_with_its_text_and_its_line_in_the_audit()
    {
        Configure(7);
        Reopen();
        var read = Store.Configurations.Find(log.Centre, 7);
        Assert.Equal((Configuration(7), true, ConfigurationStages.Waiting, null), (read!.Given, read.IsWanted, read.State, read.Note));
        Assert.Equal([new ConfigurationMoment(ConfigurationStages.Waiting, null, Given.AddSeconds(7))], read.History);
        Assert.Equal(Configuration(7) with { Text = "" }, Assert.Single(Store.Configurations.Read(log.Centre, 5)).Given);
        Assert.Equal(Configuration(7), Store.Configurations.FindText(log.Centre, Configuration(7).Hash)?.Given);
        Assert.Equal(new WantedConfiguration(log.Centre, 7, read.Given.Hash, ConfigurationStages.Waiting), Assert.Single(Store.Configurations.ReadWanted()));
        Assert.Equal([log.Centre], Store.Configurations.ReadCentres());
        Assert.Equal(new AuditLine(Given.AddSeconds(7), "Điều hành tỉnh", "configuration", log.Centre, "7", "Thêm quầy"), Assert.Single(Store.ReadAudit(5)));
        Assert.Null(Store.Configurations.Find(new CentreId("lam-thao"), 7));
        Assert.Null(Store.Configurations.FindText(log.Centre, "anything"));
    }

    [Fact]
    public void The_newest_is_wanted_and_one_that_nobody_answered_is_superseded()
    {
        Configure(7);
        Became(7, ConfigurationStages.Sent, 8);
        Configure(9);
        Became(9, ConfigurationStages.Sent, 10);
        Became(9, ConfigurationOutcome.Kept, 11);
        Configure(12);
        Assert.Equal(12, Assert.Single(Store.Configurations.ReadWanted()).Revision);
        Assert.Equal(
            [(12, "waiting", true), (9, "kept", false), (7, "superseded", false)], Store.Configurations.Read(log.Centre, 5).Select(one => ((int)one.Given.Revision, one.State, one.IsWanted)));
        Assert.Equal(["waiting", "sent", "superseded"], Store.Configurations.Find(log.Centre, 7)!.History.Select(one => one.State));
    }

    [Fact]
    public void What_the_centre_says_counts_as_it_comes_and_what_the_bridge_did_only_before()
    {
        Configure(7);
        Became(7, ConfigurationOutcome.Tried, 8);
        Became(7, ConfigurationStages.Sent, 9); // Late.
        Became(7, ConfigurationOutcome.Kept, 10, "Tốt.");
        Became(7, ConfigurationOutcome.Kept, 11, "Lại nói.");
        Became(7, ConfigurationOutcome.SetAside, 12, "Sửa tại chỗ.");
        Became(8, ConfigurationOutcome.Kept, 13); // Never given.
        var read = Store.Configurations.Find(log.Centre, 7)!;
        Assert.Equal(("set-aside", "Sửa tại chỗ.", Given.AddSeconds(12)), (read.State, read.Note, read.At));
        Assert.Equal(
            [new("waiting", null, Given.AddSeconds(7)), new("tried", null, Given.AddSeconds(8)), new("kept", "Tốt.", Given.AddSeconds(10)), new ConfigurationMoment("set-aside", "Sửa tại chỗ.", Given.AddSeconds(12))],
            read.History);
        Assert.Single(Store.Configurations.Read(log.Centre, 5));
    }

    [Fact]
    public void What_is_taken_back_is_wanted_no_more_and_what_runs_stays_what_it_is()
    {
        Configure(7);
        Became(7, ConfigurationOutcome.Kept, 8);
        Withdraw(9);
        Assert.Empty(Store.Configurations.ReadWanted());
        Assert.Equal(("kept", false), (Store.Configurations.Find(log.Centre, 7)!.State, Store.Configurations.Find(log.Centre, 7)!.IsWanted));
        Configure(10);
        Withdraw(11);
        Assert.Equal("withdrawn", Store.Configurations.Find(log.Centre, 10)!.State);
        Assert.Equal(["configuration:withdraw", "configuration", "configuration:withdraw", "configuration"], Store.ReadAudit(10).Select(line => line.Action));
    }

    [Fact]
    public void The_oldest_texts_make_room_and_their_audit_stays()
    {
        for (var revision = 1; revision <= 30; revision++)
        {
            Configure(revision);
        }

        var kept = Store.Configurations.Read(log.Centre, 100).Select(one => one.Given.Revision).ToList();
        Assert.Equal((30, 20), (kept[0], kept.Count));
        Assert.Null(Store.Configurations.Find(log.Centre, 5));
        Assert.Equal(30, Store.ReadAudit(100).Count);
        Assert.All(Store.Configurations.Read(log.Centre, 100), one => Assert.NotEmpty(one.History));
    }

    [Fact]
    public void Of_two_that_are_given_at_once_the_first_stands_and_the_rest_of_the_group_is_written()
    {
        Configure(7);
        var other = new CentreId("lam-thao");
        Store.Commit(new BridgeWrites([], [], [])
        {
            Configurations = new([Configuration(7) with { Who = "Khác" }, Configuration(6) with { Who = "Khác" }, Configuration(8) with { Centre = other }], [], []),
        });
        var kept = Assert.Single(Store.Configurations.Read(log.Centre, 5));
        Assert.Equal(("Điều hành tỉnh", true, "waiting"), (kept.Given.Who, kept.IsWanted, kept.State));
        Assert.Single(kept.History);
        Assert.Equal([(log.Centre, 7L), (other, 8L)], Store.Configurations.ReadWanted().OrderBy(one => one.Revision).Select(one => (one.Centre, one.Revision)));
        Assert.DoesNotContain(Store.ReadAudit(10), line => line.Who == "Khác");
    }

    [Fact]
    public void What_is_taken_back_is_not_what_came_meanwhile()
    {
        Configure(7);
        Configure(9);
        Store.Commit(new BridgeWrites([], [], []) { Configurations = new([], [new ConfigurationWithdrawal(log.Centre, "Trực ban", "Nhầm", Given, UpTo: 7)], []) });
        Assert.Equal(9, Assert.Single(Store.Configurations.ReadWanted()).Revision);
        Assert.Equal("waiting", Store.Configurations.Find(log.Centre, 9)!.State);
    }

    [Fact]
    public void A_centre_that_changes_its_word_for_ever_fills_no_store()
    {
        Configure(7);
        for (var i = 0; i < 60; i++)
        {
            Became(7, i % 2 == 0 ? ConfigurationOutcome.Kept : ConfigurationOutcome.SetAside, 8 + i);
        }

        var read = Store.Configurations.Find(log.Centre, 7)!;
        Assert.Equal((40, ConfigurationOutcome.SetAside, Given.AddSeconds(67)), (read.History.Count, read.State, read.At));
    }

    private GivenConfiguration Configuration(long revision)
    {
        var text = $"centre: {log.Centre}\nname: Phường số {revision}\n";
        return new GivenConfiguration(log.Centre, revision, DesiredConfiguration.HashOf(text), text, "Điều hành tỉnh", "Thêm quầy", Given.AddSeconds(revision));
    }

    private void Configure(long revision) => Store.Commit(new BridgeWrites([], [], []) { Configurations = new([Configuration(revision)], [], []) });

    private void Withdraw(int second) =>
        Store.Commit(new BridgeWrites([], [], []) { Configurations = new([], [new ConfigurationWithdrawal(log.Centre, "Điều hành tỉnh", "Nhầm tệp", Given.AddSeconds(second))], []) });

    private void Became(long revision, string state, int second, string? note = null) =>
        Store.Commit(new BridgeWrites([], [], []) { Configurations = new([], [], [new ConfigurationStep(log.Centre, revision, state, note, Given.AddSeconds(second))]) });
}
