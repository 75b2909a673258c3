using System.Text;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Store.Sqlite;
using MotCua.Protocols;
using Xunit;

namespace MotCua.Storm;

/// <summary>Hostile centres among good ones, on a broker that lets everybody say everything.</summary>
internal static class Hostile
{
    public static void Storm(StormProvince province, TimeSpan patience)
    {
        var bridge = province.AddBridge();
        // What is already held is lied about: what nobody holds yet, only an access list can protect.
        var victims = province.Fleet.Centres.Take(20).Select(centre => (centre.Id, centre.Journal.Epoch, First: centre.ReadAll().Take(3).ToList(), Centre: centre)).ToList();
        province.Connect();
        province.MustBecome(() => victims.TrueForAll(victim => victim.Centre.Pending < victim.Centre.Journal.Committed.Seq - 3), "the first events of the victims", patience);
        using var hostile = new HostileCentre(province.Broker, "hostile");
        var own = new CentreId("ke-gian");
        foreach (var (id, epoch, first, _) in victims)
        {
            hostile.SayOtherHistory(id, epoch, first);
            hostile.SayFuture(id, epoch);
            hostile.SayAsSomebodyElse(id, own);
            hostile.SayBytes(id, [(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)'}']);
            hostile.SayBytes(id, Encoding.UTF8.GetBytes(new string('x', 200_000)));
        }

        hostile.SayBytes(own, new byte[10_000_000]);
        hostile.SayOldClock(own);
        province.MustDrain(patience);
        province.MustHoldEverything();

        using var store = SqliteBridgeStore.Open(Path.Combine(province.DataFolder, StormProvince.SqliteFile), TimeProvider.System, new QuarantineLimits());
        // The good ones have drained; what the hostile one said last may still be on its way.
        SpinWait.SpinUntil(() => Refusals(store) is var kept && victims.TrueForAll(victim => kept.GetValueOrDefault(victim.Id) >= 4) && store.FindEnd(new LogId(own, HostileCentre.OldEpoch)).UpTo == 1, patience);
        var reasons = Refusals(store);
        Assert.All(victims, victim => Assert.True(reasons.GetValueOrDefault(victim.Id) >= 4, $"{victim.Id}: {reasons.GetValueOrDefault(victim.Id)} kinds of refusal are kept, 4 were said."));

        // A clock of 1970 is no lie about events: a box without a battery has one.
        Assert.Equal(1, store.FindEnd(new LogId(own, HostileCentre.OldEpoch)).UpTo);
        Assert.True(bridge.IsHealthy());
    }

    // Kinds of refusal that are kept of each centre.
    private static Dictionary<CentreId, int> Refusals(SqliteBridgeStore store) => store.ReadQuarantine(1_000)
        .GroupBy(row => row.Centre).Where(group => group.Key is not null).ToDictionary(group => group.Key!.Value, group => group.Select(row => row.Reason).Distinct().Count());
}
