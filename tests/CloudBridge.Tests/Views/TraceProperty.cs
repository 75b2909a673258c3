using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Store.Sqlite;
using MotCua.CloudBridge.Views;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue.Tests;
using MotCua.Protocols;
using MotCua.Protocols.Events;
using MotCua.Testing;
using Xunit;
using Queue = MotCua.Edge.Queue;

namespace MotCua.CloudBridge.Tests.Views;

/// <summary>Random days of the real queue, with clocks and power that misbehave: what a live projection tells, what a rebuild tells and what the centre's own statistics tell are one.</summary>
public sealed class TraceProperty
{
    private static readonly DateOnly First = new(2000, 1, 1);
    private static readonly DateOnly Last = new(2100, 1, 1);

    /// <summary>A trace writes and reads a store hundreds of times, so there are fewer than of other properties; a failure names its seed.</summary>
    private static readonly int Traces = int.TryParse(Environment.GetEnvironmentVariable("MOTCUA_TRACES"), out var traces) ? traces : 40;

    [Fact]
    public void Live_views_are_those_of_a_rebuild_and_those_of_the_centre()
    {
        for (var seed = 1; seed <= Traces; seed++)
        {
            var random = new Random(seed);
            var script = new (byte, byte, byte, byte)[20 + random.Next(500)];
            for (var i = 0; i < script.Length; i++)
            {
                script[i] = ((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
            }

            try
            {
                Check(script);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
            }
        }
    }

    private static void Check((byte What, byte Which, byte Detail, byte Pause)[] script)
    {
        var directory = Directory.CreateTempSubdirectory("trace-");
        try
        {
            using var store = SqliteBridgeStore.Open(Path.Combine(directory.FullName, "bridge.db"), new ManualTime(), new QuarantineLimits());
            var traces = new[] { new Trace("viet-tri"), new Trace("lam-thao") };
            for (var i = 0; i < traces.Length; i++)
            {
                traces[i].Run(script.Skip(i * script.Length / 2).Take(script.Length / 2).ToArray());
            }

            Ship(store, traces, script.Length);
            var live = Told(store);
            foreach (var trace in traces)
            {
                MustBeAsTheCentreSays(store, trace);
            }

            using (var writer = store.Views.OpenWriter())
            {
                var rebuild = new Rebuild(store, writer);
                while (!rebuild.Step())
                {
                }
            }

            Assert.Equal(live, Told(store));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    // In stretches of any length, both centres mixed, with a projection that is killed now and then.
    private static void Ship(SqliteBridgeStore store, Trace[] traces, int seed)
    {
        var random = new Random(seed);
        var left = traces.SelectMany(trace => trace.Logs).Select(log => (Log: log, Sent: 0L)).ToList();
        ViewKeeper? keeper = null;
        while (left.Count > 0)
        {
            var centre = left[random.Next(left.Count)].Log.Centre;
            var index = left.FindIndex(one => one.Log.Centre == centre); // An old journal is shipped before a new one.
            var (log, sent) = left[index];
            var to = Math.Min(log.Length, sent + random.Next(1, 30));
            if (to > sent)
            {
                store.Commit(new BridgeWrites([log.Append(sent + 1, to)], [], []));
            }

            left[index] = (log, to);
            left.RemoveAll(one => one.Sent == one.Log.Length);
            keeper ??= new ViewKeeper(store, TimeProvider.System, new ProjectionStatus());
            keeper.Step();
            if (random.Next(4) == 0)
            {
                keeper.Dispose();
                keeper = null;
            }
        }

        keeper ??= new ViewKeeper(store, TimeProvider.System, new ProjectionStatus());
        while (keeper.Step() == TimeSpan.Zero)
        {
        }

        keeper.Dispose();
    }

    private static string Told(SqliteBridgeStore store)
    {
        var figures = store.Views.ReadFigures(First, Last, null);
        var tickets = figures.Select(row => (row.Key.Centre, row.Key.Day)).Distinct().SelectMany(day => store.Views.ReadTickets(day.Centre, day.Day, 0, int.MaxValue));
        return string.Join(
            '\n',
            figures.Select(row => row.ToString())
                .Concat(store.Views.ReadDurations(First, Last, null).Select(row => row.ToString()))
                .Concat(tickets.Select(t => $"{t.Centre} {t.Ordinal} {t.Number} {t.Day} {t.Service} {t.Stage} {t.StageBefore} {t.Issued:O} {t.Since:O} {t.Called:O} {t.ServiceSince:O} {t.Ended:O} {t.Counter} {t.Calls} {t.Waited} {t.ServedFor} {t.Measures} {t.Unsure} {t.Doubts} {t.Rating} {t.Live} {t.TokenHash}")));
    }

    private static void MustBeAsTheCentreSays(SqliteBridgeStore store, Trace trace)
    {
        var told = store.Views.ReadFigures(First, Last, trace.Centre).GroupBy(row => row.Key.Day).ToDictionary(day => day.Key, day => day.Aggregate(default(FigureCounts), (sum, row) => sum + row.Counts));
        foreach (var report in trace.Reports.Where(report => report.Total.Issued > 0))
        {
            var counts = told.GetValueOrDefault(report.Date);
            Assert.Equal(
                (report.Date, report.Total.Issued, report.Total.Served, report.Total.Inferred, report.Total.Missed, report.Total.Expired, report.Total.Cancelled, report.Total.Waiting.Count, report.Total.Service.Count),
                (report.Date, (int)counts.Issued, (int)counts.Served, (int)counts.Inferred, (int)counts.Missed, (int)counts.Expired, (int)counts.Cancelled, (int)counts.Waits, (int)counts.Services));
            // Where a morning without a clock is carried on, the centre still takes a rating of a ticket of the day before; here that ticket's day is over.
            Assert.InRange(counts.VerySatisfied + counts.Satisfied + counts.NotSatisfied, report.Ratings.Values.Sum() - trace.Carried, report.Ratings.Values.Sum());
            foreach (var (service, figures) in report.ByService)
            {
                MustBeNear(figures.Waiting, DurationKind.Waiting, service.Value);
                MustBeNear(figures.Service, DurationKind.Service, service.Value);
            }

            void MustBeNear(Queue.Spread spread, DurationKind kind, string service)
            {
                var steps = store.Views.ReadDurations(report.Date, report.Date, trace.Centre).Where(row => row.Kind == kind && row.Service == service).ToDictionary(row => row.Step, row => row.Count);
                Assert.Equal(spread.Count, steps.Values.Sum());
                foreach (var (percent, exact) in new[] { (50, spread.Median), (90, spread.P90) })
                {
                    var near = DurationSteps.Rank(steps, percent) ?? TimeSpan.Zero;
                    Assert.True((near - exact).Duration() <= (exact * 0.05) + TimeSpan.FromSeconds(1), $"{kind} {percent} %: {near}, exactly {exact}");
                }
            }
        }
    }

    /// <summary>A centre's queue, its journals, and its own statistics of each day.</summary>
    private sealed class Trace(string centre)
    {
        private readonly Hall hall = new();
        private readonly Queue.DayLedger ledger = new();
        private readonly List<Queue.DayReport> reports = [];
        private string boot = "boot 0";
        private (DateTimeOffset At, bool Trusted)? mark;

        public CentreId Centre { get; } = new(centre);

        public List<SourceLog> Logs { get; } = [new(centre)];

        /// <summary>Days that were carried on.</summary>
        public int Carried { get; private set; }

        /// <summary>Each day as it ended; the last as it stands. A date that was told again is told last.</summary>
        public IEnumerable<Queue.DayReport> Reports => reports.Append(ledger.Report()).GroupBy(report => report.Date).Where(day => day.Count() == 1).Select(day => day.Last());

        public void Run((byte What, byte Which, byte Detail, byte Pause)[] script)
        {
            Happened(new Queue.BoxStarted(boot));
            for (var step = 0; step < script.Length; step++)
            {
                var (what, which, detail, pause) = script[step];
                Script.Pass(hall, pause, happened =>
                {
                    hall.Happened(happened);
                    Happened(happened);
                });
                var before = hall.Log.Count;
                hall.Try(Script.Command(what, which, detail, step, hall));
                foreach (var happened in hall.Log.Skip(before).ToList())
                {
                    Happened(happened);
                }
            }
        }

        private void Happened(Queue.QueueEvent happened)
        {
            if (happened is Queue.BoxStarted started)
            {
                // As the centre's state is told: off time that nobody knows is none.
                if (mark is { } last && !(last.Trusted && hall.ClockTrusted) && boot != started.Boot)
                {
                    ledger.Add(new Queue.ClockCorrected(hall.Now - last.At, hall.Now));
                }

                boot = started.Boot;
            }

            Carried += happened is Queue.DayOpened { Carries: true } ? 1 : 0;
            var before = ledger.Before;
            ledger.Add(happened);
            if (!ReferenceEquals(before, ledger.Before))
            {
                reports.Add(ledger.Before!);
            }

            var wire = happened switch
            {
                Queue.BoxStarted => new EdgeStarted("1", 0),
                Queue.PastLost lost => NewJournal(lost),
                _ => WireMap.ToWire(happened),
            };
            Logs[^1].Add(hall.Now, wire, hall.ClockTrusted ? ClockTrust.Synced : ClockTrust.Unsynced, boot);
            mark = (hall.Now, hall.ClockTrusted);
        }

        private JournalOpened NewJournal(Queue.PastLost lost)
        {
            var end = Logs[^1];
            Logs.Add(new SourceLog(Centre.Value, end.Epoch.Value + 1));
            return new JournalOpened("damage", new JournalEnd(end.Epoch.ToString(), end.Length, end.HashAt(end.Length).ToString()), lost.Skip);
        }
    }
}
