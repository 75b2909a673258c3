using System.Globalization;
using System.Text.Json;
using MotCua.CloudBridge.Alerts.Telling;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Ingest;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Views;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Alerts;

/// <summary>Keeps the alerts up with how the centres stand: shows the engine what changed, and stores what comes of it. Of several bridges the one that leads the views does it. Stepped; one thread.</summary>
/// <remarks>The store decides between two that both think they lead: each save expects the turn of the last, and whoever finds another begins anew from what is stored.</remarks>
public sealed partial class AlertKeeper(
    IBridgeStore store, FleetView fleet, IngestStatus ingest, ProjectionStatus projection, ChannelBook channels, AlertDescriber describer, TimeProvider time, ILogger<AlertKeeper> logger)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    // What a centre said may become wrong by the clock alone: health that is old, a machine that is off when work begins.
    private static readonly TimeSpan LookAtAll = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    private AlertEngine? engine;
    private AlertMarks marks = new(0, 0, 0, 0);
    private IReadOnlyDictionary<CentreId, string> regions = new Dictionary<CentreId, string>();
    private long revision;
    private long? sawAllAt;
    private long? prunedAt;

    /// <summary>The rules that hold.</summary>
    /// <param name="broken">They were written by a program that knows more; those of this one hold instead.</param>
    public static AlertRules RulesOf(RuleVersion? stored, out bool broken)
    {
        broken = false;
        try
        {
            return stored is null ? AlertRules.Default : AlertRules.Parse(stored.Content);
        }
        catch (JsonException)
        {
            broken = true;
            return AlertRules.Default;
        }
    }

    /// <returns>How long it may rest.</returns>
    /// <exception cref="BridgeStoreException">Nothing was written; the next step begins from what is stored.</exception>
    public TimeSpan Step()
    {
        if (store.IsShared && !projection.Now.Leads)
        {
            engine = null;
            return Pace;
        }

        try
        {
            Keep(time.GetUtcNow());
        }
        catch (AlertsMovedException)
        {
            engine = null;
        }
        catch
        {
            engine = null; // It may know what was not written.
            throw;
        }

        return Pace;
    }

    private void Keep(DateTimeOffset now)
    {
        var current = store.Alerts.ReadMarks();
        if (engine is null || current.Turn != marks.Turn || current.Rules != marks.Rules)
        {
            Begin(now);
        }
        else if (current.Lines != marks.Lines)
        {
            foreach (var (alert, care) in store.Alerts.ReadCareSince(marks.Lines))
            {
                engine.Decided(alert, care);
            }

            marks = marks with { Lines = current.Lines };
        }

        if (current.Regions != marks.Regions || sawAllAt is null)
        {
            (regions, sawAllAt) = (store.Alerts.ReadRegions(), null);
            marks = marks with { Regions = current.Regions };
        }

        See(now);
        var changes = engine!.Step(now);
        if (changes.Changed.Count > 0 || changes.Notes.Count > 0)
        {
            marks = store.Alerts.Save(marks, WritesOf(changes));
        }

        if (prunedAt is not { } before || time.GetElapsedTime(before) >= PruneEvery)
        {
            prunedAt = time.GetTimestamp();
            store.Alerts.Forget(now - Kept);
        }
    }

    private void Begin(DateTimeOffset now)
    {
        var stored = store.Alerts.ReadRules();
        var rules = RulesOf(stored, out var broken);
        if (broken)
        {
            NewerRules(logger, stored!.Version);
        }

        var memory = store.Alerts.Load(now - TimeSpan.FromMinutes(rules.Hold.ReopenMinutes));
        (engine, marks, sawAllAt) = (new AlertEngine(rules, memory.Alerts, memory.NextId), memory.Marks with { Rules = stored?.Version ?? 0 }, null);
    }

    private void See(DateTimeOffset now)
    {
        var status = ingest.Now;
        engine!.Hear(status.LinkFault is null, now);
        engine.See(null, "", false, Conditions.OfBridge(status, projection.Now), now);
        if (sawAllAt is not { } before || time.GetElapsedTime(before) >= LookAtAll)
        {
            (revision, sawAllAt) = (0, time.GetTimestamp());
        }

        foreach (var centre in fleet.SituationsSince(revision, out var seen))
        {
            engine.See(centre, regions.GetValueOrDefault(centre.Id, ""), now);
            revision = seen;
        }
    }

    private AlertWrites WritesOf(AlertChanges changes)
    {
        var (lines, deliveries) = (new List<AlertLine>(), new List<AlertDelivery>());
        foreach (var note in changes.Notes)
        {
            var (known, unknown) = (note.Channels.Where(name => channels.Find(name) is not null).ToList(), note.Channels.Where(name => channels.Find(name) is null));
            var value = string.Join(", ", known.Concat(unknown.Select(name => $"{name} (chưa có kênh)")));
            var moment = note.Moment.ToString().ToLowerInvariant();
            if (note.Moment == AlertMoment.Merged && note.Alert.MergedInto is { } into)
            {
                value = into.ToString(CultureInfo.InvariantCulture);
            }

            lines.Add(new AlertLine(0, note.Alert.Id, note.At, "", moment, value, ""));
            if (known.Count > 0)
            {
                var content = describer.MessageOf(note.Alert, note.Moment, note.At).ToJson();
                deliveries.AddRange(known.Select(name => new AlertDelivery(0, note.Alert.Id, name, note.At, content, DeliveryStates.Waiting, 0, note.At, null)));
            }
        }

        var unseen = changes.Notes.Where(note => note.Moment is AlertMoment.Worsened or AlertMoment.Reopened).Select(note => note.Alert.Id).Distinct().ToList();
        return new AlertWrites(changes.Changed, changes.Causes, lines, unseen, deliveries);
    }

    [LoggerMessage(1120, LogLevel.Warning, "Version {Version} of the rules of alerts was written by a newer program; those of this program hold until somebody sets others")]
    private static partial void NewerRules(ILogger logger, long version);
}
