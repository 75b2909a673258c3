using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MotCua.CloudBridge.Fleet;
using MotCua.Protocols;
using MotCua.Protocols.Events;
using MotCua.Protocols.State;
using MotCua.Protocols.Trust;
using Xunit;

namespace MotCua.CloudBridge.Tests.Ingest;

public sealed class FactTests : IDisposable
{
    private readonly BridgeRig bridge = new();
    private readonly SourceLog log = new SourceLog("viet-tri").Grow(10);

    public void Dispose() => bridge.Dispose();

    private CentreDetail Centre => bridge.Fleet.Find(log.Centre)!;

    private void Say<T>(string topic, T message, JsonTypeInfo<T> info)
    {
        bridge.Link.Deliver(topic, JsonSerializer.SerializeToUtf8Bytes(message, info), retain: true);
        bridge.Settle();
        Assert.Empty(bridge.Store.ReadQuarantine(10));
    }

    private void SayState(string state, long session) => Say(Topics.State(log.Centre), new StateMessage(state, session), StateJson.Default.StateMessage);

    private void SayDevice(string state, string? fault) => Say(
        Topics.Device(log.Centre, "loa-1"), new DeviceMessage("loa-1", "speaker", state, fault, null, bridge.Time.GetUtcNow()), StateJson.Default.DeviceMessage);

    [Fact]
    public void The_will_of_an_older_session_changes_nothing()
    {
        SayState(StateMessage.Online, 200);
        SayState(StateMessage.Lost, 100);
        Assert.Equal("online", Centre.Summary.State);
    }

    [Fact]
    public void The_will_of_the_present_session_means_lost_and_the_centre_comes_first()
    {
        SayState(StateMessage.Online, 200);
        bridge.Link.Deliver("motcua/v1/a-well-centre/up/state", """{"state":"online","session":1}"""u8.ToArray());
        SayState(StateMessage.Lost, 200);
        Assert.Equal("viet-tri", bridge.Fleet.ChangedSince(0, out _)[0].Id);
        Assert.Equal(Attention.Critical, Centre.Summary.Attention);
    }

    [Fact]
    public void A_box_whose_clock_went_back_is_online_all_the_same()
    {
        SayState(StateMessage.Online, 200);
        SayState(StateMessage.Online, 100);
        SayState(StateMessage.Lost, 100);
        Assert.Equal("lost", Centre.Summary.State);
    }

    [Fact]
    public void A_birth_is_answered_for_each_epoch_it_names()
    {
        bridge.SendAndHear(log, 1, 5);
        var birth = new BirthMessage(1, "Phường Việt Trì", "0.1.0", new string('0', 64), [new("00000000000000ff", 1, 9), new(log.Epoch.ToString(), 1, 10)], []);
        Say(Topics.Birth(log.Centre), birth, StateJson.Default.BirthMessage);
        Assert.Equal(
            [new Ack(log.Centre, log.Epoch, 5, log.HashAt(5)), new Ack(log.Centre, new EpochId(0xff), 0, ChainHash.Genesis)],
            bridge.TakeAcks(log).OrderByDescending(ack => ack.UpTo));
        Assert.Equal("Phường Việt Trì", Centre.Summary.Name);
    }

    [Theory]
    [InlineData(1, long.MaxValue)]
    [InlineData(-1, 5)]
    public void A_birth_that_counts_beyond_what_anybody_can_is_refused(long from, long to)
    {
        var birth = new BirthMessage(1, "Phường Việt Trì", "0.1.0", "", [new(log.Epoch.ToString(), from, to)], []);
        bridge.Link.Deliver(Topics.Birth(log.Centre), JsonSerializer.SerializeToUtf8Bytes(birth, StateJson.Default.BirthMessage));
        bridge.Settle();
        Assert.Contains("9007199254740992", Assert.Single(bridge.Store.ReadQuarantine(10)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_birth_while_the_store_is_out_of_order_is_answered_when_it_is_back()
    {
        bridge.Store.Fails = true;
        var birth = new BirthMessage(1, "Việt Trì", "0.1.0", "", [new(log.Epoch.ToString(), 1, 10)], []);
        bridge.Link.Deliver(Topics.Birth(log.Centre), JsonSerializer.SerializeToUtf8Bytes(birth, StateJson.Default.BirthMessage));
        Assert.Null(bridge.Hear(log));
        bridge.Store.Fails = false;
        bridge.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, bridge.Hear(log)?.UpTo);
    }

    [Fact]
    public void A_devices_fault_is_shown_with_what_to_do_and_goes_when_it_is_ready()
    {
        SayDevice("failed", "speech.speaker-failed");
        var fault = Assert.Single(Centre.Summary.Faults);
        Assert.Equal("Loa không hoạt động", fault.Title);
        Assert.NotNull(fault.WhatToDo);
        SayDevice("ready", null);
        Assert.Empty(Centre.Summary.Faults);
        Assert.Equal(1, Centre.Summary.Devices);
    }

    [Fact]
    public void A_fault_of_a_newer_edge_is_shown_by_its_code()
    {
        SayDevice("failed", "drone.lost");
        Assert.Contains("drone.lost", Assert.Single(Centre.Summary.Faults).Title, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_retained_message_clears_the_device_for_good()
    {
        SayDevice("failed", "speech.speaker-failed");
        bridge.Link.Deliver(Topics.Device(log.Centre, "loa-1"), ReadOnlyMemory<byte>.Empty);
        bridge.Settle();
        Assert.Equal(0, Centre.Summary.Devices);
        bridge.Restart();
        Assert.Equal(0, bridge.Fleet.Find(log.Centre)?.Summary.Devices ?? 0);
    }

    [Fact]
    public void What_is_known_of_centres_survives_a_restart()
    {
        SayState(StateMessage.Online, 3);
        SayDevice("degraded", "button.noisy");
        Say(Topics.Health(log.Centre), new HealthMessage(bridge.Time.GetUtcNow(), 12, 1, 2, null, 3, "holdover"), StateJson.Default.HealthMessage);
        bridge.SendAndHear(log, 1, 10);
        var before = JsonSerializer.Serialize(Centre, MotCua.CloudBridge.Tests.TestJson.Default.CentreDetail);
        bridge.Restart();
        Assert.Equal(before, JsonSerializer.Serialize(Centre, MotCua.CloudBridge.Tests.TestJson.Default.CentreDetail));
        Assert.Equal("Gọi số A010 đến quầy 3", Centre.LastEvents[0].Text);
        Assert.Equal(12, Centre.Summary.Pending);
    }

    [Fact]
    public void Devices_of_a_centre_are_bounded()
    {
        for (var i = 0; i <= FleetView.MaxDevices; i++)
        {
            var device = $$"""{"device":"d{{i}}","kind":"x","state":"ready","fault":null,"detail":null,"since":"2026-11-23T08:00:00+07:00"}""";
            bridge.Link.Deliver(Topics.Device(log.Centre, $"d{i}"), Encoding.UTF8.GetBytes(device));
        }

        bridge.Settle();
        Assert.Equal(FleetView.MaxDevices, Centre.Summary.Devices);
        Assert.Single(bridge.Store.ReadQuarantine(10));
    }
}
