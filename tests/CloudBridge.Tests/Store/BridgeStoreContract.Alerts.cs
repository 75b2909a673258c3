using MotCua.CloudBridge.Alerts;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.Faults;
using Xunit;

namespace MotCua.CloudBridge.Tests.Store;

/// <content>Alerts, what people do to them, their rules, and what is told of them.</content>
public abstract partial class BridgeStoreContract
{
    private static readonly RootKey PaperOut = new(RootKind.Fault, "viet-tri", "in-1", "printer.paper-out");

    [Fact]
    public void An_alert_comes_back_after_reopening_as_it_was_saved()
    {
        var alert = Paper(1);
        alert.Channels.UnionWith(["truc-ban", "lanh-dao"]);
        (alert.Told, alert.Steps, alert.Openings, alert.MergedInto) = (Severity.Warning, 5, 3, 9);
        SaveAlert(alert);
        Reopen();
        var memory = Store.Alerts.Load(Eight.AddHours(-1));
        Assert.Equal((2L, 1L), (memory.NextId, memory.Marks.Turn));
        var read = Assert.Single(memory.Alerts);
        Assert.Equal(
            (alert.Id, alert.Root, alert.Opened, alert.Since, alert.Ended, alert.Severity, alert.Told, alert.Steps, alert.Openings, alert.MergedInto, alert.Care),
            (read.Id, read.Root, read.Opened, read.Since, read.Ended, read.Severity, read.Told, read.Steps, read.Openings, read.MergedInto, read.Care));
        Assert.Equal(alert.Channels, read.Channels);
        Assert.Equal(alert.Causes, read.Causes);
    }

    [Fact]
    public void Of_two_engines_the_slower_one_writes_nothing()
    {
        var seen = Store.Alerts.ReadMarks();
        SaveAlert(Paper(1));
        Assert.Throws<AlertsMovedException>(() => Store.Alerts.Save(seen, Writes(Paper(2))));
        Assert.Equal([1L], Store.Alerts.Load(Eight).Alerts.Select(alert => alert.Id));
        Assert.Equal(1, Store.Alerts.ReadMarks().Turn);
    }

    [Fact]
    public void What_people_do_stands_in_the_history_and_the_audit_and_survives_the_engine()
    {
        SaveAlert(Paper(1));
        var before = Store.Alerts.ReadMarks();
        Assert.NotNull(Act(AlertActs.Acknowledge));
        Assert.Null(Act(AlertActs.Acknowledge)); // Somebody else was faster.
        Assert.NotNull(Act(AlertActs.Assign, to: "Đội hỗ trợ Việt Trì"));
        Assert.NotNull(Act(AlertActs.Mute, until: Eight.AddHours(4)));
        Assert.NotNull(Act(AlertActs.Comment));
        Assert.Null(Act(AlertActs.Acknowledge, alert: 7));

        // The engine has seen none of it, and saves.
        var after = Store.Alerts.Save(before, Writes(Paper(1)));
        Assert.Equal(before.Lines, after.Lines);
        var care = Assert.Single(Store.Alerts.ReadCareSince(before.Lines)).Care;
        Assert.Equal(new AlertCare("Trực ban", Eight.AddMinutes(1), "Đội hỗ trợ Việt Trì", Eight.AddHours(4), "Trực ban"), care);
        Reopen();
        Assert.Equal(care, Store.Alerts.Find(1)!.Care);
        Assert.Equal(["acknowledge", "assign", "mute", "comment"], Store.Alerts.ReadLines(1, 10).Select(line => line.What));
        Assert.Equal([1L, 2L, 3L, 4L], Store.Alerts.ReadLines(1, 10).Select(line => line.Number));
        Assert.Equal("Đội hỗ trợ Việt Trì", Store.Alerts.ReadLines(1, 10)[1].Value);
        Assert.Equal(new AuditLine(Eight.AddMinutes(1), "Trực ban", "alert:comment", new CentreId("viet-tri"), "1", "Đã gọi trung tâm"), Store.ReadAudit(1)[0]);

        Assert.NotNull(Act(AlertActs.Unacknowledge));
        Assert.NotNull(Act(AlertActs.Unassign));
        Assert.NotNull(Act(AlertActs.Unmute));
        Assert.Null(Act(AlertActs.Unmute));
        Assert.Equal(AlertCare.None, Store.Alerts.Find(1)!.Care);
        Assert.Equal(7, Store.ReadAudit(100).Count);
    }

    [Fact]
    public void What_is_over_takes_a_comment_and_nothing_else()
    {
        var alert = Paper(1);
        alert.Ended = Eight.AddMinutes(5);
        SaveAlert(alert);
        Assert.All([AlertActs.Acknowledge, AlertActs.Assign, AlertActs.Mute], act => Assert.Null(Act(act, to: "ai đó", until: Eight.AddHours(1))));
        Assert.NotNull(Act(AlertActs.Comment));
    }

