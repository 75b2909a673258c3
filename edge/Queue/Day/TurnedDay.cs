namespace MotCua.Edge.Queue;

/// <summary>The queue as the next thing that happens will find it: what is left of yesterday is gone, though nothing has said so yet.</summary>
public static class TurnedDay
{
    /// <returns>The state itself while its day goes on.</returns>
    public static QueueState Of(QueueState state, DateTimeOffset now, bool clockTrusted) => Of(new Moment(state, now, clockTrusted)).State;

    internal static Moment Of(Moment moment)
    {
        foreach (var happened in DayRules.Turn(moment, byClerk: false))
        {
            moment = moment.After(happened);
        }

        return moment;
    }
}
