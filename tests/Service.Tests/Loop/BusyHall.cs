using System.Globalization;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Loop.Tests;

/// <summary>A centre with everything that a plan may hold, and people who do everything at random.</summary>
internal sealed class BusyHall(int seed)
{
    public static readonly QueuePlan Plan = QueuePlan.Of(
        [new Queue.Service(LoopBench.Notary, "Chứng thực", 'A', Quota: 500), new Queue.Service(LoopBench.Civil, "Hộ tịch", 'H')],
        [
            new Counter(new CounterId(1), [LoopBench.Notary, LoopBench.Civil]), new Counter(new CounterId(2), [LoopBench.Civil]),
            new Counter(new CounterId(3), [LoopBench.Notary], SelfService: true, FreeAfter: TimeSpan.FromMinutes(3)),
        ]) with
    {
        Priorities = [new PriorityGroup(new PriorityCode("nguoi-cao-tuoi"), "người cao tuổi", TimeSpan.FromMinutes(30), "Luật 39/2009/QH12", new DateOnly(2010, 7, 1))],
    };

    private static readonly Reason Why = new("Lý do thử");
    private readonly Random random = new(seed);

    public QueueCommand Next(LoopBench bench)
    {
        var counter = new CounterId(random.Next(1, 4));
        var service = random.Next(2) == 0 ? LoopBench.Notary : LoopBench.Civil;
        var number = new TicketNumber(random.Next(2) == 0 ? 'A' : 'H', random.Next(1, 30));
        var appointment = new AppointmentId("HEN-" + random.Next(1, 8).ToString(CultureInfo.InvariantCulture));
        return random.Next(36) switch
        {
            < 9 => new IssueTicket(service, bench.NewToken(), "api", random.Next(4) == 0 ? new PriorityCode("nguoi-cao-tuoi") : null, Procedure: number.Value % 5 == 0 ? new ProcedureCode("2.000815") : null),
            < 15 => new CallNext(counter),
            15 => new Recall(counter),
            16 => new StartServing(counter),
            17 or 18 => new FinishTicket(counter),
            19 => new MarkMissed(counter),
            20 => new ParkTicket(counter, Why),
            21 => new ReturnTicket(number),
            22 => new TransferToService(counter, service, Why),
            23 => new TransferToCounter(counter, new CounterId(random.Next(1, 4)), Why),
            24 => new CancelTicket(number, Why, counter),
            25 => new UndoLast(counter),
            26 => new CallChosen(counter, number, Why),
            27 => new FreeCounter(counter),
            28 => new ReprintTicket(number, "api"),
            29 => number.Value % 2 == 0 ? new RateTicket(number, Rating.Satisfied) : new RateTicket(number, Rating.NotSatisfied, RatingReasons.LongWait | RatingReasons.Other),
            30 => random.Next(3) switch { 0 => new RequestHelp(new HelpPlace("sanh")), 1 => new AnswerHelp(new HelpPlace("sanh")), _ => new WithdrawHelp(new HelpPlace("sanh")) },
            31 => random.Next(2) == 0 ? new PauseCounter(counter, Why) : new ResumeCounter(counter),
            32 => random.Next(3) == 0 ? new PauseService(service, Why) : new ResumeService(service),
            33 => new BookAppointment(appointment, service, bench.Time.GetUtcNow().AddMinutes(random.Next(60))),
            34 => new CheckIn(appointment, bench.NewToken(), "api"),
            _ => random.Next(4) switch { 0 => new PauseCentre(Why), 1 => new CancelAppointment(appointment), 2 => new Tick(), _ => new ResumeCentre() },
        };
    }

    public TimeSpan Pause() => TimeSpan.FromSeconds(random.Next(0, 40));
}
