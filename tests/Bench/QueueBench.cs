using System.Globalization;
using MotCua.Edge.Queue;

namespace MotCua.Bench;

/// <summary>The pure queue: no journal, no wire. One core, the hall full.</summary>
internal static class QueueBench
{
    private const int Waiting = 300;
    private const int Rounds = 60_000;

    private static readonly DateTimeOffset Morning = new(2026, 11, 23, 7, 30, 0, TimeSpan.FromHours(7));
    private static readonly PriorityCode Elderly = new("nguoi-cao-tuoi");
    private static readonly ServiceCode[] Services = [new("chung-thuc"), new("ho-tich"), new("dat-dai"), new("bao-hiem")];

    // Every counter takes two services, so that each call looks at two lines and may overtake in both. The cap is the default.
    private static readonly QueuePlan Plan = QueuePlan.Of(
        Services.Select((code, i) => new Service(code, code.Value, "AHLS"[i])),
        Enumerable.Range(0, 8).Select(i => new Counter(new CounterId(i + 1), [Services[i % 4], Services[(i + 1) % 4]]))) with
    {
        Priorities = [new PriorityGroup(Elderly, "người cao tuổi", TimeSpan.FromMinutes(30), "Luật 39/2009/QH12", new DateOnly(2010, 7, 1))],
    };

    public static IEnumerable<Row> Run()
    {
        Decided(2 * Waiting);
        var fast = Enumerable.Range(0, 3).Max(_ => Decided(Rounds));
        Rebuilt();
        var rebuild = Enumerable.Range(0, 5).Min(_ => Rebuilt());
        return
        [
            new Row("queue: decide and apply, 300 wait, every fifth has priority", Math.Round(fast), "/s", 100_000, null, "one core, no journal", AtLeast: true),
            new Row("queue: rebuild of a day of 2,000 tickets from its events", Math.Round(rebuild.TotalMilliseconds, 2), "ms", 50, null, "one core, without reading the journal"),
        ];
    }

    private static double Decided(int rounds)
    {
        var hall = new Day(Waiting);
        var start = TimeProvider.System.GetTimestamp();
        var before = hall.Decisions;
        for (var i = 0; i < rounds; i++)
        {
            hall.Issue();
            hall.Next();
        }

        return (hall.Decisions - before) / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    private static TimeSpan Rebuilt()
    {
        var log = new List<QueueEvent>();
        var hall = new Day(20, log);
        while (hall.Issued < 2_000)
        {
            hall.Issue();
            hall.Next();
        }

        var start = TimeProvider.System.GetTimestamp();
        var state = QueueState.Empty(Plan);
        foreach (var happened in log)
        {
            state = QueueFold.Apply(state, happened);
        }

        var took = TimeProvider.System.GetElapsedTime(start);
        return state.Tally == hall.Tally ? took : throw new InvalidOperationException("The rebuilt day is another.");
    }

    private sealed class Day
    {
        private readonly List<QueueEvent>? log;
        private QueueState state = QueueState.Empty(Plan);
        private DateTimeOffset now = Morning;

        public Day(int waiting, List<QueueEvent>? log = null)
        {
            this.log = log;
            for (var i = 0; i < waiting; i++)
            {
                Issue();
            }
        }

        public int Issued { get; private set; }

        public int Decisions { get; private set; }

        public DayTally Tally => state.Tally;

        public void Issue()
        {
            Issued++;
            Do(new IssueTicket(Services[Issued % 4], new FollowToken(Issued.ToString("D22", CultureInfo.InvariantCulture)), "bench", Issued % 5 == 0 ? Elderly : null));
        }

        // A quarter of a second a round: eight counters come round within the guard time of none.
        public void Next() => Do(new CallNext(new CounterId(1 + (Issued % 8))));

        private void Do(QueueCommand command)
        {
            now += TimeSpan.FromMilliseconds(150);
            Decisions++;
            if (QueueRules.Decide(state, command, now, clockTrusted: true) is not Decided decided)
            {
                throw new InvalidOperationException($"{command} was refused.");
            }

            foreach (var happened in decided.Events)
            {
                state = QueueFold.Apply(state, happened);
                log?.Add(happened);
            }
        }
    }
}
