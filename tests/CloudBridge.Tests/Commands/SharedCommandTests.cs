using MotCua.CloudBridge.Commands;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Store.Postgres;
using MotCua.CloudBridge.Tests.Store;
using MotCua.Protocols;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.State;
using MotCua.Protocols.Trust;
using MotCua.Testing;
using Xunit;

namespace MotCua.CloudBridge.Tests.Commands;

public sealed class SharedCommandTests(PostgresServer server)
{
    [Fact]
    public void A_bridge_sends_what_another_stored_and_did_not_live_to_send_and_no_more_once_another_heard_the_answer()
    {
        var (time, centre, link) = (new ManualTime(), new CentreId("viet-tri"), new SimulatedLink());
        using var store = PostgresBridgeStore.Open(server.NewDatabase(), time, new QuarantineLimits());
        using var key = ProvinceKey.Create();
        var fleet = FleetView.Load(store);
        fleet.Apply(new Fact(new FactKey(centre, FactKind.State, ""), time.GetUtcNow(), "{}"u8.ToArray()), new StateMessage(StateMessage.Online, 1));
        link.Connect(new MqttConnection("broker.test", 1883, "bridge-2", null, TimeSpan.FromSeconds(30)));
        var traffic = new CommandTraffic(link, store, fleet, key, time, new Random(1), new CommandDoor());

        var name = new CommandKey(centre, "lenh-1");
        store.Commit(new BridgeWrites([], [], []) { Commands = [new GivenCommand(name, "self-test", "{}", "Trực ban", "Thử", time.GetUtcNow(), time.GetUtcNow().AddHours(1))] });
        Round();
        Assert.Empty(link.Sent);
        time.Advance(TimeSpan.FromSeconds(61));
        Round();
        Assert.Equal(Topics.Command(centre), Assert.Single(link.Sent).Topic);

        store.Commit(new BridgeWrites([], [], []) { Steps = [new CommandStep(name, "accepted", null, null, null, time.GetUtcNow())] });
        time.Advance(TimeSpan.FromSeconds(61));
        Round();
        Assert.Single(link.Sent);

        void Round()
        {
            traffic.Collect(storeIsDown: false);
            traffic.Send();
        }
    }
}
