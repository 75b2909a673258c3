using MotCua.Edge.Commands;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Loop;
using MotCua.Protocols.Configuration;
using MotCua.Protocols.Events;
using MotCua.Protocols.State;
using MotCua.Protocols.Trust;

namespace MotCua.Edge.Trials;

/// <summary>Takes configurations of the province: verified, newer than any before, without an error, tried, and kept or rolled back.</summary>
/// <remarks>
/// <code>
///   word ─► signature, audience, revision, hash ─► parser ─► journal: refused
///                                                    └────► text on the card ─► journal: tried ─► book: trial ─► the program starts anew with it
///   under it: an event of this start, acknowledged by the province, and steady ─► book: kept ─► journal: kept
///             not within the patience (each acknowledgement of more begins it anew, up to its ceiling), or the start throws, or a third start ───► book: rolled back ─► starts anew with the one before ─► journal: rolled-back
/// </code>
/// The book on the card decides, since it can be read before anything else works; what the journal lacks of it is told at the next start. One loop steps; the uplink and
/// the writer hand in from their own threads.
/// </remarks>
public sealed partial class ConfigurationDesk : ISteppedLoop, ICommitSink
{
    private const string Forged = "config.forged";

    /// <summary>So long a configuration has to reach the province, from the start or from the last acknowledgement that told of more.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>And so long at most: a day's outage is taken in within it on the slowest line.</summary>
    public static readonly TimeSpan MostPatience = TimeSpan.FromHours(1);

    /// <summary>And so long it must have run by then: what breaks the program breaks it early.</summary>
    public static readonly TimeSpan Steady = TimeSpan.FromSeconds(15);

    // Verifying takes a Pi some milliseconds, and an honest province sends a few words a year.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterRefusingCard = TimeSpan.FromSeconds(30);

    private const string Report = "Báo tỉnh kiểm tra ai ghi được vào máy chủ MQTT và khóa ký.";

    // A rollback does not wait for a journal that takes nothing more.
    private static readonly TimeSpan ForTheJournal = TimeSpan.FromSeconds(5);

    private readonly CentreOptions running;
    private readonly TrialSeam seam;
    private readonly ProvinceKey province;
    private readonly EdgeLoop loop;
    private readonly TimeProvider time;
    private readonly Action<string, string?> fault;
    private readonly Suspicion forged;
    private readonly long startedAt;
    private readonly PushedWord post;
    private long lookAt;
    private bool isTrial;
    private bool isCalm;
    private bool caughtUp;
    private long catchUpAt;
    private PushedRevision? trying;
    private long? restartAt;
    private bool restarted;
    private BirthConfiguration? said;

    /// <param name="running">What this start runs by.</param>
    /// <param name="fault">Told a fault by code, with its detail or null when it is over.</param>
    internal ConfigurationDesk(CentreOptions running, TrialSeam seam, ProvinceKey province, EdgeLoop loop, TimeProvider time, Action<string, string?> fault)
    {
        (this.running, this.seam, this.province, this.loop, this.time, this.fault) = (running, seam, province, loop, time, fault);
        post = new PushedWord(time, Wake.Set);
        forged = new Suspicion(time, detail => fault(Forged, detail));
        (startedAt, lookAt, isTrial) = (time.GetTimestamp(), time.GetTimestamp(), seam.Starting.IsTrial);
        isCalm = isTrial || seam.Starting.Pushed is null;
        CatchUp();
    }

    public string Name => "configuration";

    public WakeSignal Wake { get; } = new();

    /// <summary>The program should start anew: another configuration is to be used. Raised once, from the desk's loop.</summary>
    public event Action? RestartWanted;

    /// <summary>For the birth. Any thread.</summary>
    public BirthConfiguration? Said => Volatile.Read(ref said);

    /// <summary>A word on the topic of configurations; of several only the newest is looked at. From the uplink.</summary>
    internal void Put(ReadOnlyMemory<byte> payload) => post.Put(payload);

    /// <summary>The province has signed what it holds of the journal that is being written. From the uplink.</summary>
    internal void Acknowledged(long upTo) => post.Acknowledged(upTo);

    public void Accept(Committed committed)
    {
        post.Written(committed.Mark.Seq);
        if (committed.Events.Any(one => one.Data is ConfigurationChanged))
        {
            Wake.Set();
        }
    }

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        if (restarted)
        {
            return ValueTask.FromResult(Timeout.InfiniteTimeSpan);
        }

        if (!caughtUp && time.GetTimestamp() >= catchUpAt)
        {
            CatchUp();
        }

        if (!isCalm && time.GetElapsedTime(startedAt) >= TrialState.Calm)
        {
            isCalm = true;
            StartingConfiguration.Ended(seam.Book);
        }

        if (trying is { } which)
        {
            Begin(which);
        }
        else if (restartAt is null)
        {
            Look();
            Decide();
        }

        if (restartAt is { } at && (time.GetTimestamp() >= at || IsTold()))
        {
            restarted = true;
            RestartWanted?.Invoke();
            return ValueTask.FromResult(Timeout.InfiniteTimeSpan);
        }

