using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Printing;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;
using Wire = MotCua.Protocols.Events;

namespace MotCua.Edge.Printing;

/// <summary>Has every ticket printed once it is durable, and writes down what the printer answered.</summary>
/// <remarks>
/// It prints what becomes durable while it runs, and nothing else: after a start a ticket without a receipt may be half on paper or in somebody's hand, so it is
/// offered for «in lại» (<see cref="UnprintedTickets"/>) and never printed again by itself.
/// </remarks>
public sealed class TicketPrinting : ICommitSink, IPrintReceipts, IDisposable
{
    /// <summary>A citizen who waited longer for the paper has left the machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TicketPrinter printer;
    private readonly IDisposable glyphs;
    private readonly SlipMaker slips;
    private readonly Paperless paperless;
    private readonly EdgeLoop loop;
    private readonly IClockTrust clock;
    private readonly TimeProvider time;

    internal TicketPrinting(
        Func<IPrintReceipts, TicketPrinter> printer, IDisposable glyphs, SlipMaker slips, Paperless paperless, EdgeLoop loop, IClockTrust clock, TimeProvider time)
    {
        (this.glyphs, this.slips, this.paperless, this.loop, this.clock, this.time) = (glyphs, slips, paperless, loop, clock, time);
        this.printer = printer(this);
    }

    /// <summary>To be stepped with the others.</summary>
    public ISteppedLoop Printer => printer;

    /// <summary>Why nothing can be printed now; null when it can, or when that is not known yet.</summary>
    public FaultCode? Cannot => printer.Cannot;

    public void Accept(Committed committed)
    {
        foreach (var happened in committed.Events)
        {
            switch (happened.Data)
            {
                case Wire.TicketIssued issued:
                    Print(Original(issued, happened));
                    break;
                case Wire.TicketReprinted again when Find(committed.State.Queue, TicketNumber.Parse(again.Number)) is { } ticket:
                    Print(Copy(again, ticket, committed.State.Queue, happened.Seq));
                    break;
            }
        }
    }

    /// <summary>Prints a paper that is nobody's ticket.</summary>
    /// <param name="answered">Told once: null when it was printed and cut, otherwise why not. Any thread.</param>
    internal void Try(TimeSpan patience, Action<FaultCode?> answered) => Print(new TrialJob(time.After(patience), slips.Trial, answered));

    void IPrintReceipts.Printed(PrintJob job, DeviceId device, int millimetres)
    {
        if (job is TrialJob trial)
        {
            trial.Answered(null);
            return;
        }

        loop.Record(new TicketPrinted(((TicketJob)job).Date, job.Number, job.Copy, device.Value, millimetres), light: true);
    }

    void IPrintReceipts.NotPrinted(PrintJob job, DeviceId device, FaultCode why)
    {
        if (job is TrialJob trial)
        {
            trial.Answered(why);
            return;
        }

        loop.Record(new TicketUnprinted(((TicketJob)job).Date, job.Number, job.Copy, device.Value, why.Value), light: true);
        // Whoever asked for a copy stands at a counter and is told there.
        if (job.Copy == 1)
        {
            paperless.Tell(job.Number, ((TicketJob)job).Language, why);
        }
    }

    public void Dispose()
    {
        printer.Dispose();
        glyphs.Dispose();
    }

    private void Print(PrintJob job) => printer.Print(job);

    private TicketJob Original(Wire.TicketIssued issued, CommittedEvent happened)
    {
        DateTimeOffset? takenAt = clock.Now() == ClockTrust.Unsynced ? null : happened.At;
        return new TicketJob(issued.Date, issued.Number, 1, time.After(Patience), issued.Language is { } own ? new LanguageCode(own) : null, () => slips.Make(
            TicketNumber.Parse(issued.Number), new ServiceCode(issued.Service), new FollowToken(issued.Token), issued.Priority is not null, issued.Ahead, takenAt, 1, happened.Seq,
            issued.Procedure is { } procedure ? new ProcedureCode(procedure) : null));
    }

    private TicketJob Copy(Wire.TicketReprinted again, Ticket ticket, QueueState queue, long seq)
    {
        int? ahead = ticket.Stage == TicketStage.Waiting && queue.Waiting.TryGetValue(ticket.Service, out var line) && line.Contains(ticket)
            ? line.InTurn.TakeWhile(other => other.Number != ticket.Number).Count() : null;
        return new TicketJob(again.Date, again.Number, again.Copy, time.After(Patience), ticket.Language, () => slips.Make(
            ticket.Number, ticket.Service, ticket.Token, ticket.Priority is not null, ahead, ticket.Unsure ? null : ticket.IssuedAt, again.Copy, seq, ticket.Procedure));
    }

    private static Ticket? Find(QueueState queue, TicketNumber number)
    {
        foreach (var ticket in queue.Living)
        {
            if (ticket.Number == number)
            {
                return ticket;
            }
        }

        return null;
    }


    // It says what it is where a ticket has its number, so that nobody waits with it.
    private sealed record TrialJob(long NotAfter, Func<Devices.Printing.Slip.TicketSlip> Slip, Action<FaultCode?> Answered) : PrintJob(SlipMaker.TrialNumber, 1, NotAfter, Slip);

    private sealed record TicketJob(DateOnly Date, string Number, int Copy, long NotAfter, LanguageCode? Language, Func<Devices.Printing.Slip.TicketSlip> Slip) : PrintJob(Number, Copy, NotAfter, Slip);
}
