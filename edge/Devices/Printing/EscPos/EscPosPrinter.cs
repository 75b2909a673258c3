using MotCua.Edge.Devices.Buses;

namespace MotCua.Edge.Devices.Printing.EscPos;

/// <summary>An ESC/POS printer behind a line of bytes. One caller at a time.</summary>
/// <remarks>After a failure the line is given back and opened anew: a network printer that was switched off leaves a connection that looks alive.</remarks>
/// <param name="answers">False: it never says anything back; then what it took is what it printed.</param>
/// <param name="patience">How long an answer may take; null for <see cref="AnswerLimit"/>.</param>
public sealed class EscPosPrinter(IByteLine line, TimeProvider time, bool answers = true, TimeSpan? patience = null) : IDisposable
{
    /// <summary>How long an answer may take: a serial printer at 9600 baud needs a millisecond, a busy one some more.</summary>
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromMilliseconds(700);

    /// <summary>How long a printer may take no byte of a piece.</summary>
    public static readonly TimeSpan PieceLimit = TimeSpan.FromSeconds(5);

    /// <summary>From the last byte to «done»: 30 cm at 50 mm/s and the cut.</summary>
    public static readonly TimeSpan DoneLimit = TimeSpan.FromSeconds(12);

    /// <summary>A cut, and what it takes to get there.</summary>
    private static readonly TimeSpan CutLimit = TimeSpan.FromSeconds(3);

    /// <summary>Answers to questions that stand behind one another come behind one another.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    /// <summary>At 9600 baud a piece takes 2 s.</summary>
    private const int PieceBytes = 2048;

    /// <summary>Answers to earlier questions that may come before the one asked for; something that talks on is no printer.</summary>
    private const int MostOthers = 8;

    private readonly TimeSpan answerLimit = patience ?? AnswerLimit;
    private readonly EscPosAnswers said = new(line, time);

    // The next ticket must not be taken for dots of one that broke off: here, or in a run of the program that a power cut ended.
    private Transfer last = Transfer.Unknown;

    public string Name => line.Name;

    /// <summary>Asks the printer how it is.</summary>
    /// <exception cref="PrinterRubbishException">It answers, but not as an ESC/POS printer.</exception>
    /// <exception cref="IOException">It is gone, or says nothing.</exception>
    public async ValueTask<PrinterCondition> AskAsync(CancellationToken stop)
    {
        try
        {
            if (!answers)
            {
                // Whether anything is there is told by the line: one without its device takes nothing.
                await line.WriteAsync(new byte[] { 0 }, PieceLimit, stop);
                return PrinterCondition.None;
            }

            await said.ForgetAsync(TimeSpan.Zero, stop);
            var (condition, _) = await AskAllAsync(PieceLimit, stop);
            if (Prints(condition))
            {
                await GetInStepAsync(stop);
            }

            return condition;
        }
        catch (IOException)
        {
            line.Close();
            throw;
        }
    }

    /// <summary>Prints a ticket and cuts it off. Returns when the printer has said that all of it is on paper.</summary>
    /// <exception cref="PrinterStoppedException">It gave up; nobody knows how much is on paper.</exception>
    /// <exception cref="IOException">As for <see cref="AskAsync"/>; nobody knows how much is on paper.</exception>
    public async ValueTask PrintAsync(Raster ticket, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        try
        {
            await GetInStepAsync(stop);
            await SendAsync(ticket, stop);
            if (answers)
            {
                await AwaitDoneAsync(stop);
            }
        }
        catch (IOException e)
        {
            line.Close();
            if (answers && e is not (PrinterStoppedException or PrinterRubbishException or PrinterUndoneException) && await WhyAsync(stop) is { } why)
            {
                throw new PrinterStoppedException(line.Name, why);
            }

            throw;
        }

        last = Transfer.Whole;
    }

    /// <summary>Tries to lead the printer out of an error that was mended.</summary>
    /// <exception cref="IOException">It is gone, or takes nothing.</exception>
    public ValueTask RecoverAsync(CancellationToken stop) => answers ? line.WriteAsync(EscPosBytes.Recover.ToArray(), PieceLimit, stop) : ValueTask.CompletedTask;

    public void Dispose() => line.Dispose();

