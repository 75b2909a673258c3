using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MotCua.CloudBridge.Alerts;
using MotCua.CloudBridge.Alerts.Telling;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Views;
using MotCua.Protocols;
using Xunit;

namespace MotCua.CloudBridge.Tests.Alerts;

/// <summary>The keeper over the whole of ingest and a real store: from what a centre sends to the alert, across deaths of the bridge.</summary>
public sealed class KeeperTests : IDisposable
{
    private static readonly CentreId Centre = new("viet-tri");

    private readonly BridgeRig bridge = new();
    private readonly ProjectionStatus views = new();
    private readonly ChannelBook channels = new([new WebhookChannel("truc-ban", new Uri("https://chat.example/"), new WebhookTemplate(), null, "", "")]);
    private AlertKeeper keeper;

    public KeeperTests()
    {
        keeper = NewKeeper();
        Say("online");
        Pass(TimeSpan.FromMinutes(2));
    }

    public void Dispose() => bridge.Dispose();

    [Fact]
    public void A_fault_that_a_centre_sends_becomes_an_alert_is_told_once_and_ends()
    {
        Printer("failed", "printer.paper-out");
        Pass(TimeSpan.FromSeconds(3));
        var alert = Assert.Single(Open());
        Assert.Equal(("printer.paper-out", "viet-tri"), (alert.Root.Code, Assert.Single(alert.Centres).Value));
        var told = AlertMessage.Parse(Assert.Single(bridge.Store.Alerts.ReadDeliveries(null, null, 10)).Content);
        Assert.Equal(("announced", "Máy in hết giấy", "viet-tri, in-1"), (told.Moment, told.Title, told.Place));
        Assert.Contains("cuộn giấy", told.WhatToDo, StringComparison.Ordinal);

        Printer("ready", null);
        Pass(TimeSpan.FromMinutes(3));
        Assert.Empty(Open());
        Assert.Equal(["opened", "announced", "resolved"], bridge.Store.Alerts.ReadLines(1, 10).Select(line => line.What));
        Assert.Equal("truc-ban", bridge.Store.Alerts.ReadLines(1, 10)[1].Value);
        Assert.Equal(2, bridge.Store.Alerts.ReadDeliveries(null, null, 10).Count);
    }

    [Fact]
    public void A_bridge_that_dies_and_comes_back_alerts_nobody_twice_and_ends_what_was_mended_meanwhile()
    {
        Printer("failed", "printer.paper-out");
        Pass(TimeSpan.FromSeconds(3));
        bridge.Restart();
        keeper = NewKeeper();
        Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(1, Assert.Single(Open()).Id);
        Assert.Single(bridge.Store.Alerts.ReadDeliveries(null, null, 10));

        bridge.Restart();
        keeper = NewKeeper();
        Printer("ready", null);
        Pass(TimeSpan.FromMinutes(5));
        Assert.Empty(Open());
        Assert.Equal(["opened", "announced", "resolved"], bridge.Store.Alerts.ReadLines(1, 10).Select(line => line.What));
    }

    [Fact]
    public void What_people_do_reaches_the_engine_and_worse_takes_the_acknowledgement_back()
    {
        Say("lost");
        Pass(TimeSpan.FromMinutes(3));
        bridge.Store.Alerts.Do(new AlertAct(1, AlertActs.Acknowledge, "Trực ban", "", bridge.Time.GetUtcNow()));
        Pass(TimeSpan.FromHours(4), every: TimeSpan.FromSeconds(30));
        Assert.DoesNotContain(bridge.Store.Alerts.ReadLines(1, 100), line => line.What == "escalated");
        Assert.Equal("Trực ban", Assert.Single(Open()).Care.AcknowledgedBy);
    }

