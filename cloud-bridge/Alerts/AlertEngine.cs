using MotCua.CloudBridge.Fleet;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Alerts;

/// <summary>Makes alerts of what is wrong, and ends them. No I/O, no clock: it is told how things stand and what time it is. Used by one thread.</summary>
/// <remarks>
/// Two laws: every cause that lasted long enough is in exactly one open alert, and an alert ends when all its causes have. A cause goes over to an alert that explains it better
/// and never back, so that an outage which comes to light piece by piece ends up as one alert.
/// </remarks>
public sealed partial class AlertEngine
{
    /// <summary>Alerts that are open at once; whatever comes beyond that is in one more.</summary>
    public const int MostOpen = 5_000;

    private static readonly IReadOnlyList<string> Nobody = [];

    private readonly AlertRules rules;
    private readonly Dictionary<CauseKey, Track> tracks = [];
    private readonly Dictionary<string, HashSet<CauseKey>> byCentre = new(StringComparer.Ordinal);
    private readonly Dictionary<CentreId, string> places = [];
    private readonly Dictionary<long, Alert> alerts = [];
    private readonly Dictionary<RootKey, Alert> byRoot = [];
    private readonly HashSet<Alert> changed = [];
    private readonly HashSet<(Alert Alert, CauseKey Key)> changedCauses = [];
    private readonly List<AlertNote> notes = [];
    private long nextId;
    private DateTimeOffset? settledAt;

    /// <param name="known">Alerts that are open, and those that ended so lately that they may open again, as they were stored.</param>
    /// <param name="nextId">For the next alert.</param>
    public AlertEngine(AlertRules rules, IEnumerable<Alert> known, long nextId)
    {
        (this.rules, this.nextId) = (rules, nextId);
        foreach (var alert in known.OrderBy(alert => alert.IsOpen).ThenBy(alert => alert.Id))
        {
            alerts.Add(alert.Id, alert);
            byRoot[alert.Root] = alert;
        }

        // One that is over in an alert may be there in another.
        foreach (var (alert, cause) in Open.SelectMany(alert => alert.Causes.Values.Where(cause => !cause.Moved).Select(cause => (alert, cause))).OrderBy(pair => pair.cause.Ended is null).ToList())
        {
            TrackOf(cause.Key).Restore(alert, cause);
        }
    }

    /// <summary>Alerts that are open.</summary>
    public IEnumerable<Alert> Open => alerts.Values.Where(alert => alert.IsOpen);

    /// <summary>The bridge hears the centres, or does not. While it does not, nothing opens; when it does again, they first say how they are.</summary>
    public void Hear(bool hears, DateTimeOffset now) =>
        settledAt = hears ? settledAt ?? (now + TimeSpan.FromSeconds(rules.Hold.SettleSeconds)) : null;

    /// <summary>How a centre stands now.</summary>
    /// <param name="region">Empty when it has none.</param>
    public void See(CentreSituation centre, string region, DateTimeOffset now) =>
        See(centre.Id, region, centre.State != Protocols.State.StateMessage.Stopped, Conditions.Of(centre, rules, code => Holds(centre.Id, code), now), now);

    /// <summary>What is wrong at a centre now; nothing else is.</summary>
    /// <param name="centre">Null for the bridge.</param>
    /// <param name="counts">Among the centres of its region: one that was switched off cannot be lost.</param>
    public void See(CentreId? centre, string region, bool counts, IReadOnlyList<PresentCause> causes, DateTimeOffset now)
    {
        if (centre is { } id)
        {
            if (counts)
            {
                places[id] = region;
            }
            else
            {
                places.Remove(id);
            }
        }

        var here = new HashSet<CauseKey>();
        foreach (var cause in causes)
        {
            var key = new CauseKey(centre, cause.Subject, cause.Code);
            if (rules.TermsOf(cause.Code).Ignored || !here.Add(key))
            {
                continue;
            }

            var track = TrackOf(key);
            if (track.Appear(cause, now) && track.Alert is { } alert)
            {
                Write(alert, track, now);
            }
        }

        foreach (var track in KeysOf(centre).Where(key => !here.Contains(key)).Select(key => tracks[key]).Where(track => track.IsPresent).ToList())
        {
            track.Disappear(now);
            if (track.Alert is { } alert)
            {
                Write(alert, track, now);
            }
        }
    }

