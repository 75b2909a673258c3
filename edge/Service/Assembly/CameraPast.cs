using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Cameras.Onvif;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Loop;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Assembly;

/// <summary>What had begun at cameras when the box went down, as the watch over them needs it to go on.</summary>
internal static class CameraPast
{
    /// <summary>Oldest first. How long each has lasted is counted to now where the clock was and is believed, otherwise to the newest event.</summary>
    public static IEnumerable<CameraNews> Of(CentreState found, TimeProvider time, IClockTrust clock)
    {
        var until = found.Clock is { Trusted: true } && clock.Now() != ClockTrust.Unsynced ? time.GetUtcNow() : found.Clock?.At;
        foreach (var incident in found.Incidents.Values.OrderBy(one => one.At))
        {
            if (NewsOf(incident, until - incident.At is { } span && span > TimeSpan.Zero ? span : TimeSpan.Zero) is { } news)
            {
                yield return news;
            }
        }
    }

    /// <summary>Whether a new start can see that it is over: what a camera looked at and how sharp it was is forgotten with the program, so nobody can.</summary>
    public static bool CanEnd(CameraNews begun) => begun.Matter is not (CameraMatter.Moved or CameraMatter.Blurred);

    /// <summary>As <c>camera.unsure</c> spells it.</summary>
    public static string RoleOf(CameraNews begun) => begun.Role == StreamRoles.None ? "service" : Camera.NameOf(begun.Role);

    // Null for what an older or newer program wrote and this one does not know.
    private static CameraNews? NewsOf(OpenIncident one, TimeSpan lasted)
    {
        if (!DeviceId.IsValid(one.Camera) || !WireWord.TryParse<CameraMatter>(one.Matter, out var matter))
        {
            return null;
        }

        var role = matter switch
        {
            CameraMatter.Offline => WireWord.TryParse<StreamRoles>(one.Role, out var of) ? of : StreamRoles.None,
            CameraMatter.Deaf => StreamRoles.Sound,
            CameraMatter.Covered or CameraMatter.Frozen or CameraMatter.Blurred or CameraMatter.Moved => StreamRoles.Detect,
            _ => StreamRoles.None,
        };
        FaultCode fault = matter switch
        {
            CameraMatter.Offline => new FaultCode(one.Look),
            CameraMatter.Covered => one.Look == "black" ? CameraFaults.Black : one.Look == "white" ? CameraFaults.White : CameraFaults.Covered,
            CameraMatter.Frozen => CameraFaults.Frozen,
            CameraMatter.Blurred => CameraFaults.Blurred,
            CameraMatter.Moved => CameraFaults.Moved,
            CameraMatter.Deaf => one.Look == "silent" ? CameraFaults.Silent : CameraFaults.NoSoundTrack,
            CameraMatter.Clock => CameraFaults.ClockWrong,
            _ => default,
        };
        return new CameraNews(new DeviceId(one.Camera), role, matter, CameraPhase.Start, fault, lasted)
        {
            Drift = TimeSpan.FromSeconds(one.DriftSeconds),
            Noticed = matter == CameraMatter.Tamper ? NoticeKind.Tamper : matter == CameraMatter.Motion && WireWord.TryParse<NoticeKind>(one.Look, out var kind) ? kind : null,
        };
    }
}
