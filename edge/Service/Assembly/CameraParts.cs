using System.Collections.Immutable;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Cameras.Onvif;
using MotCua.Edge.Devices.Cameras.Recording;
using MotCua.Edge.Devices.Cameras.Snapshots;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Loop;
using MotCua.Edge.Snapshots;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Assembly;

/// <summary>The watch over a centre's cameras; nothing of it is loaded in a centre that names none.</summary>
internal sealed class CameraParts : ICameraSink, IDisposable
{
    private static readonly FaultCode LoginFile = new("camera.login-file");

    // An eye ends when its connection is closed and its decoder killed; longer than this nobody waits for one at a stop.
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(3);

    private readonly EdgeLoop loop;
    private readonly Dictionary<DeviceId, StreamEye> ears = [];
    private readonly ImmutableArray<CameraWatch> watches;
    private readonly ImmutableArray<OnvifWatch> services;
    private readonly ImmutableArray<RecorderWatch> recorders;

    /// <summary>When the hall is open; hears of every number that is taken or called.</summary>
    public RoomHours Hours { get; }

    private CameraParts(CentreOptions options, EdgeSeams seams, EdgeLoop loop, IDeviceReports reports, CentreState found, bool hasProvince)
    {
        this.loop = loop;
        var told = new CameraIncidents(this, seams.Time);
        var hours = Hours = new RoomHours(options.Plan, seams.Time, seams.Identity.Clock);
        var (made, asked) = (ImmutableArray.CreateBuilder<CameraWatch>(), ImmutableArray.CreateBuilder<OnvifWatch>());
        var photographers = options.Cameras.ToDictionary(one => one.Camera.Id.Value, _ => (ICameraPhotographer?)null, StringComparer.Ordinal);
        foreach (var (declared, file) in options.Cameras)
        {
            var (login, problem) = file is null ? (null, null) : CameraLoginFile.Read(file);
            if (problem is not null)
            {
                // Asked without its password, it would only count wrong tries.
                reports.Report(new DeviceReport(declared.Id, DeviceState.Failed, LoginFile, problem));
                continue;
            }

            var camera = declared with { Login = login };
            var gate = new LoginGate(seams.Time);
            ImmutableArray<CameraFeed> streams = [.. camera.Streams.Select(stream => stream with { Url = seams.Hardware.CameraAddress(declared.Id, stream.Url) })];
            photographers[camera.Id.Value] = seams.Photographers?.Invoke(camera) ?? new CameraPhotographer(camera with { Streams = streams }, seams.Time, gate);
            var eyes = streams.Select(stream => new StreamEye(stream, login, seams.Time, new Random(seams.Random.Next()), gate: gate)).ToList();
            if (eyes.Find(eye => eye.Roles.HasFlag(StreamRoles.Sound)) is { } ear)
            {
                ears[declared.Id] = ear;
            }

            made.Add(new CameraWatch(camera, eyes, hours.IsOpen, seams.Time, reports, told, hours.UsedAt));
            if (camera.Onvif is { } service)
            {
                asked.Add(new OnvifWatch(
                    camera, new OnvifEye(service, login, seams.Time, new Random(seams.Random.Next()), gate: gate), () => RecorderParts.TimeOf(seams), seams.Time, reports, told));
            }
        }

        (watches, services) = (made.ToImmutable(), asked.ToImmutable());
        Snapshots = new SnapshotDesk(photographers, counter => CameraEntry.Seeing(counter, options.Cameras).Select(camera => camera.Id.Value), found.Snapshots, hasProvince, loop, seams.Time);
        recorders = RecorderParts.Of(options, seams, hours, reports, told);
        foreach (var begun in CameraPast.Of(found, seams.Time, seams.Identity.Clock))
        {
            told.Resume(begun);
            if (!CameraPast.CanEnd(begun) || !Resume(begun))
            {
                loop.Record(new CameraUnsure(begun.Camera.Value, CameraPast.RoleOf(begun)), light: true);
            }
        }
    }

    private bool Resume(CameraNews begun)
    {
        if (begun.Role == StreamRoles.Recording)
        {
            return recorders.Any(recorder => recorder.Resume(begun));
        }

        if (begun.Role != StreamRoles.None)
        {
            return watches.FirstOrDefault(watch => watch.Status.Camera.Id == begun.Camera)?.Resume(begun) == true;
        }

        var service = services.FirstOrDefault(one => one.Camera == begun.Camera);
        service?.Resume(begun);
        return service is not null;
    }

