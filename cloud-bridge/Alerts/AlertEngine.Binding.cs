using MotCua.Protocols.Faults;

namespace MotCua.CloudBridge.Alerts;

/// <content>Which alert a cause belongs to, and when an alert opens, opens again, and ends.</content>
public sealed partial class AlertEngine
{
    private void Bind(List<Track> active, DateTimeOffset now)
    {
        // Also what is held down still: it explains others, and counts among the centres that went together.
        var finder = new RootFinder(rules.Group, [.. tracks.Values.Where(track => track.IsPresent || track.Alert is not null)], active, places);
        // Lost centres first, since what else fails there goes where they go.
        foreach (var track in active.OrderBy(track => track.Key.Code != ProvinceFaults.CentreLost).ThenBy(track => track.Onset))
        {
            var root = finder.RootOf(track);
            if (track.Alert is not { } before)
            {
                track.Alert = FindOrOpen(root, now);
                Write(track.Alert, track, now);
            }
            else if (IsStronger(root, before.Root))
            {
                Put(before, before.Causes[track.Key] with { Ended = now, Moved = true }, now);
                track.Alert = FindOrOpen(root, now);
                before.MergedInto = track.Alert.Id;
                Write(track.Alert, track, now);
            }
        }
    }

    private bool IsStronger(RootKey root, RootKey than)
    {
        if (root == than || than.Kind == RootKind.Flood)
        {
            return false;
        }

        if (root.Kind != than.Kind)
        {
            return root.Kind > than.Kind;
        }

        var code = than.Code;
        for (var i = 0; root.Kind == RootKind.Fault && i < tracks.Count && rules.TermsOf(code).DependsOn is { } above; i++)
        {
            if (above == root.Code)
            {
                return true;
            }

            code = above;
        }

        return false;
    }

    private Alert FindOrOpen(RootKey root, DateTimeOffset now)
    {
        if (byRoot.TryGetValue(root, out var alert) && alert.IsOpen)
        {
            return alert;
        }

        if (alert is { Ended: { } ended, MergedInto: null } && now - ended < TimeSpan.FromMinutes(rules.Hold.ReopenMinutes))
        {
            (alert.Ended, alert.Since) = (null, now);
            alert.Openings++;
            alert.Care = alert.Care with { AcknowledgedBy = null, AcknowledgedAt = null };
            Note(alert, AlertMoment.Reopened, now, alert.IsMuted(now) ? Nobody : [.. alert.Channels]);
            return alert;
        }

        if (root.Kind != RootKind.Flood && Open.Count() >= MostOpen)
        {
            return FindOrOpen(RootKey.Flood, now);
        }

        alert = new Alert(nextId++, root, now) { Severity = Severity.Notice };
        alerts.Add(alert.Id, alert);
        byRoot[root] = alert;
        Note(alert, AlertMoment.Opened, now, Nobody);
        return alert;
    }

    private void End(Alert alert, DateTimeOffset now)
    {
        alert.Ended = now;
        foreach (var cause in alert.Causes.Values.Where(cause => cause.Ended is null).ToList())
        {
            Put(alert, cause with { Ended = now }, now);
        }

        // Whatever it still had when it ended decides what became of it.
        if (alert.MergedInto is not null && alert.Causes.Values.Where(cause => cause.Moved).Any(cause => cause.Ended == now))
        {
            Note(alert, AlertMoment.Merged, now, Nobody);
            return;
        }

        alert.MergedInto = null;
        Note(alert, AlertMoment.Resolved, now, alert.IsMuted(now) ? Nobody : [.. alert.Channels]);
    }
}
