using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Store.Postgres;
using MotCua.Fleet.Days;
using MotCua.Testing;
using Xunit;

namespace MotCua.Storm;

/// <summary>What breaks between a country's centres and its provinces, with real programs. Each test prints its seed; the same seed makes the same days.</summary>
public sealed class StormTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public void A_whole_country_that_comes_back_at_once_loses_nothing_and_doubles_nothing()
    {
        using var province = new StormProvince(centres: 3_321, eventsEach: 150, seed: 3321);
        province.AddBridge();
        province.Connect();
        province.MustBecome(() => province.Fleet.Pending == 0, "all events", Patience);

        // And once more: every line is cut and comes back in the same moment.
        province.Fleet.Cut(true);
        province.MustBecome(() => province.Fleet.Online == 0, "no line", Patience);
        province.Fleet.Cut(false);
        province.MustDrain(Patience);
        province.MustHoldEverything();
    }

    [Fact]
    public void A_broker_that_is_killed_and_forgets_everything_loses_nothing()
    {
        using var province = new StormProvince(centres: 400, eventsEach: 1_000, seed: 11, "persistence true\npersistence_location {dir}/\nautosave_interval 1\n");
        province.AddBridge();
        province.Connect();
        foreach (var share in (double[])[0.2, 0.5])
        {
            province.MustReach(share, Patience);
            province.Broker.Kill();
            File.Delete(Path.Combine(province.Broker.Folder, "mosquitto.db"));
            province.Broker.Start();
        }

        province.MustDrain(Patience);
        province.MustHoldEverything();
    }

    [Fact]
    public void A_bridge_that_is_killed_again_and_again_between_taking_and_keeping_loses_nothing()
    {
        const int Kills = 8;
        using var province = new StormProvince(centres: 300, eventsEach: 1_500, seed: 12);
        var bridge = province.AddBridge();
        province.Connect();
        var chance = DayChance.Of(12, 0, "kills");
        for (var kill = 1; kill <= Kills; kill++)
        {
            // Somewhere within its share, so that the moments are different ones of its work.
            province.MustReach((kill - chance.NextDouble()) * 0.9 / Kills, Patience);
            bridge.Kill();
            bridge.Start();
        }

        province.MustDrain(Patience);
        province.MustHoldEverything();
    }

    [Fact]
    public void A_database_that_goes_away_in_the_middle_loses_nothing()
    {
        using var postgres = new LivePostgres();
        var database = postgres.NewDatabase();
        using var province = new StormProvince(centres: 200, eventsEach: 1_200, seed: 13);
        var bridge = province.AddBridge(database);
        province.Connect();
        province.MustReach(0.2, Patience);
        postgres.Kill();
        province.MustBecome(() => !bridge.IsHealthy(), "a bridge that says that its store is away", Patience);
        postgres.Start();
        province.MustReach(0.6, Patience);
        postgres.Stop();
        postgres.Start();
        province.MustDrain(Patience);
        using var store = PostgresBridgeStore.Open(database, TimeProvider.System, new QuarantineLimits());
        province.MustHoldEverything(store);
    }

    [Fact]
    public void A_full_disk_at_the_bridge_is_told_and_loses_nothing_when_there_is_room_again()
    {
        using var province = new StormProvince(centres: 150, eventsEach: 1_000, seed: 14);
        // A file system in memory that only this bridge sees; it goes with it.
        Directory.CreateDirectory(province.DataFolder);
        var bridge = province.AddBridge(before:
        [
            "unshare", "--mount", .. Environment.UserName == "root" ? [] : (string[])["--map-root-user"], "sh", "-c",
            $"mount -t tmpfs -o size=320m tmpfs '{province.DataFolder}' && fallocate -l 300m '{province.DataFolder}/ballast' && exec \"$@\"", "sh",
        ]);
        var inside = $"/proc/{bridge.Id}/root{province.DataFolder}";
        province.Connect();
        province.MustBecome(() => !bridge.IsHealthy(), "a bridge that says that its disk is full", Patience);
        Assert.True(province.Fleet.Pending > 0);
        File.Delete(Path.Combine(inside, "ballast"));
        province.MustDrain(Patience);
        bridge.MustBecomeHealthy();

        // Copied out: SQLite takes the name of a file as it is in our own file system, where there is none.
        bridge.Freeze();
        foreach (var file in Directory.GetFiles(inside))
        {
            File.Copy(file, Path.Combine(province.DataFolder, Path.GetFileName(file)));
        }

        province.MustHoldEverything();
    }

    [Fact]
    public void Several_bridges_share_a_country_and_any_may_be_killed()
    {
        const int Kills = 6;
        using var postgres = new LivePostgres();
        var database = postgres.NewDatabase();
        using var province = new StormProvince(centres: 600, eventsEach: 600, seed: 15);
        for (var i = 0; i < 3; i++)
        {
            province.AddBridge(database);
        }

        province.Connect();
        for (var kill = 0; kill < Kills; kill++)
        {
            province.MustReach((kill + 1) * 0.85 / Kills, Patience);
            var killed = province.Bridges[kill % province.Bridges.Count];
            killed.Kill();
            killed.Start();
        }

        province.MustDrain(Patience);
        using var store = PostgresBridgeStore.Open(database, TimeProvider.System, new QuarantineLimits());
        province.MustHoldEverything(store);
        Assert.Empty(store.ReadQuarantine(10));
    }

    [Fact]
    public void Hostile_centres_take_nothing_from_the_good_ones_and_the_operator_sees_them()
    {
        using var province = new StormProvince(centres: 150, eventsEach: 800, seed: 16);
        Hostile.Storm(province, Patience);
    }
}