    [Fact]
    public void Other_rules_hold_from_the_next_moment_on()
    {
        Printer("failed", "printer.paper-out");
        Pass(TimeSpan.FromSeconds(3));
        Assert.Single(Open());
        var rules = AlertRules.Default with { Faults = [new FaultRule("printer.paper-out", Ignore: true)] };
        bridge.Store.Alerts.SetRules(0, rules.ToJson(), "Trực ban", "Quá nhiều", bridge.Time.GetUtcNow());
        Pass(TimeSpan.FromMinutes(4));
        Assert.Empty(Open());
    }

    [Fact]
    public void Centres_of_a_region_that_are_lost_together_are_one_alert_of_the_region()
    {
        bridge.Store.Alerts.SetRegion([new("a1"), new("a2"), new("a3"), new("a4")], "Lâm Thao", "Trực ban", "Sắp xếp", bridge.Time.GetUtcNow());
        foreach (var centre in new[] { "a1", "a2", "a3", "a4" })
        {
            Say("online", centre);
        }

        Pass(TimeSpan.FromMinutes(1));
        foreach (var centre in new[] { "a1", "a2", "a3" })
        {
            Say("lost", centre);
        }

        Pass(TimeSpan.FromMinutes(4));
        Assert.Equal(RootKey.LineOf("Lâm Thao"), Assert.Single(Open()).Root);
    }

    [Fact]
    public void When_the_bridge_loses_its_broker_that_is_the_alert_and_no_centre_is_blamed()
    {
        bridge.Link.AnswersConnect = false;
        bridge.Link.Break();
        bridge.Settle();
        Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(ProvinceFaults.BridgeLink, Assert.Single(Open()).Root.Code);
    }

    [Fact]
    public void Of_bridges_that_share_a_store_only_the_leader_keeps_the_alerts()
    {
        using var shared = new FailingStore(bridge.Store) { IsShared = true };
        var follower = new AlertKeeper(
            shared, bridge.Fleet, bridge.Status, views, channels, new AlertDescriber(shared, bridge.Fleet, [], bridge.Time), bridge.Time, NullLogger<AlertKeeper>.Instance);
        Printer("failed", "printer.paper-out");
        for (var i = 0; i < 120; i++)
        {
            follower.Step();
            bridge.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Empty(Open());
        views.Now = views.Now with { Leads = true };
        for (var i = 0; i < 120; i++)
        {
            follower.Step();
            bridge.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Single(Open());
        // The other one believes that it leads as well: it finds another turn, and goes on from what is stored.
        Pass(TimeSpan.FromMinutes(2));
        follower.Step();
        Assert.Single(Open());
        Assert.Single(bridge.Store.Alerts.ReadDeliveries(null, null, 10));
    }

    private IReadOnlyList<Alert> Open() => bridge.Store.Alerts.Read(new AlertQuery(true, null, 0, 100));

    private AlertKeeper NewKeeper() => new(
        bridge.Store, bridge.Fleet, bridge.Status, views, channels, new AlertDescriber(bridge.Store, bridge.Fleet, [], bridge.Time), bridge.Time, NullLogger<AlertKeeper>.Instance);

    private void Pass(TimeSpan span, TimeSpan? every = null)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += every ?? TimeSpan.FromSeconds(1))
        {
            bridge.Time.Advance(every ?? TimeSpan.FromSeconds(1));
            bridge.Settle();
            keeper.Step();
        }
    }

    private void Say(string state, string centre = "viet-tri")
    {
        bridge.Link.Deliver(Topics.State(new CentreId(centre)), Encoding.UTF8.GetBytes($$"""{"state":"{{state}}","session":7}"""));
        bridge.Settle();
    }

    private void Printer(string state, string? fault)
    {
        bridge.Link.Deliver(Topics.Device(Centre, "in-1"), Encoding.UTF8.GetBytes(
            $$"""{"device":"in-1","kind":"printer","state":"{{state}}","fault":{{(fault is null ? "null" : $"\"{fault}\"")}},"detail":null,"since":"2026-11-23T08:00:00+07:00"}"""));
        bridge.Settle();
    }
}
