using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Printing.Slip;
using MotCua.Edge.Outlook;
using MotCua.Edge.Procedures;
using MotCua.Edge.Queue;
using MotCua.Edge.Queue.Forecast;

namespace MotCua.Edge.Printing;

/// <summary>Makes what a ticket says from what is durable.</summary>
/// <param name="outlook">Asked when the ticket's turn comes, by the printer's loop: it takes some milliseconds.</param>
/// <param name="procedures">What is looked up; null: nothing is.</param>
internal sealed class SlipMaker(CentreOptions options, WaitOutlook outlook, Func<ProcedureIndex>? procedures = null)
{
    /// <summary>What a trial has in place of a number.</summary>
    public const string TrialNumber = "THỬ";

    /// <summary>A hand's length of lines; whoever needs more reads them on the page.</summary>
    private const int MostPapers = 14;

    /// <summary>A paper that shows whether letters, lines and the cutter are right.</summary>
    public TicketSlip Trial() => new(options.Name, TrialNumber, "Phiếu thử máy in, không phải số thứ tự") { Checklist = ["Chữ rõ, đủ dấu", "Giấy được cắt"], Footer = options.Printer!.Footer };

    /// <param name="ahead">How many are called before it; null where that is not known any more.</param>
    /// <param name="takenAt">Null while the clock is not trusted.</param>
    /// <param name="seq">Event that the forecast must know.</param>
    /// <param name="procedure">What was looked up for it: its papers stand in place of the service's.</param>
    public TicketSlip Make(TicketNumber number, ServiceCode service, FollowToken token, bool priority, int? ahead, DateTimeOffset? takenAt, int copy, long seq, ProcedureCode? procedure = null)
    {
        var sheet = procedure is { } code ? procedures?.Invoke().Find(code) : null;
        var printer = options.Printer!;
        return new TicketSlip(options.Name, number.ToString(), options.Plan.Services.TryGetValue(service, out var known) ? known.Name : service.Value)
        {
            Ahead = ahead,
            Wait = WaitOf(outlook.Of(number, seq)),
            TakenAt = takenAt,
            Priority = priority,
            Copy = copy,
            Follow = printer.FollowUrl is { } address ? address + token.Value : null,
            Procedure = sheet?.Name,
            Checklist = sheet is null ? printer.Checklists.GetValueOrDefault(service, []) : [.. sheet.Papers.Take(MostPapers)],
            Footer = printer.Footer,
        };
    }

    /// <summary>Whole minutes, away from the middle, so that the range still holds as often.</summary>
    public static SlipWait? WaitOf(WaitForecast? forecast) => forecast switch
    {
        CalledAtOnce => new SlipWait(0, 0),
        WaitRange { Upper.TotalMinutes: <= 2 } => new SlipWait(0, 2),
        WaitRange range => new SlipWait((int)Math.Floor(range.Lower.TotalMinutes), (int)Math.Ceiling(range.Upper.TotalMinutes)),
        _ => null,
    };
}
