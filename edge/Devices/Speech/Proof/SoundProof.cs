using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Speech.Proof;

/// <summary>Listens whether calls really sound, and tells when they do not: the amplifier that is off, the cable that hangs loose behind a card that works.</summary>
/// <remarks>
/// It stands between announcer and speaker, and between announcer and receipts: a call with the pilot is listened for from its beginning, and its receipt
/// waits until the pilot was heard, or until it would have been (<see cref="IMicrophone.Delay"/> after the sound). A microphone that fails says nothing about
/// the speaker: the call then is neither heard nor unheard. One that does not open in a second holds the call up no longer. One loop steps; the rest may be called from
/// any thread; the driver is never called under the gate, which every report of the voice passes.
/// </remarks>
public sealed class SoundProof(ISpeaker speaker, IMicrophone microphone, ISpeechReceipts receipts, IDeviceReports reports, TimeProvider time)
    : ISteppedLoop, ISpeaker, ISpeechReceipts, IDeviceReports, IDisposable
{
    /// <summary>So many calls in a row that nobody heard are a fault.</summary>
    public const int SilentCalls = 3;

    // Half of what ALSA buffers below; often enough that a heard call is answered while it sounds.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly Ear ear = new(microphone, time);
    private Trial? trial;
    private DeviceReport? ofSpeaker;
    private int silent;

    public DeviceId Id => speaker.Id;

    public string Name => $"ear:{microphone.Id}";

    public WakeSignal Wake { get; } = new();

    private bool IsSilent => silent >= SilentCalls;

    /// <inheritdoc/>
    public async ValueTask<Playback> PlayAsync(Utterance utterance, CancellationToken stop)
    {
        if (!utterance.HasPilot)
        {
            return await speaker.PlayAsync(utterance, stop);
        }

        await BeginAsync(utterance.Announcement, stop);
        var played = await speaker.PlayAsync(utterance, stop);
        lock (gate)
        {
            if (trial?.Announcement == utterance.Announcement)
            {
                trial.Until = time.After(microphone.Delay);
            }
        }

        return played;
    }

    /// <inheritdoc/>
    public void Check() => speaker.Check();

    /// <summary>Holds a call's receipt until the microphone has answered; lets every other pass.</summary>
    public void Said(Announcement announcement, DeviceId speaker, SpeechReceipt receipt)
    {
        lock (gate)
        {
            if (trial is { } open && ReferenceEquals(open.Announcement, announcement))
            {
                open.Receipt = receipt;
                if (receipt.Delivery == Delivery.Done)
                {
                    Wake.Set();
                    return;
                }

                End(); // What was not played proves nothing.
                return;
            }
        }

        receipts.Said(announcement, speaker, receipt);
    }

    /// <summary>Passes reports on. A speaker that plays into silence is not ready, whatever its card says.</summary>
    public void Report(DeviceReport report)
    {
        lock (gate)
        {
            if (report.Device == speaker.Id)
            {
                ofSpeaker = report;
                TellSpeaker();
                return;
            }
        }

        reports.Report(report);
    }

    public async ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        Trial? open;
        lock (gate)
        {
            open = trial;
        }

        if (open is null)
        {
            return Timeout.InfiniteTimeSpan;
        }

        await HearAsync(open, stop);
        lock (gate)
        {
            if (!ReferenceEquals(trial, open))
            {
                return TimeSpan.Zero; // The next call began meanwhile.
            }

            if (open.Receipt is not null && (open.Ear is null || open.Ear.Heard || time.Until(open.Until) == TimeSpan.Zero))
            {
                End();
                return Timeout.InfiniteTimeSpan;
            }

            return Pace;
        }
    }

    /// <summary>A receipt that still waits is given without an answer of the microphone.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            trial?.GiveUp();
            End();
        }

        Wake.Dispose();
    }

    private async Task BeginAsync(Announcement announcement, CancellationToken stop)
    {
        Trial? before;
        lock (gate)
        {
            before = trial;
        }

        if (before?.Receipt is not null)
        {
            await HearAsync(before, stop); // The next call ends the wait for the last one: whatever is heard from now on is the new one's.
        }

        var begun = new Trial(announcement, long.MaxValue);
        lock (gate)
        {
            if (trial is null || !ReferenceEquals(trial.Announcement, announcement))
            {
                End();
            }

            trial?.GiveUp();
            trial = begun;
        }

        try
        {
            var listening = await ear.OpenAsync(stop);
            lock (gate)
            {
                begun.Ear = listening;
                if (!ReferenceEquals(trial, begun))
                {
                    begun.GiveUp(); // The service ended meanwhile.
                }
            }

            reports.Report(new DeviceReport(microphone.Id, DeviceState.Ready));
        }
        catch (IOException e)
        {
            EarFailed(e);
        }

        Wake.Set();
    }

    private async Task HearAsync(Trial open, CancellationToken stop)
    {
        try
        {
            await (open.Ear?.HearAsync(stop) ?? Task.CompletedTask);
        }
        catch (IOException e)
        {
            lock (gate)
            {
                open.GiveUp();
            }

            EarFailed(e);
        }
    }

    private void EarFailed(IOException e) => reports.Report(new DeviceReport(microphone.Id, DeviceState.Failed, FaultCode.MicrophoneFailed, e.Message));

    // Under the gate, as all below.
    private void End()
    {
        if (trial is not { } ended)
        {
            return;
        }

        trial = null;
        bool? heard = ended.Receipt?.Delivery == Delivery.Done ? ended.Ear?.Heard : null;
        ended.GiveUp();
        if (heard is { } certain)
        {
            silent = certain ? 0 : Math.Min(silent + 1, SilentCalls);
            TellSpeaker();
        }

        if (ended.Receipt is { } receipt)
        {
            receipts.Said(ended.Announcement, speaker.Id, receipt with { Heard = heard });
        }
    }

    private void TellSpeaker()
    {
        if (ofSpeaker is { } last)
        {
            reports.Report(last.State == DeviceState.Ready && IsSilent
                ? new DeviceReport(speaker.Id, DeviceState.Degraded, FaultCode.SpeakerSilent, $"{microphone.Id} heard none of the last {silent} calls.")
                : last);
        }
    }

    /// <summary>One call that is listened for.</summary>
    private sealed class Trial(Announcement announcement, long until)
    {
        public Announcement Announcement { get; } = announcement;

        /// <summary>Monotonic moment up to which the pilot may come in.</summary>
        public long Until { get; set; } = until;

        /// <summary>Null when nobody listens, not yet or not any more.</summary>
        public Ear.Listening? Ear { get; set; }

        public SpeechReceipt? Receipt { get; set; }

        public void GiveUp()
        {
            Ear?.End();
            Ear = null;
        }
    }
}