        forged.Cool();
        return ValueTask.FromResult(Rest());
    }

    private void Look()
    {
        if (time.GetTimestamp() < lookAt)
        {
            return;
        }

        var (payload, tooLong) = post.Take();
        forged.Saw(tooLong ? 1 : 0, $"Tin dài hơn {DesiredConfiguration.MaxBytes} byte, máy không dùng. {Report}");
        if (payload.IsEmpty)
        {
            return;
        }

        lookAt = time.After(BetweenLooks);
        if (DesiredConfiguration.TryVerify(province, running.Centre, payload.Span, out var reason) is not { } desired)
        {
            forged.Saw(1, $"Tin không phải của tỉnh gửi cho máy này, máy không dùng. {Report} ({reason})");
            return;
        }

        try
        {
            Judge(desired);
        }
        catch (IOException)
        {
            // The card takes nothing, which the journal tells people. Looked at again, unless something newer comes meanwhile.
            lookAt = time.After(AfterRefusingCard);
            post.PutBack(payload);
        }
    }

    private void Judge(DesiredConfiguration desired)
    {
        var state = seam.Book.Read();
        if (desired.Revision <= state.Seen || loop.Durable.State.Configuration?.Closes(desired.Revision) == true)
        {
            return; // Had before; what came of it stands in the journal and in our birth.
        }

        var which = new PushedRevision(desired.Revision, desired.Hash);
        var text = System.Text.Encoding.UTF8.GetBytes(desired.Text);
        var (errors, reason) = PushedText.Problems(text, running);
        if (errors.Count > 0 || reason is not null)
        {
            Close(state.Refuse(which, reason, errors, time.GetUtcNow()));
            return;
        }

        seam.Book.SaveText(which.Hash, text);
        if (which.Hash == running.Hash && !isTrial)
        {
            // Already so. Who edits the box's own file from now on edits it after the province's word.
            var same = state with { LocalHash = seam.LocalHash(), Trust = BoxTrust.Of(running) };
            Close(same.Keep(which, "Trung tâm đang chạy đúng cấu hình này.", time.GetUtcNow()));
            return;
        }

        // Without room in the journal's queue nothing has happened; the retained word comes again with the next connection.
        if (loop.Record(ConfigurationChanged.Of(which.Revision, which.Hash, ConfigurationOutcome.Tried, null, []), light: false))
        {
            trying = which;
        }
    }

    // The journal says "tried" before anything is.
    private void Begin(PushedRevision which)
    {
        if (loop.Durable.State.Configuration is not { } mark || mark.Revision != which.Revision || time.GetTimestamp() < lookAt)
        {
            return;
        }

        try
        {
            Close(seam.Book.Read().Try(which, seam.LocalHash(), BoxTrust.Of(running), time.GetUtcNow()), record: false);
            (trying, restartAt) = (null, time.GetTimestamp());
        }
        catch (IOException)
        {
            lookAt = time.After(AfterRefusingCard);
        }
    }

    private void Decide()
    {
        if (!isTrial || restartAt is not null || time.GetTimestamp() < Math.Max(lookAt, DecideAt()))
        {
            return;
        }

        var known = post.IsAcknowledged;
        try
        {
            var state = seam.Book.Read();
            if (state.Trial is not { } trial || trial.Which.Revision != seam.Starting.Pushed)
            {
                isTrial = false; // A person has decided meanwhile; the next start does as he said.
                return;
            }

            Close(known
                ? state.Keep(trial.Which, null, time.GetUtcNow())
                : state.RollBack($"Trong {time.GetElapsedTime(startedAt).TotalMinutes:0} phút không được tỉnh xác nhận; kiểm tra mục mqtt (host, port) và đường truyền.", time.GetUtcNow()));
            isTrial = false;
            restartAt = known ? null : time.After(ForTheJournal);
        }
        catch (IOException)
        {
            lookAt = time.After(AfterRefusingCard);
        }
    }

    private long DecideAt() => post.IsAcknowledged
        ? startedAt + time.Units(Steady)
        : Math.Min((post.AdvancedAt ?? startedAt) + time.Units(Patience), startedAt + time.Units(MostPatience));

    private TimeSpan Rest()
    {
        if (restartAt is { } at)
        {
            return time.Until(at);
        }

        if (trying is not null)
        {
            return BetweenLooks; // The commit wakes; a card that stalls is asked again.
        }

        var look = post.IsThere ? lookAt : long.MaxValue;
        var decide = isTrial ? Math.Max(lookAt, DecideAt()) : long.MaxValue;
        var own = Math.Min(caughtUp ? long.MaxValue : catchUpAt, isCalm ? long.MaxValue : startedAt + time.Units(TrialState.Calm));
        return Math.Min(own, Math.Min(look, decide)) is var next && next < long.MaxValue ? time.Until(next) : forged.IsRaised ? Suspicion.Quiet : Timeout.InfiniteTimeSpan;
    }
}
