using MotCua.Edge.Journal;
using MotCua.Edge.Journal.Tests;
using MotCua.Edge.Queue;
using MotCua.Protocols;
using MotCua.Protocols.Events;
using MotCua.Testing;
using Xunit;
using TicketIssued = MotCua.Protocols.Events.TicketIssued;

namespace MotCua.Edge.Loop.Tests;

/// <summary>The real loop over a real journal on a card in memory, stepped by hand.</summary>
internal sealed class LoopBench : IDisposable
{
    public static readonly CentreId Centre = new("pt-viet-tri");
    public static readonly ServiceCode Notary = new("chung-thuc");
    public static readonly ServiceCode Civil = new("ho-tich");

    public static readonly QueuePlan Plan = QueuePlan.Of(
        [new Queue.Service(Notary, "Chứng thực", 'A'), new Queue.Service(Civil, "Hộ tịch", 'H')],
        [new Counter(new CounterId(1), [Notary, Civil]), new Counter(new CounterId(2), [Notary, Civil])]);

    private readonly QueuePlan plan;
    private readonly Random random;

    public LoopBench(int seed = 1, SimulatedDisk? disk = null, ManualTime? time = null, JournalOptions? options = null, QueuePlan? plan = null, IClockTrust? clock = null)
    {
        this.plan = plan ?? Plan;
        random = new Random(seed);
        (Disk, Time) = (disk ?? new SimulatedDisk(new Random(seed + 1)), time ?? new ManualTime());
        var fold = new CentreFold(this.plan);
        Journal = EventJournal.Open(Disk, options ?? new JournalOptions { SegmentBytes = 64 * 1024 }, fold, () => new EpochId((ulong)random.NextInt64()));
        Found = fold.State;
        Feed = new EventFeed(SinkFailures.Add);
        Loop = new EdgeLoop(Journal, Found, new EdgeIdentity(Centre, "0badcafe", clock ?? new BatteryClock(), NewToken), Time, Feed, (code, error) => Faults.Add((code, error)));
    }

    /// <summary>Of an event that is folded by hand.</summary>
    public static EventHeader Header(long seq) =>
        new(Centre, new EpochId(1), seq, new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7)), 0, "0badcafe", ClockTrust.Synced);

    public SimulatedDisk Disk { get; }

    public ManualTime Time { get; }

    public EventJournal Journal { get; }

    public CentreState Found { get; }

    public EventFeed Feed { get; }

    public EdgeLoop Loop { get; }

    public List<Exception> SinkFailures { get; } = [];

    public List<(string Code, Exception? Error)> Faults { get; } = [];

    public Task<Outcome> Issue(ServiceCode? service = null) => Submit(new IssueTicket(service ?? Notary, NewToken(), "api"));

    public Task<Outcome> Next(int counter) => Submit(new CallNext(new CounterId(counter)));

    public Task<Outcome> Submit(QueueCommand command)
    {
        Assert.True(Loop.TrySubmit(command, out var answer), "The queue is full.");
        return answer;
    }

    public TimeSpan Step()
    {
        var step = Loop.StepAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.True(step.IsCompleted);
        return step.GetAwaiter().GetResult();
    }

    public void StepUntilRest()
    {
        while (Step() == TimeSpan.Zero)
        {
        }
    }

    /// <summary>Has the keeper do all that is due.</summary>
    public static void Keep(JournalKeeper keeper)
    {
        while (keeper.StepAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult() == TimeSpan.Zero)
        {
        }
    }

    public string IssueNow(ServiceCode? service = null)
    {
        var answer = Issue(service);
        Step();
        return Only<TicketIssued>(Now(answer)).Number;
    }

    /// <summary>An answer that must be there already.</summary>
    public static Outcome Now(Task<Outcome> answer)
    {
        Assert.True(answer.IsCompleted, "There is no answer yet.");
        return answer.GetAwaiter().GetResult();
    }

    public static T Only<T>(Outcome outcome)
        where T : EventData => Assert.Single(Assert.IsType<Outcome.Accepted>(outcome).Events.Select(e => e.Data).OfType<T>());

    public List<CommittedEvent> Events() => Events(Journal);

    /// <summary>Every event of every journal on the card, oldest first.</summary>
    public static List<CommittedEvent> Events(EventJournal journal)
    {
        var reader = new JournalReader(journal);
        var all = new List<CommittedEvent>();
        foreach (var epoch in reader.Epochs())
        {
            for (var mark = new JournalMark(epoch.Epoch, 0, ChainHash.Genesis); reader.ReadAfter(mark, 200, 64 * 1024) is { } stretch; mark = stretch.End)
            {
                all.AddRange(stretch.Events.Select(bytes => (Bytes: bytes, Read: EventCodec.Read(bytes.Span)))
                    .Select(e => new CommittedEvent(e.Read.Header.Seq, e.Read.Header.Time, e.Read.Data!, e.Bytes)));
            }
        }

        return all;
    }

    /// <summary>What a restart on a copy of the card would find.</summary>
    public CentreState Replayed()
    {
        using var again = new LoopBench(99, Disk.Copy(new Random(7)), Time, Journal.Options, plan);
        return again.Found;
    }

    public static string Text(CentreState state) => System.Text.Encoding.UTF8.GetString(CentreSnapshot.Write(state));

    public FollowToken NewToken() => new(string.Concat(Enumerable.Range(0, 22).Select(_ => (char)('a' + random.Next(26)))));

    public void Dispose() => Journal.Dispose();
}

/// <summary>A sink that does what a test says.</summary>
internal sealed class Sink(Action<Committed> accept) : ICommitSink
{
    public void Accept(Committed committed) => accept(committed);
}
