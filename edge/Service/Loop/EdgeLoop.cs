using System.Buffers;
using System.Collections.Concurrent;
using System.Threading.Channels;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Journal;
using MotCua.Edge.Queue;
using MotCua.Protocols;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>Who and when, for the headers of events.</summary>
/// <param name="Boot">Identity of the boot, 8 hexadecimal digits.</param>
/// <param name="NewToken">Fresh randomness for follow tokens.</param>
public sealed record EdgeIdentity(CentreId Centre, string Boot, IClockTrust Clock, Func<FollowToken> NewToken);

/// <summary>
/// The one writer. Commands are decided on a candidate state, what they cause is made durable by one commit for all of them, and only then
/// the state moves, callers are answered and sinks are told. When the card refuses, the candidate is thrown away.
/// </summary>
public sealed class EdgeLoop : ISteppedLoop
{
    // 256: sixteen clients and four panels pressed by children through a card that stalls for seconds. A full queue makes callers wait; nothing is dropped.
    private const int CommandBound = 256;

    // Answers of outputs and device changes: a dozen devices, each rate-limited by its own pump. Past the bound the newest is dropped and counted.
    private const int FactBound = 1024;

    private const string WriteFailed = "journal.write-failed";

    private static readonly TimeSpan LightFactsRest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryFacts = TimeSpan.FromSeconds(1);

    private readonly EventJournal journal;
    private readonly EdgeIdentity identity;
    private readonly TimeProvider time;
    private readonly EventFeed feed;
    private readonly Action<string, Exception?> faultChanged;
    private readonly Channel<Pending> commands = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(CommandBound) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly ConcurrentQueue<(EventData Data, bool Light)> facts = new();
    private readonly List<Pending> deciding = [];
    private readonly List<CommittedEvent> staged = [];
    private readonly ArrayBufferWriter<byte> canonical = new(4096);
    private CentreState state;
    private CentreState candidate;
    private readonly List<(EventData Data, bool Light)> recording = [];
    private bool failing;
    private long factsNotBefore;
    private long lightSince = -1;
    private long droppedFacts;
    private long steps;
    private Committed durable;

    /// <param name="faultChanged">Told the error of a commit that failed, and null at the first one that works again.</param>
    public EdgeLoop(EventJournal journal, CentreState state, EdgeIdentity identity, TimeProvider time, EventFeed feed, Action<string, Exception?> faultChanged)
    {
        (this.journal, this.state, candidate, this.identity, this.time, this.feed, this.faultChanged) = (journal, state, state, identity, time, feed, faultChanged);
        durable = new Committed(state, journal.Committed, []);
    }

    public string Name => "edge";

    public WakeSignal Wake { get; } = new();

    /// <summary>The durable state, and how far it goes; what the newest commit made of it.</summary>
    public Committed Durable => Volatile.Read(ref durable);

    /// <summary>Counts steps, for the watchdog: a loop that hangs in a write counts no more.</summary>
    public long Steps => Interlocked.Read(ref steps);

    /// <summary>Facts dropped because the card stalled too long.</summary>
    public long DroppedFacts => Interlocked.Read(ref droppedFacts);

    /// <summary>Hands in a command and waits until what it causes is durable or refused.</summary>
    public async ValueTask<Outcome> SubmitAsync(QueueCommand command, CancellationToken stop)
    {
        var pending = new Pending(command);
        if (!commands.Writer.TryWrite(pending))
        {
            await commands.Writer.WriteAsync(pending, stop);
        }

        Wake.Set();
        return await pending.Answer.Task;
    }

    /// <summary>Hands in a command without waiting, for callers that may not block.</summary>
    /// <returns>False when the queue is full and nothing was taken.</returns>
    public bool TrySubmit(QueueCommand command, out Task<Outcome> answer)
    {
        var pending = new Pending(command);
        answer = pending.Answer.Task;
        var taken = commands.Writer.TryWrite(pending);
        Wake.Set();
        return taken;
    }

