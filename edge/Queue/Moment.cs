namespace MotCua.Edge.Queue;

/// <summary>What a decision is made from. The day is open.</summary>
internal readonly record struct Moment(QueueState State, DateTimeOffset Now, bool ClockTrusted)
{
    public QueuePlan Plan => State.Plan;

    public QueueTiming Timing => State.Plan.Timing;

    public DateOnly Today => State.Date!.Value;

    /// <summary>After it happened.</summary>
    public Moment After(QueueEvent happened) => this with { State = QueueFold.Apply(State, happened) };

    /// <summary>At least this long ago, and not in the future: a clock that was set back proves no waiting.</summary>
    public bool IsPast(DateTimeOffset since, TimeSpan atLeast) => Now - since >= atLeast && Now >= since;

    /// <summary>Less than this ago, and not in the future.</summary>
    public bool IsWithin(DateTimeOffset since, TimeSpan window) => Now >= since && Now - since < window;

    public static Decided One(QueueEvent happened) => new([happened]);
}
