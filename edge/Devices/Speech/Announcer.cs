using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Speech;

/// <summary>Says announcements one after another over one speaker, and answers for every call.</summary>
/// <remarks>
/// <para>Calls go in order, before other speech. Each is answered once: done when the sound was played whole, failed after one retry,
/// expired when it would mislead by now. Only a stop of the service leaves one unanswered; it is said again after the start.</para>
/// <para><see cref="Say"/> may be called from any thread; <see cref="StepAsync"/> has one caller.</para>
/// </remarks>
public sealed class Announcer : ISteppedLoop, IDisposable
{
    /// <summary>Bound of the queue: some two minutes of calls. When it is full a call replaces waiting guidance, or is refused and answered as failed.</summary>
    public const int Capacity = 32;

    /// <summary>Time for a sentence of an announcement to become sound.</summary>
    public static readonly TimeSpan SynthesisLimit = TimeSpan.FromSeconds(5);

    /// <summary>Time for a sound to be played, beyond its own length.</summary>
    public static readonly TimeSpan PlayGrace = TimeSpan.FromSeconds(3);

    private const int Attempts = 2;

    private readonly Lock gate = new();
    private readonly AnnouncementQueue queue = new(Capacity);
    private readonly IVoice voice;
    private readonly ISpeaker speaker;
    private readonly IDeliveryReceipts receipts;
    private readonly TimeProvider time;
    private readonly SpeechReports reports;

    /// <exception cref="ArgumentException">The speaker has the name that reports use for speech itself.</exception>
    public Announcer(IVoice voice, ISpeaker speaker, IDeliveryReceipts receipts, IDeviceReports reports, TimeProvider time)
    {
        (this.voice, this.speaker, this.receipts, this.time) = (voice, speaker, receipts, time);
        this.reports = new SpeechReports(speaker.Id, reports);
    }

    public string Name => $"announcer:{speaker.Id}";

    public WakeSignal Wake { get; } = new();

    /// <summary>Puts an announcement at the end of its line; returns at once.</summary>
    /// <returns>False: the queue is full; a call was answered as failed and the overload reported.</returns>
    public bool Say(Announcement announcement)
    {
        List<Announcement> expired = [];
        bool crowded;
        bool accepted;
        lock (gate)
        {
            crowded = queue.IsFull;
            if (crowded)
            {
                expired = queue.TakeExpired(time.GetTimestamp());
                crowded = queue.IsFull;
            }

            accepted = queue.TryAdd(announcement);
        }

        AnswerExpired(expired);
        if (crowded)
        {
            reports.Overloaded($"{Capacity} announcements wait.");
        }

        if (!accepted)
        {
            Answer(announcement, Delivery.Failed);
        }

        Wake.Set();
        return accepted;
    }

    /// <summary>Drops what is too late, then says at most one announcement.</summary>
    public async ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        List<Announcement> expired;
        Announcement? next;
        lock (gate)
        {
            expired = queue.TakeExpired(time.GetTimestamp());
            next = queue.TakeNext();
        }

        AnswerExpired(expired);
        if (next is null)
        {
            return Timeout.InfiniteTimeSpan;
        }

        Answer(next, await SayNowAsync(next, stop));
        lock (gate)
        {
            return queue.Count > 0 ? TimeSpan.Zero : Timeout.InfiniteTimeSpan;
        }
    }

    public void Dispose() => Wake.Dispose();

    private async Task<Delivery> SayNowAsync(Announcement announcement, CancellationToken stop)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (IsTooLate(announcement))
            {
                return Delivery.Expired;
            }

            if (await RenderedAsync(announcement, stop) is not { } sound)
            {
                continue;
            }

            if (IsTooLate(announcement))
            {
                return Delivery.Expired;
            }

            if (await PlayedAsync(new Utterance(announcement, sound), stop))
            {
                return Delivery.Done;
            }
        }

        return Delivery.Failed;
    }

    private async Task<WavFile?> RenderedAsync(Announcement announcement, CancellationToken stop)
    {
        try
        {
            var sound = await Deadline.HoldAsync("Speech synthesis", SynthesisLimit * Math.Max(1, announcement.Script.Sentences.Length), time, ct => voice.RenderAsync(announcement, ct), stop);
            reports.EngineWorks(HasRoom());
            return sound;
        }
        catch (Exception e) // Whatever a voice throws, the next announcement goes on.
        {
            stop.ThrowIfCancellationRequested();
            reports.EngineFailed(e);
            return null;
        }
    }

    private async Task<bool> PlayedAsync(Utterance utterance, CancellationToken stop)
    {
        try
        {
            await Deadline.HoldAsync("Playing", utterance.Sound.Length + PlayGrace, time, PlayAsync, stop);
            reports.SpeakerWorks();
            return true;
        }
        catch (Exception e) // As above, for speakers.
        {
            stop.ThrowIfCancellationRequested();
            reports.SpeakerFailed(e.Message);
            return false;
        }

        async ValueTask<bool> PlayAsync(CancellationToken ct)
        {
            await speaker.PlayAsync(utterance, ct);
            return true;
        }
    }

    private bool IsTooLate(Announcement announcement) => announcement.NotAfter < time.GetTimestamp();

    private bool HasRoom()
    {
        lock (gate)
        {
            return queue.Count <= Capacity / 2;
        }
    }

    private void AnswerExpired(List<Announcement> expired) => expired.ForEach(a => Answer(a, Delivery.Expired));

    private void Answer(Announcement announcement, Delivery delivery)
    {
        if (announcement.Call is { } call)
        {
            receipts.Delivered(call, speaker.Id, delivery);
        }
    }
}