    /// <summary>Hands in something that happened. Returns at once.</summary>
    /// <param name="light">It forces no sync of its own: it rides with the next commit, or goes after 2 s.</param>
    public void Record(EventData fact, bool light)
    {
        if (facts.Count >= FactBound)
        {
            Interlocked.Increment(ref droppedFacts);
            return;
        }

        facts.Enqueue((fact, light));
        Wake.Set();
    }

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop) => ValueTask.FromResult(Step());

    private TimeSpan Step()
    {
        Interlocked.Increment(ref steps);
        while (deciding.Count < CommandBound && commands.Reader.TryRead(out var pending))
        {
            deciding.Add(pending);
        }

        var rest = RestForFacts();
        if (deciding.Count == 0 && rest != TimeSpan.Zero)
        {
            return rest;
        }

        var outcomes = new List<Outcome>(deciding.Count);
        var now = Now();
        try
        {
            StageFacts(now);
            foreach (var pending in deciding)
            {
                outcomes.Add(Decide(pending.Command, now));
            }

            Commit();
        }
        catch (Exception e) // Whatever went wrong, the candidate is thrown away and the loop lives on.
        {
            GiveUp(outcomes, e);
        }

        Answer(outcomes);

        return commands.Reader.Count > 0 ? TimeSpan.Zero : RestForFacts();
    }

    private Outcome Decide(QueueCommand command, DateTimeOffset now)
    {
        switch (QueueRules.Decide(candidate.Queue, command, now, identity.Clock.Now() != ClockTrust.Unsynced))
        {
            case Queue.Refused refused:
                return new Outcome.Refused(refused.Code, refused.Reason);
            case Decided decided:
                var first = staged.Count;
                foreach (var happened in decided.Events)
                {
                    first = Stage(WireMap.ToWire(happened), now) ? first : 0;
                }

                return new Outcome.Accepted([.. staged.Skip(first)]);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    // True when the event joined the group at hand, false when that was full and had to be committed first.
    private bool Stage(EventData data, DateTimeOffset now)
    {
        var joined = staged.Count < EventJournal.MaxGroup;
        if (!joined)
        {
            Commit();
        }

        var seq = journal.NextSeq;
        canonical.ResetWrittenCount();
        EventCodec.Write(
            canonical, new EventHeader(identity.Centre, journal.Epoch, seq, now, MonotonicMilliseconds(), identity.Boot, identity.Clock.Now()), data);
        journal.Append(canonical.WrittenSpan);
        candidate = CentreFold.Apply(candidate, seq, now, data);
        staged.Add(new CommittedEvent(seq, now, data, canonical.WrittenSpan.ToArray()));
        return joined;
    }

    private void StageFacts(DateTimeOffset now)
    {
        (lightSince, factsNotBefore) = (-1, 0);
        for (var left = facts.Count; left > 0 && facts.TryDequeue(out var fact); left--)
        {
            recording.Add(fact);
            Stage(fact.Data, now);
        }
    }

    private void Commit()
    {
        if (staged.Count == 0)
        {
            return;
        }

        journal.Commit();
        if (failing)
        {
            failing = false;
            faultChanged(WriteFailed, null);
        }

        recording.Clear();
        state = candidate;
        var committed = new Committed(candidate, journal.Committed, [.. staged]);
        Volatile.Write(ref durable, committed);
        staged.Clear();
        feed.Tell(committed);
    }

    private void GiveUp(List<Outcome> outcomes, Exception why)
    {
        journal.Discard();
        staged.Clear();
        candidate = state;
        foreach (var fact in recording)
        {
            facts.Enqueue(fact);
        }

        recording.Clear();
        factsNotBefore = time.GetTimestamp() + (long)(RetryFacts.TotalSeconds * time.TimestampFrequency);
        failing = true;
        faultChanged(why is IOException ? WriteFailed : "loop.failed", why);
        outcomes.Clear();
        outcomes.AddRange(deciding.Select(_ => new Outcome.NotDurable("Không ghi được vào thẻ nhớ. Vui lòng thử lại; nếu vẫn lỗi, gọi đội hỗ trợ.")));
    }

    private void Answer(List<Outcome> outcomes)
    {
        for (var i = 0; i < deciding.Count; i++)
        {
            deciding[i].Answer.TrySetResult(i < outcomes.Count ? outcomes[i] : new Outcome.NotDurable("Lỗi chương trình; vui lòng thử lại."));
        }

        deciding.Clear();
    }

    private TimeSpan RestForFacts()
    {
        if (facts.IsEmpty)
        {
            return Timeout.InfiniteTimeSpan;
        }

        if (factsNotBefore > 0)
        {
            var pause = time.GetElapsedTime(time.GetTimestamp(), factsNotBefore);
            return pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
        }

        if (facts.Any(fact => !fact.Light))
        {
            return TimeSpan.Zero;
        }

        lightSince = lightSince < 0 ? time.GetTimestamp() : lightSince;
        var left = LightFactsRest - time.GetElapsedTime(lightSince);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    // Whole milliseconds, as the event says them, so that a replayed state equals the live one.
    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow().ToOffset(TimeSpan.FromHours(7));
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }

    private long MonotonicMilliseconds() => (long)(time.GetTimestamp() / (double)time.TimestampFrequency * 1000);

    private sealed record Pending(QueueCommand Command)
    {
        public TaskCompletionSource<Outcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
