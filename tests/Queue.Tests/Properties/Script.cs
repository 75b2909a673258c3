using FsCheck;
using FsCheck.Fluent;

namespace MotCua.Edge.Queue.Tests;

/// <summary>A random day at a centre: what is asked, and how time and the clock behave. Plain bytes, so that a failing one shrinks to the few steps that matter.</summary>
internal static class Script
{
    private static readonly ServiceCode[] Services = [Hall.Notary, Hall.Land, Hall.Online, Hall.Notary];
    private static readonly Comparer<CounterId> ByValue = Comparer<CounterId>.Create((a, b) => a.Value.CompareTo(b.Value));
    private static readonly PriorityCode[] Groups = [Hall.Elderly, Hall.Disabled, Hall.Future];

    /// <summary>Scripts for each property. Mutation testing asks the same thousands of times, and sets a smaller number.</summary>
    private static readonly int Scripts = int.TryParse(Environment.GetEnvironmentVariable("MOTCUA_SCRIPTS"), out var scripts) ? scripts : 250;

    /// <summary>Runs the property over random scripts; a failure names its seed and its smallest script.</summary>
    public static void Check(Action<(byte What, byte Which, byte Detail, byte Pause)[]> property) =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Scripts).WithStartSize(40).WithEndSize(400),
            Prop.ForAll(ArbMap.Default.ArbFor<(byte, byte, byte, byte)[]>(), property));

    /// <summary>Lets time pass, and now and then the clock or the power misbehave.</summary>
    public static void Pass(Hall hall, byte pause, Action<QueueEvent> happened)
    {
        hall.Now += pause switch
        {
            < 80 => TimeSpan.FromSeconds(pause % 6),
            < 220 => TimeSpan.FromSeconds(pause % 40),
            < 240 => TimeSpan.FromMinutes(pause - 220),
            < 242 => TimeSpan.FromHours(pause - 238),
            < 244 => -TimeSpan.FromMinutes(20),
            244 => TimeSpan.FromDays(1),
            _ => TimeSpan.Zero,
        };
        switch (pause)
        {
            case 245 or 246:
                hall.ClockTrusted = !hall.ClockTrusted;
                break;
            case 247:
                hall.ClockTrusted = true;
                break;
            case 248:
                happened(new BoxStarted($"boot {hall.Log.Count}"));
                hall.ClockTrusted = false;
                break;
            case 249:
                happened(new PastLost(5));
                break;
            case 250 or 251:
                var step = pause == 250 ? TimeSpan.FromHours(8) : -TimeSpan.FromHours(1);
                hall.Now += step;
                happened(new ClockCorrected(step, hall.Now));
                break;
        }
    }

    public static QueueCommand Command(byte what, byte which, byte detail, int step, Hall hall)
    {
        var counter = new CounterId(1 + (which % 5 == 4 && detail > 200 ? 8 : which % 4));
        return (what % 64) switch
        {
            < 18 => new IssueTicket(Services[which % 4], Hall.Token(step), "api", detail % 3 == 0 ? Groups[detail / 3 % 3] : null),
            < 32 => new CallNext(counter),
            < 34 => new Recall(counter),
            < 36 => new FinishTicket(counter),
            < 38 => new StartServing(counter),
            38 => new MarkMissed(counter),
            39 or 40 => new CallChosen(counter, Some(), Hall.Because),
            41 or 42 => new ParkTicket(counter, Hall.Because),
            43 or 44 => new ReturnTicket(Some()),
            45 => new TransferToService(counter, Services[detail % 4], Hall.Because),
            46 => new TransferToCounter(counter, new CounterId(1 + (detail % 4)), Hall.Because),
            47 => new CancelTicket(Some(), Hall.Because, detail % 2 == 0 ? counter : null),
            48 => new FreeCounter(counter),
            49 or 50 => new Tick(),
            51 or 52 => new UndoLast(hall.State.Undo.IsEmpty || detail > 240 ? counter : hall.State.Undo.Keys.Order(ByValue).ElementAt(which % hall.State.Undo.Count)),
            53 => new ReprintTicket(Some(), "api"),
            54 => new RateTicket(Some(), (Rating)(detail % 3), detail % 6 == 2 ? RatingReasons.Attitude : RatingReasons.None),
            55 => (detail % 4) switch
            {
                0 => new RequestHelp(new HelpPlace("quay-1")),
                1 => new TakeHelp(new HelpPlace("quay-1"), 1 + (detail % 5), detail % 3 == 0 ? 1 : null),
                2 => new AnswerHelp(new HelpPlace("quay-1")),
                _ => new WithdrawHelp(new HelpPlace("quay-1")),
            },
            56 => detail % 2 == 0 ? new PauseCounter(counter, Hall.Because) : new ResumeCounter(counter),
            57 => detail % 2 == 0 ? new PauseService(Services[which % 4], Hall.Because) : new ResumeService(Services[which % 4]),
            58 => detail % 8 == 0 ? new PauseCentre(Hall.Because) : new ResumeCentre(),
            59 => new BookAppointment(new AppointmentId($"hen-{detail % 16}"), Services[which % 4], hall.Now + TimeSpan.FromMinutes(detail - 20)),
            60 or 61 => new CheckIn(new AppointmentId($"hen-{detail % 16}"), Hall.Token(step), "api"),
            62 => detail % 4 == 0 ? new OpenDay() : new CancelAppointment(new AppointmentId($"hen-{detail % 16}")),
            _ => detail % 8 == 0 ? new CloseDay() : new IssueTicket(Hall.Notary, Hall.Token(step), "api"),
        };

        // Mostly a number that was given, often one that lives.
        TicketNumber Some()
        {
            var living = hall.State.Living.Select(ticket => ticket.Number).Order(Comparer<TicketNumber>.Create((a, b) => (a.Series, a.Value).CompareTo((b.Series, b.Value)))).ToList();
            return living.Count > 0 && detail % 4 != 0 ? living[which % living.Count] : new TicketNumber("ALH"[which % 3], 1 + (detail % 30));
        }
    }
}
