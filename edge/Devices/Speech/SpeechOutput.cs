using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Speech.Proof;

namespace MotCua.Edge.Devices.Speech;

/// <summary>Makes one announcement heard: words to sound, loudness, speaker; each held to its time and reported.</summary>
/// <param name="withPilot">True: calls begin with the pilot, for a microphone that listens.</param>
internal sealed class SpeechOutput(IVoice voice, ISpeaker speaker, ILoudness loudness, SpeechReports reports, TimeProvider time, bool withPilot)
{
    /// <summary>Time for a sentence of an announcement to become sound.</summary>
    public static readonly TimeSpan SynthesisLimit = TimeSpan.FromSeconds(5);

    /// <summary>Time for a recording to be read, by sox from a slow card.</summary>
    private static readonly TimeSpan ReadingLimit = TimeSpan.FromSeconds(15);

    /// <summary>Time for a sound to be played, beyond its own length.</summary>
    public static readonly TimeSpan PlayGrace = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(3);

    /// <returns>Null when the voice failed, which was reported, or a recording cannot be read, which whoever gave it tells.</returns>
    /// <exception cref="OperationCanceledException">Stopped from outside.</exception>
    public async Task<Utterance?> RenderAsync(Announcement announcement, bool queueHasRoom, CancellationToken stop)
    {
        try
        {
            var sound = announcement.Recording is { } read
                ? await Deadline.HoldAsync("Reading a recording", ReadingLimit, time, read, stop)
                : await Deadline.HoldAsync("Speech synthesis", SynthesisLimit * Math.Max(1, announcement.Script.Sentences.Length), time, ct => voice.RenderAsync(announcement, ct), stop);
            if (announcement.Recording is null)
            {
                reports.EngineWorks(queueHasRoom);
            }

            var pilot = withPilot && announcement.Kind == SpeechKind.Call;
            return new Utterance(announcement, loudness.Now().Apply(pilot ? Pilot.Before(sound) : sound), pilot);
        }
        catch (Exception e) // Whatever a voice throws, the next announcement goes on.
        {
            stop.ThrowIfCancellationRequested();
            if (announcement.Recording is null)
            {
                reports.EngineFailed(e);
            }

            return null;
        }
    }

    /// <exception cref="OperationCanceledException">Stopped from outside.</exception>
    public async Task<SpeechReceipt> PlayAsync(Utterance utterance, CancellationToken stop)
    {
        try
        {
            var played = await Deadline.HoldAsync("Playing", utterance.Sound.Length + PlayGrace, time, ct => speaker.PlayAsync(utterance, ct), stop);
            reports.SpeakerWorks(played.Underruns);
            return new SpeechReceipt(Delivery.Done, played.Sounded);
        }
        catch (Exception e) // As above, for speakers.
        {
            stop.ThrowIfCancellationRequested();
            reports.SpeakerFailed(e);
            return new SpeechReceipt(Delivery.Failed, (e as PlaybackException)?.Played.Sounded);
        }
    }

    /// <summary>Asks a speaker that failed whether it is back.</summary>
    public async Task CheckSpeakerAsync(CancellationToken stop)
    {
        try
        {
            await Deadline.HoldAsync("Looking for the speaker", CheckLimit, time, LookAsync, stop);
            reports.SpeakerWorks(underruns: 0);
        }
        catch (Exception e) // As above.
        {
            stop.ThrowIfCancellationRequested();
            reports.SpeakerFailed(e);
        }

        // A driver may block in it; the caller gets away at its deadline.
        async ValueTask<bool> LookAsync(CancellationToken ct)
        {
            await Task.Run(speaker.Check, ct);
            return true;
        }
    }
}
