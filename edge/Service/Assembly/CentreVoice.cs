using System.Collections.Concurrent;
using MotCua.Edge.Announcing;
using MotCua.Edge.Devices.Cameras.Hearing;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Packs;
using MotCua.Edge.Devices.Speech.Proof;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Health;
using MotCua.Edge.Loop;
using MotCua.Edge.SelfTest;

namespace MotCua.Edge.Assembly;

/// <summary>Everything of a centre that speaks or listens, put together.</summary>
internal sealed class CentreVoice : IDisposable
{
    /// <summary>Device name of the microphone that listens whether calls sound.</summary>
    public const string Microphone = "microphone";

    private const string GuidanceFault = "guidance.bad-file";

    private readonly ConcurrentDictionary<string, bool> raised = new(StringComparer.Ordinal);
    private readonly SoundProof? proof;
    private readonly VoiceWatch watch;
    private readonly GuidanceLoop? guidance;

    public CentreVoice(EdgeCentre centre, EdgeSeams seams, DeliveryLog log, BoardFeed boards, Action<string> unusable)
    {
        var (options, time, devices) = (centre.Options.Speech, seams.Time, centre.Devices);
        var desk = new VoiceDesk(data => centre.Loop.Record(data, light: true));
        watch = new VoiceWatch(
            log, desk, boards, announcement => Announcer!.Say(announcement), call => Announcer!.Holds(call), time, why => Fault(devices, "speech.no-answer", why));
        Heard = new HeardSpeaker(seams.Hardware.Speaker);
        // A camera's track is good enough to find the pilot in, and too narrow to record a voice with.
        var microphone = options.MicrophoneCamera is null && seams.Hardware.Microphone is { } card ? new SharedMicrophone(card, time) : null;
        var ear = options.MicrophoneCamera is { } camera ? new CameraMicrophone(new DeviceId(Microphone), () => centre.CameraWatch?.EarOf(camera)) : (IMicrophone?)microphone;
        proof = ear is not null ? new SoundProof(Heard, ear, watch, devices, time) : null;
        var engine = SpeechParts.Engine(seams.Speech, time, Trouble);
        var clips = new ClipReader(time, seams.Speech.Store);
        var composer = new VoiceComposer(engine, seams.Speech.Library.InUse(options.Voices, Trouble), clips, Trouble);
        Booth = new VoiceBooth(options, seams.Speech.Library, composer, engine, clips, microphone, time, Trouble);
        Announcer = new Announcer(
            composer, (ISpeaker?)proof ?? Heard, (ISpeechReceipts?)proof ?? watch, (IDeviceReports?)proof ?? devices, time,
            AnnouncerOptions.Default with
            {
                Loudness = new HourlyLoudness(options, time, seams.Identity.Clock),
                Stage = boards,
                CalmAfterCall = options.Guidance?.AfterCall ?? AnnouncerOptions.Default.CalmAfterCall,
                Pilot = proof is not null,
            });
        desk.Announcer = Announcer;
        Calls = new CallVoice(watch.Say, SpeechParts.Scripts(options), time, () => centre.Loop.Durable.State);
        var run = $"{seams.Random.Next():x8}";
        Texts = new CentreTexts(desk, seams.Guidance, new TextFile(seams.Journal, unusable), time, seams.Identity.Clock, run, why => Fault(devices, GuidanceFault, why));
        guidance = options.Guidance is { } rules && seams.Guidance is { } shelf
            ? new GuidanceLoop(rules, shelf, desk, run, () => centre.Loop.Durable.State.Queue.WaitingCount, time, why => Fault(devices, GuidanceFault, why))
            : null;

        void Trouble(FaultCode code, string? why) => Fault(devices, code.Value, why, SpeechParts.Device);
    }

    public Announcer Announcer { get; }

    /// <summary>The loudspeaker as a self-test sees it.</summary>
    public HeardSpeaker Heard { get; }

    public CallVoice Calls { get; }

    /// <summary>The door for texts of clerks and of the province.</summary>
    public CentreTexts Texts { get; }

    /// <summary>Where the centre records a voice of its own.</summary>
    public VoiceBooth Booth { get; }

    public IEnumerable<ISteppedLoop> Loops => ((IEnumerable<ISteppedLoop?>)[Announcer, proof, watch, Texts, guidance]).OfType<ISteppedLoop>();

    public void Dispose()
    {
        proof?.Dispose();
        Booth.Dispose();
        Announcer.Dispose();
    }

    // Each call that sounds says again that nothing is wrong, which is not told.
    private void Fault(DeviceBook devices, string code, string? why, string part = "edge")
    {
        if (why is not null)
        {
            raised[code] = true;
            devices.Fault(part, code, why, present: true);
        }
        else if (raised.TryRemove(code, out _))
        {
            devices.Fault(part, code, null, present: false);
        }
    }
}
