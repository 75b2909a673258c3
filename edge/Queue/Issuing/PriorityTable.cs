namespace MotCua.Edge.Queue;

internal static class PriorityTable
{
    /// <summary>The newest row of the group in force on the business date; null without one.</summary>
    /// <remarks>A date that is only kept, because the clock is not trusted, may lie before every row; then the oldest row counts, for nobody loses a right to a flat battery.</remarks>
    public static PriorityGroup? InForce(Moment moment, PriorityCode code)
    {
        PriorityGroup? newest = null, oldest = null;
        foreach (var group in moment.Plan.Priorities)
        {
            if (group.Code != code)
            {
                continue;
            }

            oldest = oldest is null || group.InForceFrom < oldest.InForceFrom ? group : oldest;
            newest = group.InForceFrom <= moment.Today && (newest is null || group.InForceFrom > newest.InForceFrom) ? group : newest;
        }

        return newest ?? (moment.ClockTrusted ? null : oldest);
    }

    /// <summary>The group in words; its code when the table no longer has it.</summary>
    public static string LabelOf(QueuePlan plan, PriorityCode code)
    {
        foreach (var group in plan.Priorities)
        {
            if (group.Code == code)
            {
                return group.Label;
            }
        }

        return code.Value;
    }
}