    [Fact]
    public void A_history_has_a_bound()
    {
        SaveAlert(Paper(1));
        var lines = Enumerable.Range(0, 2_000).Select(_ => new AlertLine(0, 1, Eight, "Trực ban", AlertActs.Comment, "", "Lại nói")).ToList();
        Store.Alerts.Save(Store.Alerts.ReadMarks(), Writes(Paper(1)) with { Lines = lines });
        Assert.Null(Act(AlertActs.Comment));
        Assert.Equal(2_000, Store.Alerts.ReadMarks().Lines);
    }

    [Fact]
    public void An_alert_that_came_back_is_acknowledged_by_nobody()
    {
        SaveAlert(Paper(1));
        Act(AlertActs.Acknowledge);
        Act(AlertActs.Assign, to: "Đội hỗ trợ");
        var marks = Store.Alerts.ReadMarks();
        Store.Alerts.Save(marks, Writes(Paper(1)) with { Unseen = [1], Lines = [new AlertLine(0, 1, Eight, "", "worsened", "", "")] });
        Assert.Equal((null, "Đội hỗ trợ"), (Store.Alerts.Find(1)!.Care.AcknowledgedBy, Store.Alerts.Find(1)!.Care.AssignedTo));
        Assert.Equal((3L, "worsened"), (Store.Alerts.ReadLines(1, 10)[^1].Number, Store.Alerts.ReadLines(1, 10)[^1].What));
    }

    [Fact]
    public void Open_alerts_are_listed_worst_first_and_those_that_are_over_newest_first_by_centre_and_in_pages()
    {
        var alerts = Enumerable.Range(1, 6).Select(i => Paper(i, subject: $"in-{i}")).ToList();
        (alerts[1].Severity, alerts[3].Severity) = (Severity.Critical, Severity.Notice);
        (alerts[4].Ended, alerts[5].Ended) = (Eight.AddMinutes(5), Eight.AddMinutes(9));
        alerts.ForEach(SaveAlert);
        Assert.Equal([2L, 1, 3, 4], Ids(new AlertQuery(true, null, 0, 10)));
        Assert.Equal([1L, 3], Ids(new AlertQuery(true, null, 1, 2)));
        Assert.Equal([6L, 5], Ids(new AlertQuery(false, new CentreId("viet-tri"), 0, 10)));
        Assert.Empty(Ids(new AlertQuery(true, new CentreId("lam-thao"), 0, 10)));
        Assert.Equal((1L, 2L, 1L), (Store.Alerts.CountOpen()[2], Store.Alerts.CountOpen()[1], Store.Alerts.CountOpen()[0]));
        Assert.Equal([1L, 2, 3, 4, 6], Store.Alerts.Load(Eight.AddMinutes(6)).Alerts.Select(alert => alert.Id));
        Store.Alerts.Forget(Eight.AddMinutes(6));
        Assert.Null(Store.Alerts.Find(5));
        Assert.NotNull(Store.Alerts.Find(6));
        Assert.Equal(7, Store.Alerts.Load(Eight).NextId);

        List<long> Ids(AlertQuery query) => [.. Store.Alerts.Read(query).Select(alert => alert.Id)];
    }

    [Fact]
    public void Rules_are_versions_and_whoever_changed_an_older_one_is_told()
    {
        Assert.Null(Store.Alerts.ReadRules());
        Assert.Equal(1, Store.Alerts.SetRules(0, "{\"a\":1}", "Trực ban", "Thử", Eight)?.Version);
        Assert.Null(Store.Alerts.SetRules(0, "{\"b\":1}", "Người khác", "Thử", Eight));
        Assert.Equal(2, Store.Alerts.SetRules(1, "{\"b\":1}", "Người khác", "Sửa lại", Eight)?.Version);
        Reopen();
        Assert.Equal(new RuleVersion(2, "{\"b\":1}", "Người khác", "Sửa lại", Eight), Store.Alerts.ReadRules());
        Assert.Equal([(2L, ""), (1, "")], Store.Alerts.ReadRuleVersions(10).Select(one => (one.Version, one.Content)));
        Assert.Equal("{\"a\":1}", Store.Alerts.FindRules(1)?.Content);
        Assert.Equal(2, Store.Alerts.ReadMarks().Rules);
    }

    [Fact]
    public void A_centre_has_one_region_or_none()
    {
        Store.Alerts.SetRegion([new CentreId("viet-tri"), new CentreId("lam-thao")], "Lâm Thao", "Trực ban", "Sắp xếp", Eight);
        Store.Alerts.SetRegion([new CentreId("viet-tri")], "Việt Trì", "Trực ban", "Sắp xếp lại", Eight);
        Store.Alerts.SetRegion([new CentreId("lam-thao")], "", "Trực ban", "Bỏ", Eight);
        Reopen();
        Assert.Equal((new CentreId("viet-tri"), "Việt Trì"), Assert.Single(Store.Alerts.ReadRegions().Select(pair => (pair.Key, pair.Value))));
        Assert.Equal(3, Store.Alerts.ReadMarks().Regions);
        Assert.Equal(["Bỏ", "Sắp xếp lại", "Sắp xếp", "Sắp xếp"], Store.ReadAudit(10).Select(line => line.Reason));
    }

