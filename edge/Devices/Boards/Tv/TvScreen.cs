using System.Collections.Immutable;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Boards.Tv;

/// <summary>A television in the hall, which shows a page. It has no wire that could answer, so only what its page says people can see counts.</summary>
/// <remarks>
/// Views come from any thread, the page's words from any request; one loop steps. A call that the page says it shows is answered with <see cref="Delivery.Done"/>. One that it
/// keeps silent about is asked for once more, then answered with <see cref="Delivery.Failed"/> and told as a fault. One that ended unseen is <see cref="Delivery.Expired"/>.
/// </remarks>
public sealed class TvScreen : ISteppedLoop
{
    /// <summary>How many of the newest calls stand on the page.</summary>
    public const int CallRoom = 5;

    /// <summary>Names of calls that a page may send at once; it shows fewer.</summary>
    public const int MostNamed = 16;

    /// <summary>A page says every ten seconds that it lives; one of those may be lost.</summary>
    public static readonly TimeSpan AliveFor = TimeSpan.FromSeconds(25);

    /// <summary>A TV that is switched on with the box takes this long to its page.</summary>
    public static readonly TimeSpan FirstWithin = TimeSpan.FromSeconds(60);

    /// <summary>How soon a page that lives must say that it shows a call.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan WhileOpen = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Otherwise = TimeSpan.FromSeconds(5);

    /// <summary>Rooms of several rushes; past it the oldest is answered as expired.</summary>
    private const int MostOpen = 64;

    // More than leave the hall's boards within the five seconds that an answer may take.
    private const int RememberedCalls = 256;

    private readonly Lock gate = new();
    private readonly List<OpenCall> open = [];
    private readonly AnsweredCalls answered = new(RememberedCalls);
    private readonly TimeProvider time;
    private readonly IDeviceReports reports;
    private readonly IDeliveryReceipts receipts;
    private readonly Flicker flicker;
    private readonly long begun;
    private long? heardAt;
    private long aliveSince;
    private long? unanswered;
    private int asked;
    private ImmutableArray<BoardCall> last = [];
    private DeviceReport? told;

    public TvScreen(DeviceId id, TimeProvider time, IDeviceReports reports, IDeliveryReceipts receipts)
    {
        (Id, this.time, this.reports, this.receipts) = (id, time, reports, receipts);
        flicker = new Flicker(time);
        begun = time.GetTimestamp();
    }

    /// <summary>Raised when a page should be sent its picture once more, from the loop; handlers return at once.</summary>
    public event Action? AskedAgain;

    public DeviceId Id { get; }

    public string Name => $"board:{Id}";

    public WakeSignal Wake { get; } = new();

    /// <summary>Grows with each call that had to be asked for again; part of the picture, so that a page sees the question.</summary>
    public int Asked => Volatile.Read(ref asked);

    /// <summary>Takes the newest view. From any thread; never waits.</summary>
    public void Post(BoardView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        lock (gate)
        {
            var now = time.GetTimestamp();
            foreach (var gone in last.Where(before => before.CallId.Seq > 0 && !view.Calls.Any(still => still.CallId == before.CallId) && !open.Exists(one => one.Call == before.CallId)))
            {
                Answer(gone.CallId, Delivery.Expired); // It ended before there was room for it.
            }

            last = view.Calls;
            foreach (var one in open)
            {
                one.LeftAt = Stands(view, one.Call) ? null : one.LeftAt ?? now;
            }

            for (var place = 0; place < view.Calls.Length; place++)
            {
                var call = view.Calls[place].CallId;
                if (call.Seq <= 0)
                {
                    continue; // Too old to be known by its number; it answers to nobody.
                }

                if (place < CallRoom)
                {
                    Expect(call, now);
                }
                else if (!(call.Seq > view.Spoken?.Seq) && !open.Exists(one => one.Call == call))
                {
                    // Newer ones left no room for it; one later than the one that is spoken has its turn still.
                    Answer(call, Delivery.Expired);
                }
            }
        }
    }

