using System.Buffers;
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

    private const string WriteFailed = "journal.write-failed";

    private static readonly Outcome CardRefused = new Outcome.NotDurable("Không ghi được vào thẻ nhớ. Vui lòng thử lại; nếu vẫn lỗi, gọi đội hỗ trợ.");
    private static readonly Outcome Stopping = new Outcome.NotDurable("Máy đang dừng. Vui lòng thử lại sau ít phút.");

    private readonly EventJournal journal;
    private readonly EdgeIdentity identity;
    private readonly TimeProvider time;
    private readonly EventFeed feed;
    private readonly Action<string, Exception?> faultChanged;
    private readonly Channel<Pending> commands = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(CommandBound) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly FactQueue facts;
    private readonly List<Pending> taken = [];
    private readonly List<(Pending Pending, Outcome Outcome)> decided = [];
    private readonly List<CommittedEvent> staged = [];
    private readonly Lock writing = new();
    private readonly ArrayBufferWriter<byte> canonical = new(4096);
    private CentreState state;
    private CentreState candidate;
    private int stagedFacts;

    // From the start until the first commit: what the journal last said of the card may be a fault of the time before.
    private bool failing = true;
    private long steps;
    private Committed durable;

    /// <param name="faultChanged">Told the error of a commit that failed, and null at the first one that works, after a start or a failure.</param>
    public EdgeLoop(EventJournal journal, CentreState state, EdgeIdentity identity, TimeProvider time, EventFeed feed, Action<string, Exception?> faultChanged)
    {
        (this.journal, this.state, candidate, this.identity, this.time, this.feed, this.faultChanged) = (journal, state, state, identity, time, feed, faultChanged);
        facts = new FactQueue(time);
        durable = new Committed(state, journal.Committed, []);
    }

    public string Name => "edge";

    public WakeSignal Wake { get; } = new();

    /// <summary>The durable state, and how far it goes; what the newest commit made of it.</summary>
    public Committed Durable => Volatile.Read(ref durable);

    /// <summary>Counts steps, for the watchdog: a loop that hangs in a write counts no more.</summary>
    public long Steps => Interlocked.Read(ref steps);

    /// <summary>Facts dropped because the card stalled too long.</summary>
    public long DroppedFacts => facts.Dropped;

    /// <summary>
    /// True: whoever hands in a command while nobody writes is the writer for that moment, which spares two changes of thread for each command.
    /// False: only <see cref="StepAsync"/> writes, so that a test decides when.
    /// </summary>
    public bool CallersMayWrite { get; set; }

    /// <summary>Hands in a command and waits until what it causes is durable or refused.</summary>
    /// <exception cref="OperationCanceledException">The caller waits no longer. Before there was room, nothing happens; after that the command still may.</exception>
    public async ValueTask<Outcome> SubmitAsync(QueueCommand command, CancellationToken stop)
    {
        var pending = new Pending(command);
        if (!commands.Writer.TryWrite(pending))
        {
            try
            {
                await commands.Writer.WriteAsync(pending, stop);
            }
            catch (ChannelClosedException)
            {
                return Stopping;
            }
        }

        if (!StepAsCaller())
        {
            Wake.Set();
        }

        return await pending.Answer.Task.WaitAsync(stop);
    }

    /// <summary>Hands in a command without waiting, for callers that may not block.</summary>
    /// <returns>False when the queue is full and nothing was taken; the answer then never comes.</returns>
    public bool TrySubmit(QueueCommand command, out Task<Outcome> answer)
    {
        var pending = new Pending(command);
        answer = pending.Answer.Task;
        var written = commands.Writer.TryWrite(pending);
        Wake.Set();
        return written;
    }

    /// <summary>Hands in something that happened. Returns at once.</summary>
    /// <param name="light">It forces no sync of its own: it rides with the next commit, or goes after 2 s.</param>
    public void Record(EventData fact, bool light)
    {
        if (facts.TryAdd(fact, light))
        {
            Wake.Set();
        }
    }

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        lock (writing)
        {
            return ValueTask.FromResult(Step());
        }
    }

    /// <summary>After the last step: makes the facts durable that still rest, and tells every caller that the service stops.</summary>
    public void Finish()
    {
        commands.Writer.TryComplete();
        lock (writing)
        {
            while (commands.Reader.TryRead(out var pending))
            {
                pending.Answer.TrySetResult(Stopping);
            }

            Group();
        }
    }

    private bool StepAsCaller()
    {
        if (!CallersMayWrite || !writing.TryEnter())
        {
            return false;
        }

        TimeSpan rest;
        try
        {
            rest = Step();
        }
        finally
        {
            writing.Exit();
        }

        // What is left is the loop's: more commands, or facts that rest.
        return rest == Timeout.InfiniteTimeSpan;
    }

    private TimeSpan Step()
    {
        Interlocked.Increment(ref steps);
        while (taken.Count < CommandBound && commands.Reader.TryRead(out var pending))
        {
            taken.Add(pending);
        }

        var rest = facts.Rest();
        if (taken.Count == 0 && rest != TimeSpan.Zero)
        {
            return rest;
        }

        Group();
        return commands.Reader.Count > 0 ? TimeSpan.Zero : facts.Rest();
    }

    private void Group()
    {
        try
        {
            var now = Now();
            StageFacts(now);
            foreach (var pending in taken)
            {
                Decide(pending, now);
            }

            Commit();
        }
        catch (Exception e) // Whatever went wrong, the candidate is thrown away and the loop lives on.
        {
            GiveUp(e);
        }

        taken.Clear();
    }

    private void StageFacts(DateTimeOffset now)
    {
        foreach (var fact in facts.Waiting())
        {
            Stage(fact, now);
            stagedFacts++;
        }
    }

    private void Decide(Pending pending, DateTimeOffset now)
    {
        switch (QueueRules.Decide(candidate.Queue, pending.Command, now, identity.Clock.Now() != ClockTrust.Unsynced))
        {
            case Queue.Refused refused:
                decided.Add((pending, new Outcome.Refused(refused.Code, refused.Reason)));
                break;
            case Decided { Events: var events }:
                if (staged.Count + events.Length > EventJournal.MaxGroup)
                {
                    Commit();
                }

                // A decision larger than a whole group is a day's end with tens of thousands of leftovers; each of those may expire on its own.
                var first = staged.Count;
                foreach (var happened in events)
                {
                    if (staged.Count == EventJournal.MaxGroup)
                    {
                        Commit();
                        first = 0;
                    }

                    Stage(WireMap.ToWire(happened), now);
                }

                decided.Add((pending, new Outcome.Accepted([.. staged.Skip(first)])));
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Stage(EventData data, DateTimeOffset now)
    {
        var seq = journal.NextSeq;
        canonical.ResetWrittenCount();
        EventCodec.Write(
            canonical, new EventHeader(identity.Centre, journal.Epoch, seq, now, MonotonicMilliseconds(), identity.Boot, identity.Clock.Now()), data);
        journal.Append(canonical.WrittenSpan);
        candidate = CentreFold.Apply(candidate, seq, now, data);
        staged.Add(new CommittedEvent(seq, now, data, canonical.WrittenSpan.ToArray()));
    }

    private void Commit()
    {
        if (staged.Count > 0)
        {
            journal.Commit();
            state = candidate;
            facts.Durable(stagedFacts);
            stagedFacts = 0;
            var committed = new Committed(state, journal.Committed, [.. staged]);
            staged.Clear();
            Volatile.Write(ref durable, committed);
            feed.Tell(committed);
            if (failing)
            {
                failing = false;
                faultChanged(WriteFailed, null);
            }
        }

        // Refusals wait as well: they may rest on what others of the same group did.
        foreach (var (pending, outcome) in decided)
        {
            pending.Answer.TrySetResult(outcome);
        }

        decided.Clear();
    }

    private void GiveUp(Exception why)
    {
        journal.Discard();
        staged.Clear();
        decided.Clear();
        (candidate, stagedFacts, failing) = (state, 0, true);
        facts.Refused();
        faultChanged(why is IOException ? WriteFailed : "loop.failed", why);
        foreach (var pending in taken)
        {
            // Those that an earlier commit of this step made durable have their answers already.
            pending.Answer.TrySetResult(CardRefused);
        }
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