    [Fact]
    public void What_is_to_be_told_is_due_in_order_is_tried_and_given_up_and_tried_again()
    {
        Store.Alerts.Save(Store.Alerts.ReadMarks(), Writes(Paper(1)) with { Deliveries = [Delivery(1, "a"), Delivery(1, "b"), Delivery(1, "a")] });
        // The second one on a waits for the first.
        Assert.Equal([(1L, "a"), (2, "b")], Store.Alerts.ReadDue(Eight, 10).Select(one => (one.Id, one.Channel)));
        Assert.Empty(Store.Alerts.ReadDue(Eight.AddSeconds(-1), 10));
        var first = Store.Alerts.ReadDue(Eight, 10)[0];
        Store.Alerts.Tried(first with { Attempts = 1, Next = Eight.AddMinutes(1), Note = "HTTP 500" }, new DeliveryAttempt(1, Eight, false, "HTTP 500"));
        Assert.Equal([2L], Store.Alerts.ReadDue(Eight, 10).Select(one => one.Id));
        Store.Alerts.Tried(first with { Attempts = 2, State = DeliveryStates.Dead, Note = "HTTP 404" }, new DeliveryAttempt(2, Eight.AddMinutes(1), false, "HTTP 404"));
        Reopen();
        Assert.Equal([2L, 3], Store.Alerts.ReadDue(Eight, 10).Select(one => one.Id).Order());
        Assert.Equal([1L], Store.Alerts.ReadDeliveries(DeliveryStates.Dead, null, 10).Select(one => one.Id));
        Assert.Equal([3L, 2, 1], Store.Alerts.ReadDeliveries(null, 1, 10).Select(one => one.Id));
        Assert.Equal(
            [new DeliveryAttempt(1, Eight, false, "HTTP 500"), new DeliveryAttempt(2, Eight.AddMinutes(1), false, "HTTP 404")], Store.Alerts.ReadAttempts(1, 10));
        Assert.False(Store.Alerts.TryAgain(2, "Trực ban", "Đã sửa kênh", Eight));
        Assert.True(Store.Alerts.TryAgain(1, "Trực ban", "Đã sửa kênh", Eight));
        Assert.Equal((DeliveryStates.Waiting, 2), (Store.Alerts.FindDelivery(1)!.State, Store.Alerts.FindDelivery(1)!.Attempts));
        Assert.Equal(("try-again", "1"), (Store.Alerts.ReadLines(1, 10)[^1].What, Store.Alerts.ReadLines(1, 10)[^1].Value));
    }

    [Fact]
    public void When_centres_were_lost_is_known_for_a_try_out()
    {
        var alert = new Alert(1, RootKey.LineOf("Lâm Thao"), Eight);
        Add(alert, new AlertCause(new CauseKey(new CentreId("lam-thao"), "", ProvinceFaults.CentreLost), null, Eight, Eight.AddHours(1), 1, false));
        Add(alert, new AlertCause(new CauseKey(new CentreId("cao-mai"), "", ProvinceFaults.CentreLost), null, Eight, null, 1, false));
        Add(alert, new AlertCause(new CauseKey(new CentreId("xa-la"), "", ProvinceFaults.CentreLost), null, Eight, null, 1, true));
        SaveAlert(alert);
        Assert.Equal(
            [("cao-mai", (DateTimeOffset?)null), ("lam-thao", Eight.AddHours(1))],
            Store.Alerts.ReadLost(Eight.AddDays(-1), Eight.AddDays(1), 10).Select(one => (one.Centre.Value, one.To)).OrderBy(one => one.Value, StringComparer.Ordinal));
        Assert.Equal(["cao-mai"], Store.Alerts.ReadLost(Eight.AddHours(2), Eight.AddDays(1), 10).Select(one => one.Centre.Value));
        Assert.Equal(0, Store.Alerts.ReadWaiting(new CentreId("cao-mai")));
    }

    private AlertLine? Act(string act, string? to = null, DateTimeOffset? until = null, long alert = 1) =>
        Store.Alerts.Do(new AlertAct(alert, act, "Trực ban", "Đã gọi trung tâm", Eight.AddMinutes(1), to, until));

    private static Alert Paper(long id, string subject = "in-1")
    {
        var alert = new Alert(id, PaperOut with { Subject = subject }, Eight) { Severity = Severity.Warning };
        Add(alert, new AlertCause(new CauseKey(new CentreId("viet-tri"), subject, "printer.paper-out"), "hết giấy", Eight.AddSeconds(-5), null, 2, false));
        return alert;
    }

    private static void Add(Alert alert, AlertCause cause) => alert.Causes[cause.Key] = cause;

    private static AlertWrites Writes(Alert alert) => new([alert], [.. alert.Causes.Values.Select(cause => (alert, cause))], [], [], []);

    private void SaveAlert(Alert alert) => Store.Alerts.Save(Store.Alerts.ReadMarks(), Writes(alert));

    private static AlertDelivery Delivery(long alert, string channel) => new(0, alert, channel, Eight, "{}", DeliveryStates.Waiting, 0, Eight, null);
}
