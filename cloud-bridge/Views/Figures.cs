using MotCua.Protocols;

namespace MotCua.CloudBridge.Views;

/// <summary>Names a row of the daily figures.</summary>
/// <param name="Hour">Hour in Viet Nam in which the ticket was issued, 0 to 23; -1 when the box did not know the time.</param>
public readonly record struct FigureKey(CentreId Centre, DateOnly Day, int Hour, string Service);

/// <summary>Counts and sums of some tickets: <c>Issued = Served + Inferred + Missed + Expired + Cancelled</c> and those that have not ended.</summary>
/// <param name="Waits">Tickets whose waiting could be measured.</param>
/// <param name="Waiting">All their waiting together.</param>
/// <param name="Services">Tickets whose service could be measured.</param>
/// <param name="Serving">All their service together.</param>
/// <param name="VerySatisfied">Ratings.</param>
public readonly record struct FigureCounts(
    long Issued, long Served, long Inferred, long Missed, long Expired, long Cancelled, long Waits, TimeSpan Waiting, long Services, TimeSpan Serving,
    long VerySatisfied, long Satisfied, long NotSatisfied)
{
    public static FigureCounts operator +(FigureCounts a, FigureCounts b) => new(
        a.Issued + b.Issued, a.Served + b.Served, a.Inferred + b.Inferred, a.Missed + b.Missed, a.Expired + b.Expired, a.Cancelled + b.Cancelled,
        a.Waits + b.Waits, a.Waiting + b.Waiting, a.Services + b.Services, a.Serving + b.Serving,
        a.VerySatisfied + b.VerySatisfied, a.Satisfied + b.Satisfied, a.NotSatisfied + b.NotSatisfied);

    public static FigureCounts operator -(FigureCounts a) => new(
        -a.Issued, -a.Served, -a.Inferred, -a.Missed, -a.Expired, -a.Cancelled, -a.Waits, -a.Waiting, -a.Services, -a.Serving, -a.VerySatisfied, -a.Satisfied, -a.NotSatisfied);
}

/// <summary>What a duration measures.</summary>
public enum DurationKind
{
    /// <summary>From arrival, or the slot of an appointment, to the first call.</summary>
    Waiting,

    /// <summary>From the start of serving, or else the call, to the end; of tickets that somebody ended.</summary>
    Service,
}

/// <summary>What one ticket adds to the figures. Pure, so that a ticket that changes takes back what it added before.</summary>
public readonly record struct Contribution(FigureKey Key, FigureCounts Counts, int? WaitingStep, int? ServiceStep)
{
    private static readonly TimeSpan VietNam = TimeSpan.FromHours(7);

    public static Contribution Of(TicketView ticket) => new(
        new FigureKey(ticket.Centre, ticket.Day, HourOf(ticket), ticket.Service),
        new FigureCounts(
            1, If(ticket.Stage == TicketStage.Served), If(ticket.Stage == TicketStage.Inferred), If(ticket.Stage == TicketStage.Missed), If(ticket.Stage == TicketStage.Expired),
            If(ticket.Stage == TicketStage.Cancelled), If(ticket.Waited is not null), ticket.Waited ?? TimeSpan.Zero, If(ticket.ServedFor is not null), ticket.ServedFor ?? TimeSpan.Zero,
            If(ticket.Rating == "very-satisfied"), If(ticket.Rating == "satisfied"), If(ticket.Rating == "not-satisfied")),
        ticket.Waited is { } waited ? DurationSteps.StepOf(waited) : null,
        ticket.ServedFor is { } served ? DurationSteps.StepOf(served) : null);

    private static int HourOf(TicketView ticket) =>
        ticket.Doubts.Of(Doubts.Begin) ? -1 : (int)((ticket.Issued.UtcTicks + VietNam.Ticks) / TimeSpan.TicksPerHour % 24);

    private static long If(bool holds) => holds ? 1 : 0;
}
