using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Speech;

/// <summary>Says announcements one after another over one speaker, and answers for each.</summary>
/// <remarks>
/// <para>Calls go in order, before notices, before guidance. Each is answered once: done when the sound was played whole, failed after one retry,
/// expired when it would mislead by now, muted in mute hours. Only a stop of the service leaves one unanswered; it is said again after the start.</para>
/// <para>A call cuts guidance short, and a notice that lasts so long that calls would be lost meanwhile (<see cref="AnnouncerOptions.LongestNotice"/>). What was cut is said
/// again from its beginning, guidance when the room is calm, once; cut a second time it is dropped. Guidance never begins between a call and its repeat
/// (<see cref="AnnouncerOptions.CalmAfterCall"/>).</para>
/// <para>Parts that share an <see cref="Announcement.Id"/> are one text: once one of them is dropped, so is what is left of it.</para>
/// <para><see cref="Say"/> may be called from any thread; <see cref="StepAsync"/> has one caller.</para>
/// </remarks>
public sealed class Announcer : ISteppedLoop, IDisposable
{
    /// <summary>Bound of the queue: some two minutes of calls. When it is full what matters more replaces what matters less, or is refused and answered as failed.</summary>
    public const int Capacity = 32;

    private const int Attempts = 2;

    private readonly Lock gate = new();
    private readonly AnnouncementQueue queue = new(Capacity);
    private readonly AnnouncerOptions options;
    private readonly SpeechOutput output;
    private readonly DeviceId speaker;
    private readonly ISpeechReceipts receipts;
    private readonly TimeProvider time;
    private readonly SpeechReports reports;
    private Announcement? speaking;
    private bool yields;
    private bool sounds;
    private Announcement? cutBefore;
    private Announcement? takenBack;
    private CancellationTokenSource? cut;
    private long calmFrom = long.MinValue;

    /// <exception cref="ArgumentException">The speaker has the name that reports use for speech itself.</exception>
    public Announcer(IVoice voice, ISpeaker speaker, ISpeechReceipts receipts, IDeviceReports reports, TimeProvider time, AnnouncerOptions? options = null)
    {
        (this.speaker, this.receipts, this.time, this.options) = (speaker.Id, receipts, time, options ?? AnnouncerOptions.Default);
        this.reports = new SpeechReports(speaker.Id, reports);
        output = new SpeechOutput(voice, speaker, this.options.Loudness, this.reports, time, this.options.Pilot);
    }

    public string Name => $"announcer:{speaker}";

    public WakeSignal Wake { get; } = new();

    /// <summary>These are hours of silence: what is handed in now is answered as muted.</summary>
    public bool IsMute => options.Loudness.Now().IsMute;

    /// <summary>Puts an announcement at the end of its line; returns at once.</summary>
    /// <returns>False: the queue is full; it was answered as failed and the overload reported.</returns>
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

            accepted = queue.TryAdd(announcement, out var displaced);
            if (displaced is not null)
            {
                expired.AddRange([displaced, .. RestOf(displaced)]);
            }

