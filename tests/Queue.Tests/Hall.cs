using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Xunit;

namespace MotCua.Edge.Queue.Tests;

/// <summary>A centre's queue that a test drives: it decides, applies and keeps the log.</summary>
internal sealed class Hall(QueuePlan? plan = null)
{
    public static readonly ServiceCode Notary = new("chung-thuc");
    public static readonly ServiceCode Land = new("dat-dai");
    public static readonly ServiceCode Online = new("truc-tuyen");
    public static readonly PriorityCode Elderly = new("nguoi-cao-tuoi");
    public static readonly PriorityCode Disabled = new("nguoi-khuyet-tat");
    public static readonly PriorityCode Future = new("nguoi-co-cong");
    public static readonly Reason Because = new("thiếu bản sao");
    public static readonly DateTimeOffset Monday = new(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7));
    public static readonly DateOnly MondayDate = new(2026, 11, 23);

    /// <summary>Counter 4 is a self-service PC that is freed after 20 minutes.</summary>
    public static readonly QueuePlan Plan = QueuePlan.Of(
        [new Service(Notary, "Chứng thực", 'A'), new Service(Land, "Đất đai", 'L'), new Service(Online, "Hỗ trợ nộp hồ sơ trực tuyến", 'H')],
        [
            new Counter(new CounterId(1), [Notary]),
            new Counter(new CounterId(2), [Notary, Land]),
            new Counter(new CounterId(3), [Land]),
            new Counter(new CounterId(4), [Online], SelfService: true, FreeAfter: TimeSpan.FromMinutes(20)),
        ]) with
    {
        Priorities =
        [
            new PriorityGroup(Elderly, "người cao tuổi", TimeSpan.FromMinutes(30), "Luật 39/2009/QH12", new DateOnly(2010, 7, 1)),
            new PriorityGroup(Disabled, "người khuyết tật", TimeSpan.FromMinutes(60), "Luật 51/2010/QH12", new DateOnly(2011, 1, 1)),
            new PriorityGroup(Future, "người có công", TimeSpan.FromMinutes(45), "quy định mới", new DateOnly(2026, 11, 24)),
        ],
        OvertakingCap = 3,
    };

    private int issued;

    public QueueState State { get; set; } = QueueState.Empty(plan ?? Plan);

    public DateTimeOffset Now { get; set; } = Monday;

    public bool ClockTrusted { get; set; } = true;

    public List<QueueEvent> Log { get; } = [];

    public static FollowToken Token(int number) => new(number.ToString("D22", CultureInfo.InvariantCulture));

    public static CounterId Counter(int number) => new(number);

    public static TicketNumber Number(string text) => TicketNumber.Parse(text);

    public Decision Try(QueueCommand command)
    {
        var decision = QueueRules.Decide(State, command, Now, ClockTrusted);
        foreach (var happened in decision is Decided decided ? decided.Events : [])
        {
            Happened(happened);
        }

        return decision;
    }

    public void Happened(QueueEvent happened)
    {
        State = QueueFold.Apply(State, happened);
        Log.Add(happened);
    }

    public ImmutableArray<QueueEvent> Do(QueueCommand command)
    {
        var decision = Try(command);
        return decision is Decided decided ? decided.Events : throw new Xunit.Sdk.XunitException($"{command} was refused: {((Refused)decision).Code}");
    }

    /// <summary>The one event of its kind that the command brings.</summary>
    public T Do<T>(QueueCommand command)
        where T : QueueEvent => Assert.Single(Do(command).OfType<T>());

    /// <summary>The code of a refusal, which changes nothing and says why.</summary>
    public string Refusal(QueueCommand command)
    {
        var before = State;
        var refused = Assert.IsType<Refused>(Try(command));
        Assert.Same(before, State);
        Assert.True(refused.Reason.Length > 10 && refused.Reason.EndsWith('.'), refused.Reason);
        return refused.Code;
    }

    public string Issue(ServiceCode service, PriorityCode? priority = null) =>
        Do<TicketIssued>(new IssueTicket(service, Token(++issued), "api", priority)).Number.ToString();

    /// <summary>Waits out the guard time, then calls.</summary>
    public TicketCalled Call(int counter)
    {
        Wait(3);
        return Do<TicketCalled>(new CallNext(Counter(counter)));
    }

    public string Next(int counter) => Call(counter).Number.ToString();

    public void Wait(double seconds) => Now += TimeSpan.FromSeconds(seconds);

    public Ticket At(int counter) => State.AtCounters[Counter(counter)];

    public Ticket InLine(string number) => State.AllWaiting.Single(ticket => ticket.Number == Number(number));

    /// <summary>Fills the line of a service at once; the numbers are of a series that no service has.</summary>
    public void Fill(ServiceCode service, int count) => State = State with
    {
        Waiting = State.Waiting.SetItem(service, WaitingLine.Of(
            Enumerable.Range(1, count).Select(i => new Ticket(new TicketNumber('Z', i), service, Token(i), Now, i)), State.Plan.OvertakingCap)),
        NextArrival = count + 1,
    };

    /// <summary>Calls the ticket at the counter until it may be missed.</summary>
    public void CallInVain(int counter)
    {
        Do(new Recall(Counter(counter)));
        Do(new Recall(Counter(counter)));
        Wait(30);
    }

    /// <summary>Everything that a state holds, in one order, so that two of them can be compared.</summary>
    public static string Text(QueueState s)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{s.Date} closed {s.Closed} {s.Tally} next {s.NextArrival} skip {s.SkipAtNextDay} {s.Clock} {s.CentrePause}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{s.Boot.Boot} {s.Boot.FirstArrival} {s.Boot.OpenedByClerk} {s.Boot.Closed} {s.Boot.Named} {s.Boot.Unsure} {Sorted(s.Boot.UnsureIssued)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{Sorted(s.LastNumbers)} | {Sorted(s.Issued)} | {Sorted(s.PausedCounters)} | {Sorted(s.PausedServices)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{Sorted(s.Appointments)} | {Sorted(s.Help)} | {Sorted(s.Ratings.Open)} | {string.Join(' ', s.Ratings.Order)} {s.Ratings.Kept} | {Sorted(s.Undo)}");
        foreach (var (name, line) in s.Waiting.Select(w => (w.Key.ToString(), w.Value)).Concat(s.Direct.Select(d => (d.Key.ToString(), d.Value))).Where(w => w.Item2.Count > 0).OrderBy(w => w.Item1, StringComparer.Ordinal))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{name}: {string.Join("; ", line.InTurn)} ~ {string.Join(' ', line.InArrival.Select(t => t.Number))}");
        }

        return text.AppendLine(Sorted(s.AtCounters)).AppendLine(Sorted(s.Aside)).ToString();
    }

    private static string Sorted<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> pairs) =>
        string.Join("; ", pairs.Select(p => $"{p.Key}={p.Value}").Order(StringComparer.Ordinal));
}