    /// <summary>The page lives, and people can see these calls on it. From any thread; never waits.</summary>
    /// <returns>How many of them were on their way to it or answered already; the others never were, or are long over, and change nothing.</returns>
    public int Seen(IReadOnlyCollection<long> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        lock (gate)
        {
            var now = time.GetTimestamp();
            aliveSince = IsAlive(now) ? aliveSince : now;
            heardAt = now;
            var known = 0;
            foreach (var seq in calls.Take(MostNamed))
            {
                var call = new CallId(seq);
                if (open.RemoveAll(one => one.Call == call) > 0)
                {
                    Answer(call, Delivery.Done);
                    unanswered = null;
                    known++;
                }
                else if (answered.Contains(call))
                {
                    unanswered = unanswered == seq ? null : unanswered; // Late, and there all the same.
                    known++;
                }
            }

            if (told?.State != DeviceState.Ready)
            {
                Wake.Set();
            }

            return known;
        }
    }

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        var again = false;
        TimeSpan rest;
        lock (gate)
        {
            var now = time.GetTimestamp();
            var alive = IsAlive(now);
            for (var i = open.Count - 1; i >= 0; i--)
            {
                var one = open[i];
                if (one.LeftAt is { } left && time.GetElapsedTime(left, now) >= AnswerWithin)
                {
                    open.RemoveAt(i);
                    Answer(one.Call, Delivery.Expired);
                }
                else if (alive && one.LeftAt is null && time.GetElapsedTime(Math.Max(one.Since, aliveSince), now) >= AnswerWithin)
                {
                    again |= !one.Asked;
                    AskOrGiveUp(one, i, now);
                }
            }

            if (again)
            {
                asked++;
            }

            Tell(alive, now);
            rest = open.Count > 0 ? WhileOpen : Otherwise;
        }

        if (again)
        {
            AskedAgain?.Invoke();
        }

        return ValueTask.FromResult(rest);
    }

    private void Expect(CallId call, long now)
    {
        if (answered.Contains(call) || open.Exists(one => one.Call == call))
        {
            return;
        }

        if (open.Count == MostOpen)
        {
            Answer(open[0].Call, Delivery.Expired);
            open.RemoveAt(0);
        }

        open.Add(new OpenCall(call, now));
        Wake.Set();
    }

    private void AskOrGiveUp(OpenCall one, int place, long now)
    {
        if (!one.Asked)
        {
            (one.Asked, one.Since) = (true, now);
            return;
        }

        open.RemoveAt(place);
        unanswered = one.Call.Seq;
        Answer(one.Call, Delivery.Failed);
    }

    private void Answer(CallId call, Delivery delivery)
    {
        if (answered.Add(call))
        {
            receipts.Delivered(call, Id, delivery);
        }
    }

    private bool IsAlive(long now) => heardAt is { } at && time.GetElapsedTime(at, now) < AliveFor;

    private static bool Stands(BoardView view, CallId call)
    {
        for (var place = 0; place < Math.Min(CallRoom, view.Calls.Length); place++)
        {
            if (view.Calls[place].CallId == call)
            {
                return true;
            }
        }

        return false;
    }

    // A TV that has not come yet has its first minute.
    private void Tell(bool alive, long now)
    {
        if (!alive && heardAt is null && time.GetElapsedTime(begun, now) < FirstWithin)
        {
            return;
        }

        var report = !alive ? new DeviceReport(Id, DeviceState.Failed, FaultCode.TvAway, heardAt is null ? "No page of this TV has come since the start." : "Its page has fallen silent.")
            : unanswered is { } call ? new DeviceReport(Id, DeviceState.Degraded, FaultCode.TvNoAnswer, $"Call {call}, asked for twice.")
            : new DeviceReport(Id, DeviceState.Ready);
        // On a weak Wi-Fi it comes and goes all day.
        var passes = flicker.Passes(report);
        if (passes || !report.SaysTheSameAs(told))
        {
            reports.Report(report with { IsPassing = !passes });
        }

        told = report;
    }

    private sealed class OpenCall(CallId call, long since)
    {
        public CallId Call { get; } = call;

        /// <summary>When the page was first given it, or asked again.</summary>
        public long Since { get; set; } = since;

        public long? LeftAt { get; set; }

        public bool Asked { get; set; }
    }
}
