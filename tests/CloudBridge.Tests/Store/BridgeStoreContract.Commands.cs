using MotCua.CloudBridge.Store;
using Xunit;

namespace MotCua.CloudBridge.Tests.Store;

/// <content>Commands and their audit.</content>
public abstract partial class BridgeStoreContract
{
    private static readonly DateTimeOffset Given = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_command_is_there_after_reopening_with_its_line_in_the_audit()
    {
        Give("a");
        Reopen();
        var read = Assert.Single(Store.ReadCommands(log.Centre, 10));
        Assert.Equal((Command("a"), CommandStages.Waiting), (read.Given, read.State));
        Assert.Equal([new CommandMoment(CommandStages.Waiting, null, Given)], read.History);
        Assert.Equal("a", Assert.Single(Store.ReadUnanswered()).Given.Key.Id);
        Assert.Equal(new AuditLine(Given, "Điều hành tỉnh", "command:announce", log.Centre, "a", "Nghỉ trưa"), Assert.Single(Store.ReadAudit(10)));
        Assert.Null(Store.FindCommand(new CommandKey(new Protocols.CentreId("lam-thao"), "a")));
    }

    [Fact]
    public void A_command_goes_forward_only_and_remembers_when_it_came_to_each_state()
    {
        Give("a");
        Move("a", "sent", 1);
        Move("a", "running", 3, "2/16", 2);
        Move("a", "accepted", 4); // Late.
        Move("a", "running", 5, "5/16", 5);
        Move("a", "running", 6); // The log says it as well, without progress.
        Move("a", "done", 7, "Xong.");
        Move("a", "failed", 8, "Không.");
        Move("a", "running", 9, "6/16", 6);
        var read = Store.FindCommand(new CommandKey(log.Centre, "a"));
        Assert.Equal(("done", "Xong."), (read?.State, read?.Note));
        Assert.Equal(
            [new("waiting", null, Given), new("sent", null, Given.AddSeconds(1)), new("running", "5/16", Given.AddSeconds(3)), new CommandMoment("done", "Xong.", Given.AddSeconds(7))], read!.History);
        Assert.Empty(Store.ReadUnanswered());
    }

    [Fact]
    public void An_answer_that_comes_after_the_expiry_counts_all_the_same()
    {
        Give("a");
        Move("a", "expired", 1);
        Assert.Empty(Store.ReadUnanswered());
        Move("a", "sent", 2);
        Assert.Equal("expired", Store.FindCommand(new CommandKey(log.Centre, "a"))?.State);
        Move("a", "accepted", 3);
        Move("a", "done", 4);
        Assert.Equal("done", Store.FindCommand(new CommandKey(log.Centre, "a"))?.State);
    }

    [Fact]
    public void A_step_of_a_command_that_was_never_given_changes_nothing()
    {
        Move("nobody", "done", 1);
        Assert.Empty(Store.ReadCommands(log.Centre, 10));
    }

    [Fact]
    public void The_oldest_that_are_over_make_room_and_the_audit_stays()
    {
        var ids = Enumerable.Range(0, 1005).Select(i => $"c{i}").ToList();
        Store.Commit(new BridgeWrites([], [], [])
        {
            Commands = [.. ids.Take(1000).Select(Command)],
            Steps = [.. ids.Take(1000).Skip(1).Select(id => new CommandStep(new CommandKey(log.Centre, id), "done", null, null, null, Given))],
        });
        Store.Commit(new BridgeWrites([], [], []) { Commands = [.. ids.Skip(1000).Select(Command)] });
        var kept = Store.ReadCommands(log.Centre, 2000).Select(one => one.Given.Key.Id).ToList();
        Assert.Equal("c1004", kept[0]);
        Assert.InRange(kept.Count, 1000, 1002);
        Assert.Contains("c0", kept); // Nobody has answered it.
        Assert.DoesNotContain("c1", kept);
        Assert.Equal(1005, Store.ReadAudit(2000).Count);
    }

    private GivenCommand Command(string id) =>
        new(new CommandKey(log.Centre, id), "announce", """{"text":"Nghỉ trưa."}""", "Điều hành tỉnh", "Nghỉ trưa", Given, Given.AddHours(1));

    private void Give(string id) => Store.Commit(new BridgeWrites([], [], []) { Commands = [Command(id)] });

    private void Move(string id, string state, int second, string? note = null, int? step = null) => Store.Commit(new BridgeWrites([], [], [])
    {
        Steps = [new CommandStep(new CommandKey(log.Centre, id), state, note, step, step is null ? null : 16, Given.AddSeconds(second))],
    });
}
