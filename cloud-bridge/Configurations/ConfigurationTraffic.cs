using MotCua.CloudBridge.Commands;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.Configuration;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Trust;

namespace MotCua.CloudBridge.Configurations;

/// <summary>Configurations on their way: stored, then kept at the broker for their centre, which says by its log what became of them. A part of the ingest loop: called by its thread only.</summary>
/// <remarks>
/// <code>wish ─► commit ─► down/cfg (retained) ─► configuration.changed in the log ─► commit ─► pages</code>
/// A broker that lost what it kept is given it again at the birth of a centre that has not seen it.
/// </remarks>
public sealed partial class ConfigurationTraffic
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    // The clock of a bridge may have been wrong by some days; a centre that says it has seen next year's says nothing.
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(366);

    private readonly IMqttLink mqtt;
    private readonly IBridgeStore store;
    private readonly FleetView fleet;
    private readonly ProvinceKey key;
    private readonly TimeProvider time;
    private readonly ConfigurationDoor door;
    private readonly Dictionary<CentreId, long> wanted = [];
    private readonly HashSet<CentreId> due = [];
    private readonly HashSet<CentreId> born = [];
    private readonly HashSet<CentreId> unwanted = [];
    private readonly HashSet<CentreId> toClear = [];
    private readonly List<(GivenConfiguration Configuration, PendingWish<ConfigurationWish, ConfigurationWishOutcome> Wish)> given = [];
    private readonly List<(ConfigurationWithdrawal Withdrawal, long Revision, PendingWish<ConfigurationWish, ConfigurationWishOutcome> Wish)> withdrawn = [];
    private readonly List<ConfigurationStep> sent = [];
    private IReadOnlyList<ConfigurationStep> told = [];
    private PendingWish<ConfigurationWish, ConfigurationWishOutcome>? held;
    private long readAt;
    private bool isStale;

    /// <exception cref="BridgeStoreException">What is wanted cannot be read.</exception>
    public ConfigurationTraffic(IMqttLink mqtt, IBridgeStore store, FleetView fleet, ProvinceKey key, TimeProvider time, ConfigurationDoor door)
    {
        (this.mqtt, this.store, this.fleet, this.key, this.time, this.door) = (mqtt, store, fleet, key, time, door);
        ReadWanted();
        toClear.UnionWith(unwanted); // Whoever ended before the broker had taken it away.
    }

    /// <summary>Takes in what is to be committed.</summary>
    /// <param name="storeIsDown">Then a wish is told at once that it was not stored.</param>
    /// <exception cref="BridgeStoreException">What other bridges have given cannot be read.</exception>
    public void Collect(bool storeIsDown)
    {
        // One of each centre in a group, so that each is judged by what is on disk; the next waits for the next group.
        while (Next() is { } pending)
        {
            if (!storeIsDown && IsUnderWay(pending.Wish.Centre))
            {
                held = pending;
                break;
            }

            if (storeIsDown || !TryCollect(pending))
            {
                pending.Outcome.TrySetResult(new ConfigurationWishOutcome.NotStored());
            }
        }

        if (!storeIsDown && (isStale || (store.IsShared && time.GetElapsedTime(readAt) >= LookAgain)))
        {
            ReadWanted();
        }
    }

    /// <summary>Takes what stands in the logs of this group; what an earlier group brought and no commit took comes again.</summary>
    public void TakeLogs(IReadOnlyList<LogAppend> appends) => told = ConfigurationNews.In(appends, time.GetUtcNow());

    /// <summary>A centre has connected: what it has not seen is given to the broker again.</summary>
    public void Born(CentreId centre)
    {
        if (wanted.ContainsKey(centre))
        {
            born.Add(centre);
        }
        else if (unwanted.Contains(centre))
        {
            toClear.Add(centre); // A broker that was restored may keep again what was taken back.
        }
    }

    public bool HasWrites => given.Count > 0 || withdrawn.Count > 0 || sent.Count > 0 || told.Count > 0;

    public BridgeWrites Into(BridgeWrites writes) => HasWrites
        ? writes with { Configurations = new ConfigurationWrites([.. given.Select(one => one.Configuration)], [.. withdrawn.Select(one => one.Withdrawal)], [.. sent, .. told]) }
        : writes;

    /// <summary>What was handed into the writes is on disk.</summary>
    public void Committed()
    {
        foreach (var (configuration, wish) in given)
        {
            if (WhyNot(configuration) is { } outcome)
            {
                isStale = true;
                wish.Outcome.TrySetResult(outcome);
                continue;
            }

            unwanted.Remove(configuration.Centre);
            wanted[configuration.Centre] = configuration.Revision;
            due.Add(configuration.Centre);
            toClear.Remove(configuration.Centre);
            fleet.Touched(configuration.Centre);
            wish.Outcome.TrySetResult(new ConfigurationWishOutcome.Stored(configuration.Revision));
        }

        foreach (var (withdrawal, revision, wish) in withdrawn)
        {
            wanted.Remove(withdrawal.Centre);
            unwanted.Add(withdrawal.Centre);
            due.Remove(withdrawal.Centre);
            toClear.Add(withdrawal.Centre);
            fleet.Touched(withdrawal.Centre);
            wish.Outcome.TrySetResult(new ConfigurationWishOutcome.Stored(revision));
        }

        foreach (var step in sent.Concat(told))
        {
            fleet.Touched(step.Centre);
        }

        given.Clear();
        withdrawn.Clear();
        sent.Clear();
        told = [];
    }

    /// <summary>Nothing was committed, or nobody knows; the store is asked again once it answers.</summary>
    public void Failed(bool isInDoubt)
    {
        foreach (var wish in given.Select(one => one.Wish).Concat(withdrawn.Select(one => one.Wish)))
        {
            wish.Outcome.TrySetResult(isInDoubt ? new ConfigurationWishOutcome.InDoubt() : new ConfigurationWishOutcome.NotStored());
        }

        isStale |= isInDoubt;
        given.Clear();
        withdrawn.Clear();
        told = [];
    }

    /// <returns>How long until there is something to do without a word from anybody.</returns>
    public TimeSpan Rest() => HasWrites || held is not null ? TimeSpan.Zero : toClear.Any(IsFree) || due.Any(IsFree) ? TimeSpan.FromSeconds(1) : Timeout.InfiniteTimeSpan;

    private bool IsUnderWay(CentreId centre) => given.Exists(one => one.Configuration.Centre == centre) || withdrawn.Exists(one => one.Withdrawal.Centre == centre);

    private PendingWish<ConfigurationWish, ConfigurationWishOutcome>? Next()
    {
        var next = held;
        held = null;
        return next ?? (door.TryTake(out var pending) ? pending : null);
    }

    // Two bridges on one store may give at once; the store keeps the one that came first.
    private ConfigurationWishOutcome? WhyNot(GivenConfiguration mine)
    {
        if (!store.IsShared)
        {
            return null;
        }

        try
        {
            return store.Configurations.Find(mine.Centre, mine.Revision)?.Given is { } kept && (kept.Hash, kept.Who, kept.Reason) == (mine.Hash, mine.Who, mine.Reason)
                && kept.Given.ToUnixTimeMilliseconds() == mine.Given.ToUnixTimeMilliseconds() ? null : new ConfigurationWishOutcome.NotStored();
        }
        catch (BridgeStoreException)
        {
            return new ConfigurationWishOutcome.InDoubt();
        }
    }

    private bool TryCollect(PendingWish<ConfigurationWish, ConfigurationWishOutcome> pending)
    {
        var wish = pending.Wish;
        try
        {
            var newest = store.Configurations.Read(wish.Centre, 1) is [var first, ..] ? first : null;
            var last = newest?.Given.Revision ?? 0;
            var now = time.GetUtcNow();
            if (wish.Text is { } text)
            {
                // What the centre has seen counts too: this store may have been restored from a backup.
                var revision = Math.Max(now.ToUnixTimeSeconds(), Math.Max(last, SeenBy(wish.Centre)) + 1);
                given.Add((new GivenConfiguration(wish.Centre, revision, DesiredConfiguration.HashOf(text), text, wish.Who, wish.Reason, now), pending));
            }
            else if (newest is { IsWanted: true })
            {
                withdrawn.Add((new ConfigurationWithdrawal(wish.Centre, wish.Who, wish.Reason, now, newest.Given.Revision), newest.Given.Revision, pending));
            }
            else
            {
                pending.Outcome.TrySetResult(new ConfigurationWishOutcome.Nothing());
            }

            return true;
        }
        catch (BridgeStoreException)
        {
            return false;
        }
    }

    private long SeenBy(CentreId centre) =>
        fleet.ConfigurationOf(centre)?.Pushed?.Revision is { } seen && seen <= (time.GetUtcNow() + MostAhead).ToUnixTimeSeconds() ? seen : 0;

    // A bridge that shares its store sends what another took in and did not live to send; whoever is told twice looks once.
    private void ReadWanted()
    {
        var now = store.Configurations.ReadWanted().ToDictionary(one => one.Centre);
        (readAt, isStale) = (time.GetTimestamp(), false);
        foreach (var over in wanted.Keys.Where(centre => !now.ContainsKey(centre)).ToList())
        {
            wanted.Remove(over);
            due.Remove(over);
            toClear.Add(over);
        }

        unwanted.Clear();
        unwanted.UnionWith(store.Configurations.ReadCentres().Where(centre => !now.ContainsKey(centre)));

        foreach (var (centre, one) in now)
        {
            wanted[centre] = one.Revision;
            if (one.State == ConfigurationStages.Waiting)
            {
                due.Add(centre);
            }
        }
    }
}
