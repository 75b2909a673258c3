using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Loop;

namespace MotCua.Edge.Announcing;

/// <summary>Sees to it that the voice answers for each call: asks once more for an answer that is missing, has the boards flash for a call that nobody heard, then tells people.</summary>
/// <param name="say">Hands a call to the voice.</param>
/// <param name="holds">Whether the voice still has the call.</param>
/// <param name="fault">Told while answers are missing; null ends it.</param>
public sealed class VoiceWatch(
    DeliveryLog log, VoiceDesk desk, BoardFeed boards, Func<Announcement, bool> say, Func<CallId, bool> holds, TimeProvider time, Action<string?> fault) : ISteppedLoop, ISpeechReceipts
{
    /// <summary>More than the voice has room for. Past it the oldest is watched no more.</summary>
    private const int MostWatched = 64;

    // A microphone may take a second for its answer, and a camera two.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    // Longer than a call may wait and then be spoken twice: whoever has it that long will not answer.
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(150);

    /// <summary>Two for each call; for more than four at once the boards would flash long after their tickets are served.</summary>
    private const int MostFlashes = 8;

    private static readonly TimeSpan BetweenFlashes = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FlashAgain = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly List<Watched> watched = [];
    private readonly PriorityQueue<CallId, long> flashes = new();
    private long nextFlash = long.MinValue;

    public string Name => "voice-watch";

    public WakeSignal Wake { get; } = new();

    /// <summary>The call is spoken from now on; its answer is expected.</summary>
    public void Say(Announcement announcement)
    {
        if (announcement.Call is not null)
        {
            lock (gate)
            {
                watched.Add(new Watched(announcement, time.GetTimestamp()));
                if (watched.Count > MostWatched)
                {
                    watched.RemoveAt(0);
                }
            }

            Wake.Set();
        }

        say(announcement);
    }

    /// <inheritdoc/>
    public void Said(Announcement announcement, DeviceId speaker, SpeechReceipt receipt)
    {
        if (announcement.Call is not { } call)
        {
            desk.Said(announcement, receipt);
            return;
        }

        bool expected;
        lock (gate)
        {
            expected = watched.RemoveAll(w => w.Announcement.Call == call) > 0;
        }

        // An answer that comes after it was given up is no second one.
        if (expected)
        {
            Answer(call, speaker, receipt);
            if (receipt.Delivery == Delivery.Done)
            {
                fault(null);
            }
        }
    }

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        List<Watched> again = [];
        List<Watched> missing = [];
        bool busy;
        lock (gate)
        {
            foreach (var one in watched)
            {
                var held = holds(one.Announcement.Call!.Value);
                one.LetGo = held ? null : one.LetGo ?? time.GetTimestamp();
                var overdue = one.LetGo is { } since ? time.GetElapsedTime(since) >= AnswerWithin : time.GetElapsedTime(one.Since) >= LongestHold;
                if (overdue)
                {
                    (one.Asked || held ? missing : again).Add(one);
                    (one.Asked, one.LetGo) = (true, null);
                }
            }

            watched.RemoveAll(missing.Contains);
            busy = watched.Count > 0;
        }

        foreach (var one in again)
        {
            say(one.Announcement); // Dropped and told as expired when it is too late by now.
        }

        foreach (var one in missing)
        {
            Answer(one.Announcement.Call!.Value, new DeviceId(CentreFold.SpeakerOutput), new SpeechReceipt(Delivery.Failed));
            fault($"The voice did not answer for call {one.Announcement.Call.Value.Seq}, asked twice.");
        }

        return ValueTask.FromResult(Flash() || busy ? Pace : Timeout.InfiniteTimeSpan);
    }

    private void Answer(CallId call, DeviceId speaker, SpeechReceipt receipt)
    {
        log.Said(call, speaker, receipt);
        // One that came too late for the voice, too; the boards flash only while its ticket stands.
        if (receipt.Delivery is Delivery.Failed or Delivery.Expired || receipt.Heard == false)
        {
            lock (gate)
            {
                // Several that came too late together flash one after another: a board shows the newest picture only.
                if (flashes.Count < MostFlashes)
                {
                    nextFlash = Math.Max(time.GetTimestamp(), nextFlash);
                    flashes.Enqueue(call, nextFlash);
                    flashes.Enqueue(call, nextFlash + time.Units(FlashAgain));
                    nextFlash += time.Units(BetweenFlashes);
                }
            }

            Flash();
            Wake.Set();
        }
    }

    // At most one at a time; one whose ticket is gone makes room for the next.
    private bool Flash()
    {
        lock (gate)
        {
            while (flashes.TryPeek(out var call, out var at) && at <= time.GetTimestamp())
            {
                flashes.Dequeue();
                if (boards.Flash(call))
                {
                    break;
                }
            }

            return flashes.Count > 0;
        }
    }

    private sealed class Watched(Announcement announcement, long since)
    {
        public Announcement Announcement { get; } = announcement;

        public long Since { get; } = since;

        /// <summary>When the voice was first seen without it.</summary>
        public long? LetGo { get; set; }

        public bool Asked { get; set; }
    }
}