    /// <summary>After a transfer that broke off: ends it, and hears out every «done» that is still to come, lest the next ticket be taken for printed.</summary>
    private async ValueTask GetInStepAsync(CancellationToken stop)
    {
        if (last == Transfer.Whole)
        {
            return;
        }

        await WriteAsync(EscPosBytes.OutOfABand(cut: last == Transfer.BrokenOff), stop);
        if (answers)
        {
            await line.WriteAsync(EscPosBytes.AreYouDone.ToArray(), PieceLimit, stop);
            await AwaitDoneAsync(stop);
            // Between the two answers a cut may lie. The older one may have been lost with the printer's power, or heard above.
            for (var others = 0; others < MostOthers && await said.NextAsync(last == Transfer.BrokenOff ? CutLimit : Quiet, stop) is not null; others++)
            {
                // An answer to what is not asked any more.
            }
        }

        last = Transfer.Whole;
    }

    private async ValueTask SendAsync(Raster ticket, CancellationToken stop)
    {
        last = Transfer.BrokenOff;
        ReadOnlyMemory<byte> rest = EscPosBytes.Ticket(ticket);
        if (!answers)
        {
            rest = rest[..^EscPosBytes.AreYouDone.Length];
        }

        await WriteAsync(rest, stop);
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> rest, CancellationToken stop)
    {
        while (!rest.IsEmpty)
        {
            var piece = rest[..Math.Min(rest.Length, PieceBytes)];
            await line.WriteAsync(piece, PieceLimit, stop);
            rest = rest[piece.Length..];
        }
    }

    private async ValueTask AwaitDoneAsync(CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            var done = false;
            // A line that chatters without end is no reason to forget the limit below.
            while (!done && time.GetElapsedTime(begun) <= DoneLimit && await said.NextAsync(answerLimit, stop) is { } reply)
            {
                done = reply.Kind == ReplyKind.InLine;
            }

            // It may have stopped in the middle, or after the last row in the cut.
            var (condition, doneMeanwhile) = await AskAllAsync(PieceLimit, stop);
            if (!Prints(condition))
            {
                throw new PrinterStoppedException(line.Name, condition);
            }

            if (done || doneMeanwhile)
            {
                return;
            }

            if (time.GetElapsedTime(begun) > DoneLimit)
            {
                throw new PrinterUndoneException(line.Name, DoneLimit);
            }
        }
    }

    /// <summary>Why a ticket broke off. A printer whose buffer is full takes no more of it, but real-time commands it obeys even then.</summary>
    /// <remarks>Asked once, and on the line opened anew: on the old one the question would stand behind the bytes that nobody takes.</remarks>
    /// <returns>Null when it does not say, or would print.</returns>
    private async ValueTask<PrinterCondition?> WhyAsync(CancellationToken stop)
    {
        try
        {
            // The answers to the four questions look alike, and a printer that is slow may still be answering the one before: only what is heard twice is believed.
            return await LookAsync() is { } first && await LookAsync() is { } second && first == second ? second : null;
        }
        catch (IOException)
        {
            line.Close();
            return null;
        }

        async ValueTask<PrinterCondition?> LookAsync()
        {
            await said.ForgetAsync(Quiet, stop);
            // A citizen waits for the number: a line that does not take even three bytes is not waited for as long as a piece.
            var (condition, _) = await AskAllAsync(answerLimit, stop);
            return Prints(condition) ? null : condition;
        }
    }

    /// <param name="toTake">How long the printer may need to take a question.</param>
    /// <returns>Also whether an answer to «are you done» came in between.</returns>
    private async ValueTask<(PrinterCondition Condition, bool Done)> AskAllAsync(TimeSpan toTake, CancellationToken stop)
    {
        var (condition, done) = (PrinterCondition.None, false);
        for (var about = 1; about <= 4; about++)
        {
            await line.WriteAsync(EscPosBytes.Ask(about), toTake, stop);
            (byte Value, ReplyKind Kind) reply;
            for (var others = 0; (reply = await said.NextAsync(answerLimit, stop) ?? throw new PrinterSilentException(line.Name)).Kind != ReplyKind.RealTime; others++)
            {
                done = others < MostOthers ? true : throw new PrinterRubbishException(line.Name, [reply.Value]);
            }

            condition |= EscPosReplies.Read(about, reply.Value);
        }

        return (Named(condition), done);
    }

    private static bool Prints(PrinterCondition condition) => (condition & ~PrinterCondition.PaperNearEnd) == PrinterCondition.None;

    // Offline is told as a reason of its own only when there is no better one.
    private static PrinterCondition Named(PrinterCondition condition) =>
        (condition & ~(PrinterCondition.Offline | PrinterCondition.PaperNearEnd)) != PrinterCondition.None ? condition & ~PrinterCondition.Offline : condition;

    private enum Transfer
    {
        Unknown,
        Whole,
        BrokenOff,
    }
}
