using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech.Engines;

namespace MotCua.Edge.Devices.Speech;

/// <summary>Tells how speech (engine and queue, device "speech") and its speaker are. Thread-safe.</summary>
internal sealed class SpeechReports
{
    private const int MaxDetail = 200;

    private readonly Lock gate = new();
    private readonly DeviceId speech = new("speech");
    private readonly DeviceId speaker;
    private readonly IDeviceReports reports;
    private string? overload;
    private long underruns;
    private volatile bool speakerBroken;

    /// <exception cref="ArgumentException">Two devices would share one name.</exception>
    public SpeechReports(DeviceId speaker, IDeviceReports reports)
    {
        (this.speaker, this.reports) = (speaker, reports);
        if (speaker == speech)
        {
            throw new ArgumentException("A speaker cannot be called 'speech'; that name stands for the engine and its queue.", nameof(speaker));
        }
    }

    public bool SpeakerBroken => speakerBroken;

    public void EngineFailed(Exception why)
    {
        lock (gate)
        {
            Tell(new(speech, DeviceState.Failed, why is ProgramMissingException ? FaultCode.SpeechEngineAbsent : FaultCode.SpeechEngineFailed, why.Message));
        }
    }

    /// <param name="queueHasRoom">True ends an overload: the queue is at most half full, so the fault does not flicker with every call.</param>
    public void EngineWorks(bool queueHasRoom)
    {
        lock (gate)
        {
            overload = queueHasRoom ? null : overload;
            Tell(overload is null ? new(speech, DeviceState.Ready) : new(speech, DeviceState.Degraded, FaultCode.SpeechOverloaded, overload));
        }
    }

    public void Overloaded(string detail)
    {
        lock (gate)
        {
            overload = detail;
            Tell(new(speech, DeviceState.Degraded, FaultCode.SpeechOverloaded, detail));
        }
    }

    public void SpeakerFailed(Exception why)
    {
        speakerBroken = true;
        var fault = (why as SpeakerException)?.Fault ?? FaultCode.SpeakerFailed;
        Tell(new(speaker, fault == FaultCode.SpeakerAbsent ? DeviceState.Absent : DeviceState.Failed, fault, why.Message));
    }

    /// <param name="underruns">In the sound just played; the detail tells their sum since the start.</param>
    public void SpeakerWorks(int underruns)
    {
        lock (gate)
        {
            this.underruns += underruns;
            speakerBroken = false;
            Tell(new(speaker, DeviceState.Ready, Detail: this.underruns == 0 ? null : $"{this.underruns} underruns since the start"));
        }
    }

    private void Tell(DeviceReport report) =>
        reports.Report(report.Detail is { Length: > MaxDetail } detail ? report with { Detail = detail[..MaxDetail] } : report);
}
