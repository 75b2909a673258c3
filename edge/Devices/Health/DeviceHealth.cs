namespace MotCua.Edge.Devices.Health;

/// <summary>Name of a device as the installer wired it: 1 to 32 of <c>a–z 0–9 -</c>, starting with a letter.</summary>
public readonly record struct DeviceId
{
    public string Value { get; }

    public DeviceId(string value) => Value = IsValid(value) ? value
        : throw new ArgumentException($"'{value}' is not a device name: 1 to 32 of a-z, 0-9 and '-', starting with a letter.", nameof(value));

    public static bool IsValid(string value) =>
        value.Length is >= 1 and <= 32 && value[0] is >= 'a' and <= 'z' && value.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    public override string ToString() => Value;
}

/// <summary>What a device can do for people right now.</summary>
public enum DeviceState
{
    /// <summary>Works.</summary>
    Ready,

    /// <summary>Works, with something a person should know.</summary>
    Degraded,

    /// <summary>Is there and does not work.</summary>
    Failed,

    /// <summary>Does not answer at all.</summary>
    Absent,
}

/// <summary>A code of the fault catalogue. The catalogue (severity, words for people) stands in the protocols project; a test holds both together.</summary>
public readonly record struct FaultCode(string Value)
{
    public static FaultCode NotAnswering { get; } = new("device.not-answering");
    public static FaultCode ButtonStuck { get; } = new("button.stuck");
    public static FaultCode ButtonNoisy { get; } = new("button.noisy");
    public static FaultCode ButtonEdgesLost { get; } = new("button.edges-lost");
    public static FaultCode ExpanderInterruptLost { get; } = new("expander.interrupt-lost");
    public static FaultCode SpeechEngineFailed { get; } = new("speech.engine-failed");
    public static FaultCode SpeechEngineAbsent { get; } = new("speech.engine-absent");
    public static FaultCode SpeakerFailed { get; } = new("speech.speaker-failed");
    public static FaultCode SpeakerBusy { get; } = new("speech.speaker-busy");
    public static FaultCode SpeakerAbsent { get; } = new("speech.speaker-absent");
    public static FaultCode SpeechLibraryAbsent { get; } = new("speech.library-absent");
    public static FaultCode SpeakerSilent { get; } = new("speaker.silent");
    public static FaultCode MicrophoneFailed { get; } = new("microphone.failed");
    public static FaultCode SpeechOverloaded { get; } = new("speech.overloaded");
    public static FaultCode VoicePackBad { get; } = new("voice.pack-bad");
    public static FaultCode VoiceClipBad { get; } = new("voice.clip-bad");
    public static FaultCode VoiceClipsMissing { get; } = new("voice.clips-missing");
    public static FaultCode VoiceLeftOut { get; } = new("voice.left-out");
    public static FaultCode VoiceStandIn { get; } = new("voice.stand-in");
    public static FaultCode ClimateBadReading { get; } = new("climate.bad-reading");
    public static FaultCode ClockBatteryEmpty { get; } = new("clock.battery-empty");
    public static FaultCode TvAway { get; } = new("tv.away");
    public static FaultCode TvNoAnswer { get; } = new("tv.no-answer");

    public override string ToString() => Value;
}

/// <summary>A device's state at a moment, with the fault that explains it.</summary>
/// <param name="Fault">Null when the device is <see cref="DeviceState.Ready"/>.</param>
/// <param name="Detail">For technicians: device, address and errno in words; at most 200 characters.</param>
public sealed record DeviceReport(DeviceId Device, DeviceState State, FaultCode? Fault = null, string? Detail = null)
{
    /// <summary>Of a device that changes to and fro: shown and counted, and no event, since each of those costs the card a sync.</summary>
    public bool IsPassing { get; init; }

    /// <summary>What the device itself said of it, for whoever looks at the box. No event and no message holds it: a stranger chose the words.</summary>
    public string? Heard { get; init; }

    /// <summary>The same state for the same reason; details may differ.</summary>
    public bool SaysTheSameAs(DeviceReport? other) => State == other?.State && Fault == other.Fault;
}

/// <summary>Where devices tell their state. Called from any thread; returns at once and never throws. Only changes need be told; repeats are ignored.</summary>
public interface IDeviceReports
{
    void Report(DeviceReport report);
}