    /// <summary>What people decided about an alert since.</summary>
    public void Decided(long id, AlertCare care)
    {
        if (alerts.TryGetValue(id, out var alert))
        {
            alert.Care = care;
        }
    }

    /// <summary>Brings all alerts up to a moment.</summary>
    public AlertChanges Step(DateTimeOffset now)
    {
        var settled = settledAt <= now;
        List<Track> active = [];
        foreach (var track in tracks.Values.ToList())
        {
            if (track.IsActive(rules.Hold, now) && (track.Alert is not null || settled || track.Key.Centre is null))
            {
                active.Add(track);
            }
            else if (track.Alert is not null)
            {
                track.Alert = null;
            }

            if (track.IsForgotten(rules.Hold, now))
            {
                tracks.Remove(track.Key);
                KeysOf(track.Key.Centre).Remove(track.Key);
            }
        }

        Bind(active, now);
        var working = rules.Calendar.IsWorking(now);
        var held = active.ToLookup(track => track.Alert!);
        foreach (var alert in Open.ToList())
        {
            if (held.Contains(alert))
            {
                Judge(alert, held[alert].Max(track => track.SeverityAt(working)), working, now);
            }
            else
            {
                End(alert, now);
            }
        }

        Forget(now);
        var told = new AlertChanges([.. changed], [.. changedCauses.Select(one => (one.Alert, one.Alert.Causes[one.Key]))], [.. notes], NextDue(now));
        changed.Clear();
        changedCauses.Clear();
        notes.Clear();
        return told;
    }

    private void Write(Alert alert, Track track, DateTimeOffset now)
    {
        var before = alert.Causes.GetValueOrDefault(track.Key);
        var count = before is null || before.Moved ? Math.Max(1, track.Count) : Math.Max(before.Onsets, track.Count);
        Put(alert, new AlertCause(track.Key, track.Detail, track.Since, track.Ended, count, Moved: false), now);
    }

    private void Put(Alert alert, AlertCause cause, DateTimeOffset now)
    {
        alert.Causes[cause.Key] = cause;
        changedCauses.Add((alert, cause.Key));
        Touch(alert, now);
    }

    private void Touch(Alert alert, DateTimeOffset now)
    {
        alert.Changed = now;
        changed.Add(alert);
    }

    private void Note(Alert alert, AlertMoment moment, DateTimeOffset now, IReadOnlyList<string> channels, int step = 0)
    {
        notes.Add(new AlertNote(alert, moment, now, channels, step));
        Touch(alert, now);
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var alert in alerts.Values.Where(alert => alert.Ended is { } ended && now - ended >= TimeSpan.FromMinutes(rules.Hold.ReopenMinutes)).ToList())
        {
            alerts.Remove(alert.Id);
            if (byRoot.GetValueOrDefault(alert.Root) == alert)
            {
                byRoot.Remove(alert.Root);
            }
        }
    }

    private bool Holds(CentreId centre, string code) => tracks.GetValueOrDefault(new CauseKey(centre, "", code))?.IsPresent == true;

    private Track TrackOf(CauseKey key)
    {
        if (!tracks.TryGetValue(key, out var track))
        {
            tracks.Add(key, track = new Track(key, rules.TermsOf(key.Code)));
            KeysOf(key.Centre).Add(key);
        }

        return track;
    }

    private HashSet<CauseKey> KeysOf(CentreId? centre)
    {
        var name = centre?.Value ?? "";
        if (!byCentre.TryGetValue(name, out var keys))
        {
            byCentre.Add(name, keys = []);
        }

        return keys;
    }
}
