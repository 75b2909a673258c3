using MotCua.CloudBridge.Health;
using MotCua.CloudBridge.Views;
using MotCua.Protocols;
using MotCua.Protocols.Faults;

namespace MotCua.CloudBridge.Alerts;

/// <summary>What happened, as a try-out plays it again.</summary>
/// <param name="Lost">When centres could not be heard, from alerts of that time; null where it lasts.</param>
/// <param name="Health">Slots of five minutes, by centre.</param>
/// <param name="Regions">Of centres that have one.</param>
public sealed record PastTrouble(
    DateTimeOffset From, DateTimeOffset To, IReadOnlyList<FaultView> Faults, IReadOnlyList<(CentreId Centre, DateTimeOffset From, DateTimeOffset? To)> Lost,
    IReadOnlyList<HealthSlot> Health, IReadOnlyDictionary<CentreId, string> Regions, IReadOnlyCollection<CentreId> Centres);

/// <summary>What rules would have done.</summary>
/// <param name="Alerts">That would have opened.</param>
/// <param name="Reopened">How often one would have opened again.</param>
/// <param name="Told">Messages to channels.</param>
/// <param name="Critical">Of the alerts, by the worst severity that they reached.</param>
/// <param name="ByFault">The ten most frequent.</param>
public sealed record TryOutResult(int Alerts, int Reopened, int Told, int Critical, int Warning, int Notice, IReadOnlyList<TryOutCount> ByFault);

/// <param name="Code">Of the fault that the alerts would have been about.</param>
/// <param name="Title">Vietnamese.</param>
public sealed record TryOutCount(string Code, string Title, int Alerts);

/// <summary>Plays the past against rules, to see how many alerts they would have made before they go live. Pure: the same past and the same rules give the same answer.</summary>
public static class TryOut
{
    private const int MostListed = 10;
    private const double Tenths = 10;
    private const long BytesOfKiB = 1024;

    /// <param name="stop">Somebody no longer waits for the answer.</param>
    public static TryOutResult Run(AlertRules rules, PastTrouble past, CancellationToken stop = default)
    {
        var engine = new AlertEngine(rules, [], 1);
        engine.Hear(true, past.From - TimeSpan.FromSeconds(rules.Hold.SettleSeconds));
        foreach (var centre in past.Centres)
        {
            engine.See(centre, past.Regions.GetValueOrDefault(centre, ""), true, [], past.From);
        }

        var worst = new Dictionary<Alert, Severity>();
        var (reopened, told) = (0, 0);
        var present = new Dictionary<CentreId, Dictionary<(string Subject, string Code), PresentCause>>();
        var now = past.From;
        DateTimeOffset? due = null;
        foreach (var at in Changes(rules, past).GroupBy(change => change.At))
        {
            stop.ThrowIfCancellationRequested();
            PlayUpTo(at.Key);
            foreach (var centre in at.GroupBy(change => change.Centre))
            {
                if (!present.TryGetValue(centre.Key, out var here))
                {
                    present.Add(centre.Key, here = []);
                }

                foreach (var change in centre)
                {
                    if (change.Begins)
                    {
                        here[(change.Subject, change.Code)] = new PresentCause(change.Subject, change.Code, null, null);
                    }
                    else
                    {
                        here.Remove((change.Subject, change.Code));
                    }
                }

                engine.See(centre.Key, past.Regions.GetValueOrDefault(centre.Key, ""), true, [.. here.Values], at.Key);
            }

            Step(at.Key);
        }

        PlayUpTo(past.To);
        var alerts = worst.Keys.Where(alert => alert.MergedInto is null).ToList();
        return new TryOutResult(
            alerts.Count, reopened, told, alerts.Count(alert => worst[alert] == Severity.Critical), alerts.Count(alert => worst[alert] == Severity.Warning),
            alerts.Count(alert => worst[alert] == Severity.Notice),
            [
                .. alerts.GroupBy(alert => alert.Root.Code, StringComparer.Ordinal).Select(code => new TryOutCount(code.Key, ProvinceFaults.Find(code.Key).Title, code.Count()))
                    .OrderByDescending(count => count.Alerts).ThenBy(count => count.Code, StringComparer.Ordinal).Take(MostListed),
            ]);

        void PlayUpTo(DateTimeOffset until)
        {
            while (due is { } next && next < until)
            {
                stop.ThrowIfCancellationRequested();
                Step(next);
            }
        }

        void Step(DateTimeOffset at)
        {
            now = at > now ? at : now;
            var changes = engine.Step(now);
            reopened += changes.Notes.Count(note => note.Moment == AlertMoment.Reopened);
            told += changes.Notes.Sum(note => note.Channels.Count);
            foreach (var alert in changes.Changed)
            {
                worst[alert] = worst.TryGetValue(alert, out var before) && before > alert.Severity ? before : alert.Severity;
            }

            due = changes.NextDue > now ? changes.NextDue : null;
        }
    }

