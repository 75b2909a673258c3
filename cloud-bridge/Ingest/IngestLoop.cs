using MotCua.CloudBridge.Commands;
using MotCua.CloudBridge.Configurations;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Health;
using MotCua.CloudBridge.Snapshots;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Trust;

namespace MotCua.CloudBridge.Ingest;

/// <summary>Takes what the centres send, commits it in groups, and only then acknowledges. The one writer of the store.</summary>
/// <remarks>
/// <code>link ─► collect (check, chain) ─► one commit ─► sign and publish acks ─► views</code>
/// A commit that fails throws the group away unacknowledged: the journals of the centres hold it, and they send again. Where another bridge was faster with one of
/// the logs, the group is judged once more by what is held now.
/// </remarks>
public sealed class IngestLoop(
    IMqttLink mqtt, BridgeLink link, IBridgeStore store, FleetView fleet, ProvinceKey key, TimeProvider time, Random random, IngestStatus status, IngestGroupLimits limits, CommandTraffic commands,
    ConfigurationTraffic configurations, SnapshotTraffic snapshots, HealthSampler health, ILogger<IngestLoop> log)
{
    private static readonly TimeSpan FirstStorePause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestStorePause = TimeSpan.FromSeconds(10);

    private readonly LogEnds ends = new(store);
    private readonly FactIntake facts = new(fleet, health);
    private readonly BatchIntake batches = new(store, status);
    private readonly Backoff storeBackoff = new(FirstStorePause, LongestStorePause, random);
    private readonly Queue<MqttLinkEvent.Received> again = new();
    private IReadOnlyList<QuarantinedMessage> unkept = [];
    private MqttLinkEvent.Received? carried;
    private long? storePauseFrom;
    private TimeSpan storePause;

    /// <summary>Does one round: at most one group is taken and committed.</summary>
    /// <returns>Zero: more is waiting. <see cref="Timeout.InfiniteTimeSpan"/>: rest until the link queues an event.</returns>
    public TimeSpan Step()
    {
        if (store.IsShared)
        {
            ends.Forget();
        }

        link.Told ??= configurations.Told;
        var group = new IngestGroup(limits, ends, unkept);
        unkept = [];
        var more = false;
        try
        {
            commands.Collect(storeIsDown: StoreRest() > TimeSpan.Zero);
            configurations.Collect(storeIsDown: StoreRest() > TimeSpan.Zero);
            snapshots.Collect(storeIsDown: StoreRest() > TimeSpan.Zero);
            more = Collect(group);
            commands.TakeLogs(group.Appends);
            configurations.TakeLogs(group.Appends);
            snapshots.TakeLogs(group.Appends);
            Commit(group);
        }
        catch (LogMovedException)
        {
            JudgeAgain(group);
            more = true;
        }
        catch (BridgeStoreException e)
        {
            Fail(group, e);
        }

        commands.Send();
        configurations.Send();
        status.Dropped(mqtt.DroppedMessages);
        var untilConnect = link.KeepUp();
        return more ? TimeSpan.Zero : Sooner(untilConnect, storePauseFrom is null ? Sooner(commands.Rest(), configurations.Rest()) : StoreRest());
    }

    private bool Collect(IngestGroup group)
    {
        while (!group.IsFull)
        {
            var message = carried;
            carried = null;
            if (message is null && !again.TryDequeue(out message) && !link.TryTakeMessage(out message))
            {
                return false;
            }

            group.Count(message.Payload.Length);
            if (!TryTake(message, group))
            {
                carried = message;
                return true;
            }
        }

        return true;
    }

    private bool TryTake(MqttLinkEvent.Received message, IngestGroup group)
    {
        var now = time.GetUtcNow();
        CentreId? from = null;
        string? reason;
        var hasHead = !message.Topic.Contains("/up/snap", StringComparison.Ordinal); // Whatever comes of it, and whatever it is.
        try
        {
            if (!Topics.TryParseUp(message.Topic, out var centre, out var kind, out var id))
            {
                reason = "Not a topic of this contract.";
            }
            else
            {
                from = centre;
                switch (kind, id)
                {
                    case ("evt", ""):
                        if (StoreRest() > TimeSpan.Zero)
                        {
                            return true; // The store is out of order; without an ack the centre sends it again.
                        }

                        if (!batches.TryTake(centre, message.Payload, group, out reason))
                        {
                            return false;
                        }

                        if (reason is null)
                        {
                            group.Keep(message);
                        }

                        break;
                    case ("state", ""):
                        reason = facts.Take(centre, FactKind.State, "", message.Payload, now);
                        break;
                    case ("birth", ""):
                        reason = facts.Take(centre, FactKind.Birth, "", message.Payload, now);
                        commands.Born(centre);
                        configurations.Born(centre);
                        break;
                    case ("health", ""):
                        reason = facts.Take(centre, FactKind.Health, "", message.Payload, now);
                        break;
                    case ("dev", { Length: > 0 }):
                        reason = facts.Take(centre, FactKind.Device, id, message.Payload, now);
                        break;
                    case ("res", { Length: > 0 }):
                        reason = commands.TakeAnswer(centre, id, message.Payload);
                        break;
                    case ("snap", { Length: > 0 }):
                        if (snapshots.IsFull && StoreRest() <= TimeSpan.Zero)
                        {
                            return false; // The broker has had its answer for it: those before are committed first.
                        }

                        reason = snapshots.Take(centre, id, message.Payload);
                        break;
                    default:
                        reason = "Not a topic of this contract.";
                        break;
                }
            }
        }
        catch (Exception e) when (e is not BridgeStoreException) // The stream outlives a fault of ours in one message.
        {
            reason = $"The bridge could not deal with it: {e.GetType().Name}.";
        }

        if (reason is not null)
        {
            status.Quarantined();
            group.Quarantine(now, message.Topic, from, reason, message.Payload, hasHead);
        }

        return true;
    }

    private void Commit(IngestGroup group)
    {
        var retrying = storePauseFrom is not null;
        if (StoreRest() > TimeSpan.Zero)
        {
            return;
        }

        if (retrying || !group.IsEmpty || facts.Unsaved.Count > 0 || commands.HasWrites || configurations.HasWrites || snapshots.HasWrites)
        {
            store.Commit(snapshots.Into(configurations.Into(commands.Into(new BridgeWrites(group.Appends, group.Quarantined, facts.Unsaved)))));
            commands.Committed();
            configurations.Committed();
            snapshots.Committed();
        }

        if (retrying)
        {
            storePauseFrom = null;
            storeBackoff.Reset();
            IngestLog.StoreBack(log);
            if (snapshots.TakeDropped() is > 0 and var dropped)
            {
                IngestLog.PicturesDropped(log, dropped);
            }
        }

        foreach (var (moved, end) in group.Moved)
        {
            ends.Set(moved, end);
        }

        status.Committed(group.Appends.Count, group.Appends.Sum(append => (long)append.Events.Count));
        // The rows stand, whatever comes of telling: what is not acknowledged now, the edge sends again.
        Tell(group);
        var owed = group.Owed.Union(facts.Asked).ToList();
        facts.Saved();
        try
        {
            Acknowledge(owed);
        }
        catch (BridgeStoreException e)
        {
            status.StoreFailed(e.Message);
        }
    }

    private void Acknowledge(IEnumerable<LogId> owed)
    {
        foreach (var one in owed)
        {
            var end = ends.Find(one);
            var ack = new Ack(one.Centre, one.Epoch, end.UpTo, end.Hash);
            mqtt.Publish(new MqttMessage(Topics.Ack(one.Centre), ack.Sign(key, time.GetUtcNow()), MqttQuality.AtLeastOnce));
        }
    }

    private void Tell(IngestGroup group)
    {
        if (group.Refused > 0)
        {
            IngestLog.Quarantined(log, group.Refused, group.Quarantined[0].Topic, group.Quarantined[0].Reason);
        }

        foreach (var append in group.Appends)
        {
            if (!store.IsShared)
            {
                fleet.Committed(append); // Otherwise the follower tells, of every bridge's commits in their order.
            }

            if (append.Gap is { } gap)
            {
                IngestLog.GapRecorded(log, append.Log.Centre.Value, gap.From, gap.To, append.Log.Epoch.ToString());
            }
        }
    }

    // Before what comes after it. Ends: each time some bridge has committed.
    private void JudgeAgain(IngestGroup group)
    {
        unkept = group.Quarantined;
        var rest = again.ToArray();
        again.Clear();
        foreach (var message in group.Batches.Concat(rest))
        {
            again.Enqueue(message);
        }
    }

    private void Fail(IngestGroup group, BridgeStoreException e)
    {
        ends.Forget();
        commands.Failed(e is CommitInDoubtException);
        configurations.Failed(e is CommitInDoubtException);
        storePauseFrom = time.GetTimestamp();
        storePause = storeBackoff.Next();
        status.StoreFailed(e.Message);
        IngestLog.StoreFailed(log, group.Appends.Count, e.Message, storePause);
    }

    private TimeSpan StoreRest()
    {
        if (storePauseFrom is not { } from)
        {
            return Timeout.InfiniteTimeSpan;
        }

        var rest = storePause - time.GetElapsedTime(from);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    private static TimeSpan Sooner(TimeSpan a, TimeSpan b) =>
        a == Timeout.InfiniteTimeSpan ? b : b == Timeout.InfiniteTimeSpan || a < b ? a : b;
}
