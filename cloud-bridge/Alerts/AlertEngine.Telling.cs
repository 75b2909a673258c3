using MotCua.Protocols.Faults;

namespace MotCua.CloudBridge.Alerts;

/// <content>How bad an alert is, and who is told of it when.</content>
public sealed partial class AlertEngine
{
    private void Judge(Alert alert, Severity worst, bool working, DateTimeOffset now)
    {
        // A group is as bad as is declared of it, and never less than its causes.
        var group = rules.TermsOf(alert.Root.Code);
        var own = alert.Root.Kind is RootKind.Power or RootKind.Region or RootKind.Province or RootKind.Flood ? (working ? group.Usual : group.OffHours) : Severity.Notice;
        var severity = own > worst ? own : worst;
        if (severity != alert.Severity)
        {
            alert.Severity = severity;
            Touch(alert, now);
        }

        if (alert.IsMuted(now))
        {
            return;
        }

        if (alert.Told < severity)
        {
            // Whoever had seen it has not seen this.
            alert.Told = severity;
            alert.Care = alert.Care with { AcknowledgedBy = null, AcknowledgedAt = null };
            Note(alert, AlertMoment.Worsened, now, [.. alert.Channels]);
        }

        Escalate(alert, working, now);
    }

    private void Escalate(Alert alert, bool working, DateTimeOffset now)
    {
        for (var i = 0; i < rules.Steps.Count && i < RuleCheck.MostSteps; i++)
        {
            var step = rules.Steps[i];
            var isFirst = step.AfterMinutes == 0;
            if (!Waits(alert, i) || !(step.Always || working) || Passed(alert, step, now) < TimeSpan.FromMinutes(step.AfterMinutes))
            {
                continue;
            }

            alert.Steps |= 1L << i;
            alert.Told = alert.Told is { } told && told > alert.Severity ? told : alert.Severity;
            alert.Channels.UnionWith(step.Channels);
            Note(alert, isFirst ? AlertMoment.Announced : AlertMoment.Escalated, now, [.. step.Channels], i + 1);
        }
    }

    // A step that only time can bring; what time has passed is asked last, since counting working hours of months takes a while.
    private bool Waits(Alert alert, int step) =>
        (alert.Steps & (1L << step)) == 0 && alert.Severity >= SeverityWords.TryRead(rules.Steps[step].At) && (rules.Steps[step].AfterMinutes == 0 || alert.Care.AcknowledgedBy is null);

    private TimeSpan Passed(Alert alert, EscalationStep step, DateTimeOffset now) => step.Always ? now - alert.Since : rules.Calendar.WorkedBetween(alert.Since, now);

    // The least of all moments at which a track, a step of the escalation, the calendar or a mute changes something.
    private DateTimeOffset? NextDue(DateTimeOffset now)
    {
        var due = tracks.Values.Select(track => track.DueAt(rules.Hold, now)).Append(settledAt).Where(at => at > now).Min();
        if (!Open.Any())
        {
            return due;
        }

        due = Earlier(due, rules.Calendar.NextChange(now));
        foreach (var alert in Open)
        {
            due = Earlier(due, alert.Care.MutedUntil > now ? alert.Care.MutedUntil : null);
            for (var i = 0; i < rules.Steps.Count && i < RuleCheck.MostSteps; i++)
            {
                if (Waits(alert, i) && TimeSpan.FromMinutes(rules.Steps[i].AfterMinutes) - Passed(alert, rules.Steps[i], now) is var rest && rest > TimeSpan.Zero)
                {
                    due = Earlier(due, now + rest);
                }
            }
        }

        return due;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;
}
