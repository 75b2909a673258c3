using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Cameras;

/// <summary>What is believed of one role of a camera, with what begins, goes on and ends there.</summary>
internal sealed class RoleJudge(Camera camera, StreamRoles role, TimeProvider time, IDeviceReports reports, ICameraSink sink)
{
    private readonly Flicker flicker = new(time);
    private (CameraMatter Matter, FaultCode Fault, long Since)? open;

    public StreamRoles Role => role;

    /// <summary>What began before this program did was neither seen again nor seen to be over.</summary>
    public bool IsResumed { get; private set; }

    public DeviceReport? Report { get; private set; }

    /// <summary>Takes what is believed now.</summary>
    /// <param name="fault">Null when all is well.</param>
    /// <param name="detail">For technicians; null when all is well.</param>
    /// <param name="heard">What the camera itself said.</param>
    public void Take(FaultCode? fault, string? detail, string? heard = null)
    {
        var report = new DeviceReport(camera.DeviceOf(role), StateOf(fault), fault, fault is null ? null : role == StreamRoles.Recording ? $"{camera.Name} {detail}" : $"{camera.Name}, {Camera.NameOf(role)}: {detail}") { Heard = heard };
        var isNews = flicker.Passes(report);
        if (isNews || !report.SaysTheSameAs(Report))
        {
            reports.Report(report with { IsPassing = !isNews });
        }

        Report = report;
        if (isNews)
        {
            Tell(fault);
        }
    }

    /// <summary>Something was told to have begun before this program did; it goes on until it is seen to be over.</summary>
    public void Resume(CameraNews begun)
    {
        if (open is { } older)
        {
            // A stream has one trouble at a time: the end of the older one was lost with the power.
            sink.Tell(new CameraNews(camera.Id, role, older.Matter, CameraPhase.End, older.Fault, time.GetElapsedTime(older.Since) - begun.Lasted));
        }

        (open, IsResumed) = ((begun.Matter, begun.Fault, time.GetTimestamp() - time.Units(begun.Lasted)), true);
    }

    private void Tell(FaultCode? fault)
    {
        var now = time.GetTimestamp();
        var matter = fault is { } code ? MatterOf(code) : null;
        // What cannot be told any more has not ended; only a stream that was away is there again.
        if (fault is not null && matter is null && (role == StreamRoles.Recording || open?.Matter != CameraMatter.Offline))
        {
            return;
        }

        IsResumed = false;
        if (open is { } before && matter != before.Matter)
        {
            sink.Tell(new CameraNews(camera.Id, role, before.Matter, CameraPhase.End, before.Fault, time.GetElapsedTime(before.Since, now)));
            open = null;
        }

        if (matter is { } what && open?.Fault != fault)
        {
            var since = open?.Since ?? now;
            sink.Tell(new CameraNews(camera.Id, role, what, open is null ? CameraPhase.Start : CameraPhase.Update, fault!.Value, time.GetElapsedTime(since, now)));
            open = (what, fault.Value, since);
        }
    }

    private static CameraMatter? MatterOf(FaultCode fault) =>
        fault == CameraFaults.Frozen ? CameraMatter.Frozen
        : fault == CameraFaults.Blurred ? CameraMatter.Blurred
        : fault == CameraFaults.Moved ? CameraMatter.Moved
        : fault == CameraFaults.Covered || fault == CameraFaults.Black || fault == CameraFaults.White ? CameraMatter.Covered
        : fault == CameraFaults.NoSoundTrack || fault == CameraFaults.Silent ? CameraMatter.Deaf
        : fault == CameraFaults.DecoderAbsent || fault == CameraFaults.DecoderFailed || fault == CameraFaults.CodecUnsupported || fault == CameraFaults.SoundCodec || fault == CameraFaults.RecordingUnknown ? null // Of this box or its settings, not of the camera's being there.
        : CameraMatter.Offline;

    private static DeviceState StateOf(FaultCode? fault) =>
        fault is not { } code ? DeviceState.Ready
        : code == CameraFaults.Unreachable || code == CameraFaults.NoAnswer ? DeviceState.Absent
        : code == CameraFaults.Blurred || code == CameraFaults.Moved || code == CameraFaults.CodecUnsupported || code == CameraFaults.DecoderAbsent || code == CameraFaults.DecoderFailed
            || code == CameraFaults.SoundCodec || code == CameraFaults.RecordingUnknown || code == CameraFaults.NoSoundTrack || code == CameraFaults.Silent ? DeviceState.Degraded
        : DeviceState.Failed;
}
