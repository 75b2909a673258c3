using MotCua.Protocols.Faults;

namespace MotCua.CloudBridge.Alerts;

/// <summary>One cause as the engine follows it: there or not, since when, and how often it came. Used by one thread.</summary>
internal sealed class Track(CauseKey key, FaultTerms terms)
{
    // As many as a rule may count.
    private const int MostOnsets = 16;

    private readonly Queue<DateTimeOffset> onsets = new();

    public CauseKey Key => key;

    public FaultTerms Terms => terms;

    public bool IsPresent { get; private set; }

    /// <summary>When this bridge first saw it, this time.</summary>
    public DateTimeOffset Onset { get; private set; }

    /// <summary>For people: when it began by whoever said it.</summary>
    public DateTimeOffset Since { get; private set; }

    public DateTimeOffset? Ended { get; private set; }

    public string? Detail { get; private set; }

    /// <summary>How often it came while it was followed.</summary>
    public long Count { get; private set; }

    /// <summary>The alert that it is in; null while it is held down.</summary>
    public Alert? Alert { get; set; }

    public Severity SeverityAt(bool working) => working ? terms.Usual : terms.OffHours;

    /// <summary>It is there, as it was or again.</summary>
    /// <returns>Whether anything that people see changed.</returns>
    public bool Appear(PresentCause cause, DateTimeOffset now)
    {
        if (IsPresent)
        {
            var isNew = Detail != cause.Detail;
            Detail = cause.Detail;
            return isNew;
        }

        (IsPresent, Ended, Onset, Since, Detail) = (true, null, now, cause.Since is { } said && said <= now ? said : now, cause.Detail);
        Count++;
        if (onsets.Count == MostOnsets)
        {
            onsets.Dequeue();
        }

        onsets.Enqueue(now);
        return true;
    }

    public void Disappear(DateTimeOffset now) => (IsPresent, Ended) = (false, now);

    /// <summary>As it was stored with its alert.</summary>
    public void Restore(Alert alert, AlertCause cause)
    {
        (Alert, IsPresent, Ended, Onset, Since, Detail, Count) = (alert, cause.Ended is null, cause.Ended, cause.Since, cause.Since, cause.Detail, cause.Onsets);
        onsets.Enqueue(cause.Since);
    }

    public bool Flaps(HoldRules rules, DateTimeOffset now) => onsets.Count(at => now - at < TimeSpan.FromMinutes(rules.FlapMinutes)) >= rules.FlapCount;

    /// <summary>Whether it should be in an alert.</summary>
    public bool IsActive(HoldRules rules, DateTimeOffset now) => Alert is null
        ? (IsPresent && now - Onset >= terms.Hold) || (Flaps(rules, now) && (IsPresent || now < OverAt(rules, now)))
        : IsPresent || now < OverAt(rules, now);

    /// <summary>When it will count as over, if it stays away.</summary>
    public DateTimeOffset OverAt(HoldRules rules, DateTimeOffset now)
    {
        var clear = (Ended ?? now) + TimeSpan.FromSeconds(rules.ClearSeconds);
        var quiet = (Ended ?? now) + TimeSpan.FromMinutes(rules.QuietMinutes);
        // Whether it flapped is asked of the moment at which it was last there, so that it does not become quiet by forgetting.
        return Flaps(rules, Ended ?? now) && quiet > clear ? quiet : clear;
    }

    /// <summary>Nobody needs to remember it.</summary>
    public bool IsForgotten(HoldRules rules, DateTimeOffset now) =>
        Alert is null && !IsPresent && onsets.All(at => now - at >= TimeSpan.FromMinutes(rules.FlapMinutes));

    /// <summary>When it may change by itself.</summary>
    public DateTimeOffset? DueAt(HoldRules rules, DateTimeOffset now) => this switch
    {
        { Alert: null, IsPresent: true } => Onset + terms.Hold,
        { Alert: null } => null,
        { IsPresent: false } => OverAt(rules, now),
        _ => null,
    };
}
