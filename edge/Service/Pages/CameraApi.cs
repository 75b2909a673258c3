using MotCua.Edge.Assembly;
using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Cameras.Recording;
using MotCua.Edge.Loop;

namespace MotCua.Edge.Pages;

/// <summary>How the cameras are: measures and states, never a picture.</summary>
internal static class CameraApi
{
    public static void Map(IEndpointRouteBuilder api, EdgeCentre centre) =>
        api.MapGet("/cameras", () => Results.Ok(new CamerasAnswer([.. centre.Cameras.Select(status => Describe(status, RecordersOf(centre)))], [.. RecordersOf(centre).Select(Describe)])))
            .WithSummary("How the cameras are, and how full the hall is").WithDescription("Measures of a tiny grey picture that stays in memory; no picture and no sound leaves the box.").Produces<CamerasAnswer>();

    internal static CameraAnswer Describe(CameraStatus status, IReadOnlyList<RecorderStatus> recorders)
    {
        var kept = recorders.SelectMany(recorder => recorder.Cameras).FirstOrDefault(one => one.Camera.Id == status.Camera.Id);
        var (sight, sound) = (status.Roles[0].Sight, status.Roles.Select(role => role.Sight.Sound).FirstOrDefault(sound => sound is not null));
        return new CameraAnswer(
            status.Camera.Id.Value, status.Camera.Name, sight.Codec, sight.Size, status.PictureAge is { } age ? Math.Round(age.TotalSeconds, 1) : null, WireWord.Of(status.Occupancy), status.KnowsScene,
            status.Measures is { } m
                ? new CameraMeasures(Round(m.Brightness), Round(m.Noise), Round(m.Flat), Round(m.Lost), Round(m.Alike), Round(m.Sharpness), Round(m.Steady), Round(m.Same), Round(m.Filled))
                : null,
            sound is { HasTrack: true, IsUnderstood: true } ? sound.Decibels : null,
            [.. status.Roles.Select(role => new CameraRole(status.Camera.DeviceOf(role.Role).Value, Camera.NameOf(role.Role), role.Report is { } report ? WireWord.Of(report.State) : "unknown", role.Report?.Fault?.Value)).Concat(kept is null ? [] : [RoleOf(kept)])])
        {
            NewestRecordingAgeSeconds = kept?.Age is { } old ? Math.Round(old.TotalSeconds) : null,
        };
    }

    internal static IReadOnlyList<RecorderStatus> RecordersOf(EdgeCentre centre) => centre.CameraWatch?.Recorders ?? [];

    private static CameraRole RoleOf(KeptStatus kept) =>
        new(kept.Camera.KeptDevice.Value, Camera.NameOf(StreamRoles.Recording), kept.Report is { } report ? WireWord.Of(report.State) : "unknown", kept.Report?.Fault?.Value);

    private static RecorderState Describe(RecorderStatus status) => new(
        status.Recorder.Id.Value, status.Recorder.Name, status.Report is { } report ? WireWord.Of(report.State) : "unknown", status.Report?.Fault?.Value,
        status.FreePercent is { } free ? Math.Round(free, 1) : null, status.Drift is { } drift ? Math.Round(drift.TotalSeconds) : null);

    private static double Round(double value) => Math.Round(value, 2);
}

/// <param name="Recorders">What keeps their pictures; empty when none is asked.</param>
public sealed record CamerasAnswer(IReadOnlyList<CameraAnswer> Cameras, IReadOnlyList<RecorderState> Recorders);

/// <param name="State"><c>ready</c>, <c>degraded</c>, <c>failed</c>, <c>absent</c>, or <c>unknown</c> before the first answer.</param>
/// <param name="Fault">Code of the fault catalogue.</param>
/// <param name="FreePercent">Free room on its disks; null when it says none. One that overwrites the oldest is always full.</param>
/// <param name="ClockAheadSeconds">How far its clock is ahead of the centre's; null while nobody knows.</param>
public sealed record RecorderState(string Id, string Name, string State, string? Fault, double? FreePercent, double? ClockAheadSeconds);

/// <param name="Codec">Such as <c>H264</c>; null before the camera answered.</param>
/// <param name="Size">Such as <c>1920×1080</c>; null before the first picture.</param>
/// <param name="PictureAgeSeconds">Of the newest judged picture; null before the first.</param>
/// <param name="Occupancy"><c>unknown</c>, <c>empty</c>, <c>normal</c> or <c>full</c>; heads are not counted.</param>
/// <param name="KnowsScene">Enough was seen to tell a covered or turned camera.</param>
/// <param name="Measures">Null before the second picture.</param>
/// <param name="Decibels">Loudness under full scale; null where no sound is judged.</param>
/// <param name="Roles">Each with a state of its own.</param>
public sealed record CameraAnswer(
    string Id, string Name, string? Codec, string? Size, double? PictureAgeSeconds, string Occupancy, bool KnowsScene, CameraMeasures? Measures, int? Decibels, IReadOnlyList<CameraRole> Roles)
{
    /// <summary>Of what a recorder kept last; null when none is asked, or it has nothing.</summary>
    public double? NewestRecordingAgeSeconds { get; init; }
}

/// <param name="Brightness">0 to 255.</param>
/// <param name="Noise">Of the sensor, in grey levels.</param>
/// <param name="Flat">Share of the picture in which nothing is to be seen, 0 to 1, as all that follow.</param>
/// <param name="Lost">Of what is usually seen, nothing is seen now.</param>
/// <param name="Alike">Of what is usually seen, looks as always.</param>
/// <param name="Sharpness">Fine lines; 1 is usual.</param>
/// <param name="Steady">Looks as in the picture before.</param>
/// <param name="Same">Is the picture before, noise and all.</param>
/// <param name="Filled">Differs from the empty hall.</param>
public sealed record CameraMeasures(double Brightness, double Noise, double Flat, double Lost, double Alike, double Sharpness, double Steady, double Same, double Filled);

/// <param name="Device">Whose state it is in the lists of devices.</param>
/// <param name="Role"><c>detect</c>, <c>record</c>, <c>sound</c> or <c>recording</c>, what a recorder keeps.</param>
/// <param name="State"><c>ready</c>, <c>degraded</c>, <c>failed</c>, <c>absent</c>, or <c>unknown</c> before the first look.</param>
/// <param name="Fault">Code of the fault catalogue.</param>
public sealed record CameraRole(string Device, string Role, string State, string? Fault);
