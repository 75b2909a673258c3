namespace MotCua.Fleet.Days;

/// <summary>What happens next in a centre.</summary>
internal enum Act : byte
{
    Arrive,
    Clerk,
    Print,
    Show,
    Speak,
    Return,
    Help,
    HelpComes,
    Close,
    Trouble,
    LineOfCentre,
    LineOfDistrict,
}

/// <param name="Subject">Counter, kind of trouble: whatever the act is about.</param>
/// <param name="Number">Of an event or a turn.</param>
/// <param name="Ticket">Null where it is about none.</param>
internal readonly record struct Due(Act Act, int Subject = 0, long Number = 0, string? Ticket = null);

/// <summary>A centre's next acts, in order of time; of one moment, in the order in which they were planned, so that the same seed makes the same day.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Due, (long Ticks, long Order)> queue = new();
    private long order;

    /// <summary>When the next act is due.</summary>
    public DateTimeOffset Next => queue.TryPeek(out _, out var at) ? new DateTimeOffset(at.Ticks, TimeSpan.Zero) : DateTimeOffset.MaxValue;

    public void Plan(DateTimeOffset at, Due due) => queue.Enqueue(due, (at.UtcTicks, ++order));

    public Due Take() => queue.Dequeue();
}
