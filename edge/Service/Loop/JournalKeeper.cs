using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Journal;

namespace MotCua.Edge.Loop;

/// <summary>Looks after the journal beside the writer: spare segment, snapshots, retention, and a slow look at old segments.</summary>
/// <param name="isAcknowledged">Whether the province holds a journal (by ordinal) up to a sequence number.</param>
/// <param name="faultChanged">Told a fault code, with its detail or null when it is over.</param>
public sealed class JournalKeeper(
    EventJournal journal, Func<Committed> durable, TimeProvider time, Func<int, long, bool> isAcknowledged, Action<string, string?> faultChanged)
    : ISteppedLoop, ICommitSink
{
    private const string WriteFailed = "journal.write-failed";

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);

    private readonly JournalUpkeep upkeep = new(journal);
    private long wakeAt;

    // From the start on: what the journal last said of the card may be a fault of the time before.
    private bool failing = true;

    public string Name => "journal-keeper";

    public WakeSignal Wake { get; } = new();

    // Waking the keeper for every press would cost more than it saves.
    public void Accept(Committed committed)
    {
        if (committed.Mark.Seq >= Interlocked.Read(ref wakeAt))
        {
            Interlocked.Exchange(ref wakeAt, committed.Mark.Seq + 500);
            Wake.Set();
        }
    }

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop) => ValueTask.FromResult(Step());

    private TimeSpan Step()
    {
        try
        {
            var rest = Keep();
            if (failing)
            {
                failing = false;
                faultChanged(WriteFailed, null);
            }

            return rest;
        }
        catch (IOException e)
        {
            failing = true;
            faultChanged(WriteFailed, e.Message);
            return AfterFailure;
        }
    }

    private TimeSpan Keep()
    {
        // Room first: on a full card nothing but retention can make any, and all the rest needs some.
        var oldest = time.GetUtcNow() - journal.Options.KeepAcknowledged;
        if (upkeep.Retain(isAcknowledged, first => first.Header.Time < oldest))
        {
            faultChanged("journal.gap", "Events that the province never had were removed to make room.");
        }

        var now = durable();
        if (upkeep.SnapshotIsDue(now.Mark, now.State.Queue.WaitingCount))
        {
            upkeep.WriteSnapshot(now.Mark, file => CentreSnapshot.Write(now.State, file));
            return TimeSpan.Zero;
        }

        if (upkeep.MakeSpare())
        {
            return TimeSpan.Zero;
        }

        return VerifyOld();
    }

    private TimeSpan VerifyOld()
    {
        switch (upkeep.VerifyNext())
        {
            case null:
                return Timeout.InfiniteTimeSpan;
            case false:
                faultChanged("journal.old-damage", "A segment older than the newest snapshot is not as it was written.");
                return Pace;
            default:
                return Pace;
        }
    }
}
