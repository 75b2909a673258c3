using System.Buffers;
using MotCua.Edge.Journal;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>A command that waits for its answer.</summary>
internal sealed record Pending(QueueCommand Command)
{
    public TaskCompletionSource<Outcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What one commit makes durable: a candidate state and its events, published together or thrown away together. Used by one thread at a time.</summary>
/// <param name="faultChanged">Told the error of a commit that failed, and null at the first one that works, after a start or a failure.</param>
internal sealed class CommitGroup(
    EventJournal journal, CentreState found, EdgeIdentity identity, TimeProvider time, EventFeed feed, FactQueue facts, Action<string, Exception?> faultChanged)
{
    /// <summary>Events in one commit, at most. A day's end may expire 20,000 leftovers; in one piece their bytes alone would not fit the heap of a small box.</summary>
    public const int Bound = 2_000;

    private const string WriteFailed = "journal.write-failed";
    private const string Failed = "loop.failed";

    private static readonly Outcome CardRefused = new Outcome.NotDurable("Không ghi được vào thẻ nhớ. Vui lòng thử lại; nếu vẫn lỗi, gọi đội hỗ trợ.");

    private static readonly Outcome CannotDecide =
        new Outcome.NotDurable("Lỗi phần mềm: không thực hiện được yêu cầu này. Các việc khác vẫn bình thường; vui lòng báo đội hỗ trợ.");

    private readonly List<(Pending Pending, Outcome Outcome)> decided = [];
    private readonly List<CommittedEvent> staged = [];
    private readonly ArrayBufferWriter<byte> canonical = new(4096);
    private CentreState state = found;
    private CentreState candidate = found;
    private int stagedFacts;

    // Asked once for a group: what was decided under trust must not be written down as guessed.
    private ClockTrust trust;

    // Looked at once for a group, together with the wall clock: a slow card between them would look like a clock that was set.
    private long mono;

    // From the start until the first commit: what the journal last said of the card may be a fault of the time before.
    private bool failing = true;
    private Committed durable = new(found, journal.Committed, []);

    /// <summary>What the newest commit made of the centre. Any thread.</summary>
    public Committed Durable => Volatile.Read(ref durable);

    /// <summary>Decides the commands in order and makes what they cause durable, together with the facts that wait.</summary>
    public void Run(IReadOnlyList<Pending> taken)
    {
        try
        {
            var now = Now();
            mono = MonotonicMilliseconds();
            trust = identity.Clock.Now();
            if (candidate.Clock?.StepTo(identity.Boot, now, mono) is { } step)
            {
                Stage(new Protocols.Events.ClockCorrected((long)step.TotalMilliseconds), now);
            }

            StageFacts(now);
            foreach (var pending in taken)
            {
                Decide(pending, now);
            }

            Commit();
        }
        catch (Exception e) // Whatever went wrong, the candidate is thrown away and the loop lives on.
        {
            GiveUp(taken, e);
        }
    }

    private void StageFacts(DateTimeOffset now)
    {
        foreach (var fact in facts.Waiting())
        {
            try
            {
                Stage(fact, now);
            }
            catch (InvalidOperationException e) // Too long for the wire, and nothing of it is staged. Kept, it would stop every ticket behind it; so it goes, and people are told until the next start.
            {
                faultChanged(Failed, e);
            }

            stagedFacts++;
        }
    }

    private void Decide(Pending pending, DateTimeOffset now)
    {
        Decision decision;
        try
        {
            decision = QueueRules.Decide(candidate.Queue, pending.Command, now, trust != ClockTrust.Unsynced);
        }
        catch (Exception e) // Nothing is staged yet: one command that the rules cannot take harms nobody beside it.
        {
            failing = true;
            faultChanged(Failed, e);
            decided.Add((pending, CannotDecide));
            return;
        }

        switch (decision)
        {
            case Queue.Refused refused:
                decided.Add((pending, new Outcome.Refused(refused.Code, refused.Reason)));
                break;
            case Decided { Events: var events }:
                if (staged.Count + events.Length > Bound)
                {
                    Commit();
                }

                // A decision larger than a whole group is a day's end with tens of thousands of leftovers; each of those may expire on its own.
                var first = staged.Count;
                foreach (var happened in events)
                {
                    if (staged.Count == Bound)
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
        var header = new EventHeader(identity.Centre, journal.Epoch, seq, now, mono, identity.Boot, trust);
        EventCodec.Write(canonical, header, data);
        journal.Append(canonical.WrittenSpan);
        candidate = CentreFold.Apply(candidate, header, data);
        staged.Add(new CommittedEvent(seq, now, data, canonical.WrittenSpan.ToArray()));
    }

    private void Commit()
    {
        if (staged.Count == 0 && stagedFacts > 0)
        {
            facts.Durable(stagedFacts);
            stagedFacts = 0;
        }

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
                faultChanged(Failed, null);
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

    private void GiveUp(IReadOnlyList<Pending> taken, Exception why)
    {
        journal.Discard();
        staged.Clear();
        decided.Clear();
        (candidate, stagedFacts, failing) = (state, 0, true);
        facts.Refused();
        faultChanged(why is IOException ? WriteFailed : Failed, why);
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
}