            if (accepted && announcement.Kind == SpeechKind.Call && yields)
            {
                Cut();
            }
        }

        expired.ForEach(late => Answer(late, Delivery.Expired));
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

    /// <summary>Takes back speech that is no call: what waits is dropped, what sounds is cut short; each part is answered as expired.</summary>
    /// <param name="id">As <see cref="Announcement.Id"/>.</param>
    /// <returns>False when nothing of it was waiting or sounding.</returns>
    public bool Withdraw(string id)
    {
        List<Announcement> taken;
        bool sounding;
        lock (gate)
        {
            taken = queue.Take(id);
            sounding = speaking?.Id == id;
            if (sounding)
            {
                takenBack = speaking;
                Cut();
            }
        }

        taken.ForEach(gone => Answer(gone, Delivery.Expired));
        return sounding || taken.Count > 0;
    }

    /// <summary>Whether the call waits or sounds here, so that its answer is still to come.</summary>
    public bool Holds(CallId call)
    {
        lock (gate)
        {
            return speaking?.Call == call || queue.Holds(call);
        }
    }

    /// <summary>Drops what is too late, then says at most one announcement.</summary>
    public async ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        List<Announcement> expired;
        Announcement? next;
        var cutNow = new CancellationTokenSource(); // Holds nothing that needs disposing; whoever cuts it may come late.
        lock (gate)
        {
            expired = queue.TakeExpired(time.GetTimestamp());
            next = queue.TakeNext(time.Until(calmFrom) == TimeSpan.Zero);
            (speaking, cut, yields) = (next, cutNow, next?.Kind == SpeechKind.Guidance);
        }

        expired.ForEach(late => Answer(late, Delivery.Expired));
        if (next is null)
        {
            if (reports.SpeakerBroken)
            {
                await output.CheckSpeakerAsync(stop);
            }

            return Rest();
        }

        try
        {
            await SayNowAsync(next, cutNow.Token, stop);
        }
        finally
        {
            lock (gate)
            {
                (speaking, cut, yields) = (null, null, false);
                calmFrom = next.Kind == SpeechKind.Call ? time.After(options.CalmAfterCall) : calmFrom;
            }
        }

        return Rest();
    }

    public void Dispose() => Wake.Dispose();

    // Under the gate.
    private List<Announcement> RestOf(Announcement part) => part.Id is { } text ? queue.Take(text) : [];

    // Under the gate. On a thread of its own: whoever calls somebody is the writer of the journal and has no time for the rest of a sound.
    private void Cut() => _ = cut?.CancelAsync();

    private TimeSpan Rest()
    {
        var rest = reports.SpeakerBroken ? options.CheckEvery : Timeout.InfiniteTimeSpan;
        lock (gate)
        {
            return queue.Count == 0 ? rest : queue.HasOnlyGuidance ? time.Until(calmFrom) : TimeSpan.Zero;
        }
    }

    private async Task SayNowAsync(Announcement announcement, CancellationToken cutShort, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cutShort, stop);
        try
        {
            var receipt = await TryToSayAsync(announcement, either.Token);
            List<Announcement> rest = [];
            if (receipt.Delivery != Delivery.Done)
            {
                lock (gate)
                {
                    rest = RestOf(announcement);
                }
            }

            receipts.Said(announcement, speaker, receipt);
            rest.ForEach(part => Answer(part, Delivery.Expired));
        }
        catch (OperationCanceledException) when (cutShort.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            List<Announcement> dropped = [];
            lock (gate)
            {
                // The deadline was for beginning it. One that gave way before its first sound has not been cut.
                var again = sounds ? announcement with { NotAfter = Math.Max(announcement.NotAfter, time.After(options.GoOnWithin)) } : announcement;
                if (ReferenceEquals(takenBack, announcement) || (sounds && ReferenceEquals(cutBefore, announcement)) || !queue.TryPutBack(again))
                {
                    dropped = [announcement, .. RestOf(announcement)];
                }

                cutBefore = sounds ? again : cutBefore;
            }

            dropped.ForEach(part => Answer(part, Delivery.Expired));
        }
        finally
        {
            if (announcement.Call is not null)
            {
                options.Stage?.Spotlight(null);
            }
        }
    }

    private async Task<SpeechReceipt> TryToSayAsync(Announcement announcement, CancellationToken stop)
    {
        var receipt = new SpeechReceipt(Delivery.Failed);
        sounds = false;
        for (var attempt = 1; attempt <= Attempts && receipt.Delivery == Delivery.Failed; attempt++)
        {
            if (Reason(announcement) is { } before)
            {
                return new SpeechReceipt(before);
            }

            if (await output.RenderAsync(announcement, HasRoom(), stop) is not { } utterance)
            {
                continue;
            }

            if (Reason(announcement) is { } after)
            {
                return new SpeechReceipt(after);
            }

            if (announcement.Call is not null)
            {
                options.Stage?.Spotlight(announcement.Call);
            }

            if (GivesWay(announcement, utterance.Sound.Length))
            {
                await cut!.CancelAsync(); // A call came while this became sound.
                stop.ThrowIfCancellationRequested();
            }

            sounds = true;
            receipt = await output.PlayAsync(utterance, stop);
        }

        return receipt;
    }

    /// <summary>It begins to sound now, unless a call waits that would be lost meanwhile.</summary>
    private bool GivesWay(Announcement announcement, TimeSpan length)
    {
        lock (gate)
        {
            yields = yields || (announcement.Kind != SpeechKind.Call && length > options.LongestNotice);
            if (announcement.Id is { } text)
            {
                queue.GoOn(text, time.After(options.GoOnWithin));
            }

            return yields && queue.HasCalls;
        }
    }

    /// <summary>Why it is not to be said now; null when it is.</summary>
    private Delivery? Reason(Announcement announcement) =>
        announcement.NotAfter < time.GetTimestamp() || announcement.StillTrue?.Invoke() == false || (announcement.Call is { } call && options.Stage?.Stands(call) == false) ? Delivery.Expired
            : IsMute ? Delivery.Muted
            : null;

    private bool HasRoom()
    {
        lock (gate)
        {
            return queue.Count <= Capacity / 2;
        }
    }

    private void Answer(Announcement announcement, Delivery delivery) => receipts.Said(announcement, speaker, new SpeechReceipt(delivery));
}