    private static List<Change> Changes(AlertRules rules, PastTrouble past)
    {
        var changes = new List<Change>();
        foreach (var fault in past.Faults)
        {
            Add(fault.Centre, fault.Device, fault.Fault ?? ProvinceFaults.Unnamed, fault.From, fault.To);
        }

        foreach (var (centre, from, to) in past.Lost)
        {
            Add(centre, "", ProvinceFaults.CentreLost, from, to);
        }

        foreach (var slots in past.Health.GroupBy(slot => slot.Centre))
        {
            AddHealth(rules.Limits, slots.OrderBy(slot => slot.Slot), Add);
        }

        // What ends at a moment is over before anything begins at it.
        changes.Sort((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : a.Begins.CompareTo(b.Begins));
        return changes;

        void Add(CentreId centre, string subject, string code, DateTimeOffset from, DateTimeOffset? to)
        {
            if (to <= from || to <= past.From || from >= past.To)
            {
                return;
            }

            changes.Add(new Change(from > past.From ? from : past.From, centre, subject, code, true));
            if (to is { } end && end < past.To)
            {
                changes.Add(new Change(end, centre, subject, code, false));
            }
        }
    }

    // Of five minutes the highest value counts, as a live look would have met it once in them.
    private static void AddHealth(LimitRules limits, IEnumerable<HealthSlot> slots, Action<CentreId, string, string, DateTimeOffset, DateTimeOffset?> add)
    {
        var begun = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        HealthSlot? last = null;
        foreach (var slot in slots)
        {
            if (last is not null && slot.Slot - last.Slot > HealthSlot.Length)
            {
                EndAll(last);
            }

            Judge(slot, ProvinceFaults.Hot, slot.Temperature.Count > 0 && slot.Temperature.Max / Tenths >= limits.HotC);
            Judge(slot, ProvinceFaults.RoomHot, slot.RoomTemperature.Count > 0 && slot.RoomTemperature.Max / Tenths >= limits.RoomHotC);
            Judge(slot, ProvinceFaults.DiskLow, slot.DiskFreeKiB.Count > 0 && slot.DiskFreeKiB.Min * BytesOfKiB < limits.DiskFreeMb * 1_000_000L);
            Judge(slot, ProvinceFaults.Backlog, slot.Pending.Count > 0 && slot.Pending.Min > limits.PendingEvents);
            last = slot;
        }

        if (last is not null)
        {
            EndAll(last);
        }

        void Judge(HealthSlot slot, string code, bool holds)
        {
            if (holds)
            {
                begun.TryAdd(code, slot.Slot);
            }
            else if (begun.Remove(code, out var from))
            {
                add(slot.Centre, "", code, from, slot.Slot);
            }
        }

        void EndAll(HealthSlot at)
        {
            foreach (var (code, from) in begun)
            {
                add(at.Centre, "", code, from, at.Slot + HealthSlot.Length);
            }

            begun.Clear();
        }
    }

    private readonly record struct Change(DateTimeOffset At, CentreId Centre, string Subject, string Code, bool Begins);
}
