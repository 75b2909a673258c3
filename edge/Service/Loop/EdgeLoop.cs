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
    // 256: sixteen clients and four panels pressed by children through a card that stalls for seconds. A full queue makes callers wait; a button cannot, and its press is told as dropped.
    private const int CommandBound = 256;

    private static readonly Outcome Stopping = new Outcome.NotDurable("Máy đang dừng. Vui lòng thử lại sau ít phút.");

    private readonly Channel<Pending> commands = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(CommandBound) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly FactQueue facts;
    private readonly CommitGroup group;
    private readonly List<Pending> taken = [];
    private readonly Lock writing = new();
    private long steps;

    /// <param name="faultChanged">Told the error of a commit that failed, and null at the first one that works, after a start or a failure.</param>
    public EdgeLoop(EventJournal journal, CentreState state, EdgeIdentity identity, TimeProvider time, EventFeed feed, Action<string, Exception?> faultChanged)
    {
        facts = new FactQueue(time);
        group = new CommitGroup(journal, state, identity, time, feed, facts, faultChanged);
    }

    public string Name => "edge";

    public WakeSignal Wake { get; } = new();

    /// <summary>The durable state, and how far it goes; what the newest commit made of it.</summary>
    public Committed Durable => group.Durable;

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
    /// <returns>False when the card has stalled for so long that there is no room; it was dropped and counted.</returns>
    public bool Record(EventData fact, bool light)
    {
        if (!facts.TryAdd(fact, light))
        {
            return false;
        }

        Wake.Set();
        return true;
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

            group.Run(taken);
            taken.Clear();
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

        group.Run(taken);
        taken.Clear();
        return commands.Reader.Count > 0 ? TimeSpan.Zero : facts.Rest();
    }
}