    /// <param name="found">What the journal says at the start.</param>
    /// <param name="hasProvince">There is somebody to send pictures to.</param>
    /// <returns>Null for a centre without cameras.</returns>
    public static CameraParts? Of(CentreOptions options, EdgeSeams seams, EdgeLoop loop, IDeviceReports reports, CentreState found, bool hasProvince) =>
        options.Cameras.IsEmpty && found.Incidents.IsEmpty ? null : new CameraParts(options, seams, loop, reports, found, hasProvince);

    public IEnumerable<ISteppedLoop> Loops => [.. watches, .. services, .. recorders, Snapshots];

    /// <summary>Pictures on demand.</summary>
    public SnapshotDesk Snapshots { get; }

    /// <summary>What is known of each camera that is watched.</summary>
    public IReadOnlyList<CameraStatus> Status => [.. watches.Select(watch => watch.Status)];

    /// <summary>What is known of each recorder that is asked.</summary>
    public IReadOnlyList<RecorderStatus> Recorders => [.. recorders.Select(recorder => recorder.Status)];

    /// <summary>Hears of every number that is taken or called, which tells that somebody is in the hall.</summary>
    public void Follow(EventFeed feed) => feed.Join(Hours);

    /// <summary>The eye that hears a camera's sound; null when none does.</summary>
    public StreamEye? EarOf(DeviceId camera) => ears.GetValueOrDefault(camera);

    /// <summary>What the province is told of a camera before it reports anything: a device for each role.</summary>
    public static IEnumerable<(string Device, string Kind)> Kinds(CentreOptions options) =>
        options.Cameras.SelectMany(one => one.Camera.Roles.Select(role => (one.Camera.DeviceOf(role).Value, role == one.Camera.MainRole ? "camera" : $"camera-{Camera.NameOf(role)}"))
            .Concat(one.Camera.Onvif is null ? [] : [(one.Camera.OnvifDevice.Value, "camera-onvif")]).Concat(one.Camera.IsKept ? [(one.Camera.KeptDevice.Value, "camera-kept")] : []))
        .Concat(options.Recorders.Select(entry => (entry.Recorder.Id.Value, "recorder")));

    /// <summary>Light: an incident costs the card no sync of its own.</summary>
    public void Tell(CameraNews news) => loop.Record(EventOf(news), light: true);

    public void Dispose()
    {
        Snapshots.Dispose();
        Task.WhenAll(watches.Select(watch => watch.DisposeAsync().AsTask()).Concat(services.Select(service => service.DisposeAsync().AsTask())).Concat(recorders.Select(recorder => recorder.DisposeAsync().AsTask()))).Wait(EndsWithin);
    }

    private static EventData EventOf(CameraNews news)
    {
        var (camera, phase, seconds) = (news.Camera.Value, WireWord.Of(news.Phase), (long)news.Lasted.TotalSeconds);
        return news.Matter switch
        {
            CameraMatter.Offline when news.Phase == CameraPhase.End => new CameraOnline(camera, Camera.NameOf(news.Role), seconds),
            CameraMatter.Offline => new CameraOffline(camera, Camera.NameOf(news.Role), news.Fault.Value),
            CameraMatter.Covered => new CameraCovered(camera, phase, news.Fault == CameraFaults.Black ? "black" : news.Fault == CameraFaults.White ? "white" : "covered", seconds),
            CameraMatter.Frozen => new CameraFrozen(camera, phase, seconds),
            CameraMatter.Blurred => new CameraBlurred(camera, phase, seconds),
            CameraMatter.Moved => new CameraMoved(camera, phase, seconds),
            CameraMatter.Clock => new CameraClock(camera, phase, (long)Math.Round(news.Drift.TotalSeconds), seconds),
            CameraMatter.Motion => new CameraMotion(camera, phase, WireWord.Of(news.Noticed ?? NoticeKind.Motion), seconds),
            CameraMatter.Tamper => new CameraTamper(camera, phase, seconds),
            _ => new CameraDeaf(camera, phase, news.Fault == CameraFaults.Silent ? "silent" : "no-track", seconds),
        };
    }
}
