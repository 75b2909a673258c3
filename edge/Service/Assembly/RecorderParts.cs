using System.Collections.Immutable;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Cameras.Recording;
using MotCua.Edge.Devices.Health;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Assembly;

/// <summary>The watch over what keeps the cameras' pictures.</summary>
internal static class RecorderParts
{
    private static readonly FaultCode LoginFile = new("recorder.login-file");

    public static ImmutableArray<RecorderWatch> Of(CentreOptions options, EdgeSeams seams, RoomHours hours, IDeviceReports reports, ICameraSink told) =>
        [.. options.Recorders.Select(entry => Of(entry, seams, hours, reports, told)).OfType<RecorderWatch>()];

    /// <summary>The time, while it is to be believed.</summary>
    public static DateTimeOffset? TimeOf(EdgeSeams seams) => seams.Identity.Clock.Now() == ClockTrust.Unsynced ? null : seams.Time.GetUtcNow();

    private static RecorderWatch? Of(RecorderEntry entry, EdgeSeams seams, RoomHours hours, IDeviceReports reports, ICameraSink told)
    {
        var (login, problem) = entry.LoginFile is { } file ? CameraLoginFile.Read(file) : (null, null);
        if (problem is not null)
        {
            // Asked without its password, it would only count wrong tries.
            reports.Report(new DeviceReport(entry.Recorder.Id, DeviceState.Failed, LoginFile, problem));
            return null;
        }

        var recorder = entry.Recorder with { Login = login };
        var eye = new RecorderEye(recorder, seams.Hardware.RecorderAddress(recorder.Id, recorder.Url), seams.Time, new Random(seams.Random.Next()));
        return new RecorderWatch(recorder, eye, hours.IsOpen, () => TimeOf(seams), seams.Time, reports, told);
    }
}
