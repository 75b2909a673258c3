using System.Diagnostics;

namespace MotCua.Edge.Queue;

/// <summary>Decides what a command does. Pure: the same state, command and time always give the same decision.</summary>
public static class QueueRules
{
    /// <summary>Most tickets that wait or are set aside at once. A province's busiest day is far below; a program that asks without end is stopped here and not by the box's memory.</summary>
    public const int MaxWaiting = 20_000;

    /// <param name="clockTrusted">Without trust the business date of the journal stands, and no opening hours, quota or last-ticket time refuses anyone.</param>
    public static Decision Decide(QueueState state, QueueCommand command, DateTimeOffset now, bool clockTrusted)
    {
        var moment = new Moment(state, now, clockTrusted);
        switch (command)
        {
            case OpenDay:
                return DayRules.Open(moment);
            case CloseDay:
                return DayRules.Close(moment);
            case Tick:
                return SelfServiceRules.Tick(moment);
            case AsSeen seen:
                return SightRules.Check(TurnedDay.Of(moment).State, seen) is { } changed ? changed : Decide(state, seen.Command, now, clockTrusted);
        }

        var turning = DayRules.Turn(moment, byClerk: false);
        if (turning.IsEmpty)
        {
            return DecideToday(moment, command);
        }

        foreach (var happened in turning)
        {
            moment = moment.After(happened);
        }

        // A refused command opens no day: only something that happens does.
        return DecideToday(moment, command) switch
        {
            Decided(var events) => new Decided(turning.AddRange(events)),
            var refused => refused,
        };
    }

    // The commonest first.
    private static Decision DecideToday(Moment moment, QueueCommand command) => command switch
    {
        IssueTicket c => IssueRules.Issue(moment, c),
        CallNext(var counter) => CallRules.Next(moment, counter),
        Recall(var counter) => CallRules.Recall(moment, counter),
        FinishTicket(var counter) => LifeRules.Finish(moment, counter),
        StartServing(var counter) => LifeRules.StartServing(moment, counter),
        MarkMissed(var counter) => LifeRules.Miss(moment, counter),
        CallChosen c => CallRules.Chosen(moment, c),
        ParkTicket c => LifeRules.Park(moment, c),
        ReturnTicket(var number) => LifeRules.Return(moment, number),
        TransferToService c => TransferRules.ToService(moment, c),
        TransferToCounter c => TransferRules.ToCounter(moment, c),
        CancelTicket c => LifeRules.Cancel(moment, c),
        FreeCounter(var counter) => SelfServiceRules.Free(moment, counter),
        UndoLast(var counter) => UndoRules.Undo(moment, counter),
        ReprintTicket c => CareRules.Reprint(moment, c),
        RateTicket c => CareRules.Rate(moment, c),
        RequestHelp c => CareRules.Ask(moment, c),
        TakeHelp c => CareRules.Take(moment, c),
        AnswerHelp(var place) => CareRules.Answer(moment, place),
        WithdrawHelp(var place) => CareRules.Withdraw(moment, place),
        PauseCounter c => PauseRules.Pause(moment, c),
        ResumeCounter(var counter) => PauseRules.Resume(moment, counter),
        PauseService c => PauseRules.Pause(moment, c),
        ResumeService(var service) => PauseRules.Resume(moment, service),
        PauseCentre(var why) => PauseRules.PauseCentre(moment, why),
        ResumeCentre => PauseRules.ResumeCentre(moment),
        BookAppointment c => AppointmentRules.Book(moment, c),
        CancelAppointment(var id) => AppointmentRules.Cancel(moment, id),
        CheckIn c => AppointmentRules.CheckIn(moment, c),
        _ => throw new UnreachableException(command.GetType().Name),
    };
}
