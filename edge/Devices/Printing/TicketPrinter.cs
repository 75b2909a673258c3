using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Printing.EscPos;
using MotCua.Edge.Devices.Printing.Fonts;
using MotCua.Edge.Devices.Printing.Slip;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Printing;

/// <summary>Prints tickets one after another and answers for each, once; watches the printer in between.</summary>
/// <remarks>
/// <para>While the printer is known not to print, tickets are answered at once: the citizen stands there and must hear the number. Until its first word after
/// the start they wait for it, as in a rush, but no longer than their deadline; so they do after one failure on the line, since a printer that cuts may be slow to answer.</para>
/// <para>A print that failed is never tried again: nobody knows how much of it is on paper, and two papers with one number are worse than none.</para>
/// <para><see cref="Print"/> may be called from any thread; <see cref="StepAsync"/> has one caller.</para>
/// </remarks>
public sealed class TicketPrinter : ISteppedLoop, IDisposable
{
    /// <summary>A minute of a printer that needs two seconds a ticket. When it is full the newest is answered at once: its citizen would wait longer than anybody does.</summary>
    public const int Capacity = 32;

    /// <summary>How often a printer that has nothing to do is asked how it is. Paper that ran out is told within this time.</summary>
    public static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);

    // At 203 dpi a millimetre has 8 dots; the cutter stands some 15 mm above the head.
    private const int DotsPerMillimetre = 8;
    private const int CutMillimetres = 18;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Queue<PrintJob> waiting = new();
    private readonly DeviceId id;
    private readonly EscPosPrinter printer;
    private readonly SlipPainter painter;
    private readonly TimeProvider time;
    private readonly IDeviceReports reports;
    private readonly IPrintReceipts receipts;
    private readonly Func<IOException, string> explain;
    private readonly Flicker flicker;
    private readonly RetryPause pause = new(FirstRetry, LongestRetry);

    private long askAt = long.MinValue;
    private DeviceReport? known;

    // Why nothing can be printed now; null when it can, or when nobody has asked yet.
    private FaultCode? cannot;

    // The last look failed on the line, the one before it did not: the next one decides.
    private bool unsure;

    /// <param name="explain">A failure in the words of whoever wired the printer; null for its own words.</param>
    public TicketPrinter(
        DeviceId id, EscPosPrinter printer, SlipPainter painter, TimeProvider time, IDeviceReports reports, IPrintReceipts receipts, Func<IOException, string>? explain = null)
    {
        this.explain = explain ?? (e => e.Message);
        flicker = new Flicker(time);
        (this.id, this.printer, this.painter, this.time, this.reports, this.receipts) = (id, printer, painter, time, reports, receipts);
    }

    public string Name => $"printer:{id}";

    public WakeSignal Wake { get; } = new();

    /// <summary>Why nothing can be printed now; null when it can, or when that is not known yet. Any thread.</summary>
    public FaultCode? Cannot
    {
        get
        {
            lock (gate)
            {
                return cannot;
            }
        }
    }

    /// <summary>Puts a ticket at the end of the line; returns at once.</summary>
    public void Print(PrintJob job)
    {
        FaultCode? refused;
        lock (gate)
        {
            // A printer that is asked and does not answer holds the loop up, and its citizens must not wait for that.
            refused = cannot ?? (waiting.Count < Capacity ? null : PrinterFaults.TooSlow);
            if (refused is null)
            {
                waiting.Enqueue(job);
            }
        }

        if (refused is { } why)
        {
            receipts.NotPrinted(job, id, why);
        }
        else
        {
            Wake.Set();
        }
    }

    /// <summary>Answers for what cannot be printed, prints at most one ticket, or asks the printer how it is.</summary>
    public async ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        AnswerForLate();
        if (Cannot is { } why)
        {
            AnswerForAll(why);
        }

        if (time.GetTimestamp() >= askAt)
        {
            await AskAsync(stop);
        }

        if (Cannot is null && !unsure && known is not null && Next() is { } job)
        {
            await PrintAsync(job, stop);
            return TimeSpan.Zero;
        }

        return Until(askAt);
    }

    public void Dispose()
    {
        Wake.Dispose();
        printer.Dispose();
    }

    private TimeSpan Until(long moment)
    {
        lock (gate)
        {
            return waiting.Count > 0 && !unsure ? TimeSpan.Zero : time.Until(moment);
        }
    }

    private PrintJob? Next()
    {
        lock (gate)
        {
            return waiting.TryDequeue(out var job) ? job : null;
        }
    }

    private async ValueTask AskAsync(CancellationToken stop)
    {
        try
        {
            var condition = await printer.AskAsync(stop);
            // Letters are needed for every ticket: a box without them says so before the first citizen does.
            painter.Prepare();
            Tell(condition);
            if (condition.HasFlag(PrinterCondition.Cutter))
            {
                await printer.RecoverAsync(stop);
            }
        }
        catch (IOException e)
        {
            Failed(e);
        }
    }

    private async ValueTask PrintAsync(PrintJob job, CancellationToken stop)
    {
        int millimetres;
        try
        {
            var ticket = painter.Paint(job.Slip());
            await printer.PrintAsync(ticket, stop);
            millimetres = ticket.Height / DotsPerMillimetre + CutMillimetres;
        }
        catch (IOException e)
        {
            Failed(e);
            receipts.NotPrinted(job, id, Cannot ?? PrinterFaults.Of(e));
            return;
        }
        catch (Exception) when (!stop.IsCancellationRequested) // A defect of ours is told by the runner; the citizen must hear the number all the same.
        {
            receipts.NotPrinted(job, id, PrinterFaults.Offline);
            throw;
        }

        pause.Succeeded();
        receipts.Printed(job, id, millimetres);
        askAt = time.After(AskEvery);
    }

    private void Tell(PrinterCondition condition)
    {
        pause.Succeeded();
        unsure = false;
        askAt = time.After(AskEvery);
        var (state, fault) = PrinterFaults.Of(condition);
        Report(new DeviceReport(id, state, fault, fault is null ? null : $"{printer.Name}: {condition}"), (condition & ~PrinterCondition.PaperNearEnd) == PrinterCondition.None);
    }

    private void Failed(IOException e)
    {
        askAt = time.After(pause.AfterFailure());
        var fault = e is FontMissingException ? PrinterFaults.NoFont : PrinterFaults.Of(e);
        unsure = known is { State: not DeviceState.Failed } && e is not (FontMissingException or PrinterStoppedException);
        Report(new DeviceReport(id, DeviceState.Failed, fault, explain(e)), prints: unsure);
    }

    private void Report(DeviceReport report, bool prints)
    {
        lock (gate)
        {
            cannot = prints ? null : report.Fault;
        }

        var passes = flicker.Passes(report);
        if (passes || !report.SaysTheSameAs(known))
        {
            reports.Report(report with { IsPassing = !passes });
        }

        known = report;
    }

    private void AnswerForLate()
    {
        while (true)
        {
            PrintJob job;
            lock (gate)
            {
                if (!waiting.TryPeek(out job!) || job.NotAfter >= time.GetTimestamp())
                {
                    return;
                }

                waiting.Dequeue();
            }

            receipts.NotPrinted(job, id, PrinterFaults.TooSlow);
        }
    }

    private void AnswerForAll(FaultCode why)
    {
        while (Next() is { } job)
        {
            receipts.NotPrinted(job, id, why);
        }
    }
}
