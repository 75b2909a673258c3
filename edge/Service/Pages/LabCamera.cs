using MotCua.Edge.Assembly;
using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual.Camera;
using MotCua.Edge.Devices.Virtual.Pictures;

namespace MotCua.Edge.Pages;

/// <summary>A simulated camera: the drawn hall that it films, and its knobs.</summary>
/// <param name="Roles">Devices and what their streams are for, from the file.</param>
/// <param name="Knobs">What is wrong with it now, by the name of the knob.</param>
/// <param name="Picture">Address of the drawing. There is none of a real camera.</param>
/// <param name="Seen">What the edge makes of it; null before it looked.</param>
public sealed record LabCamera(string Id, string Name, IReadOnlyList<CameraRole> Roles, IReadOnlyDictionary<string, bool> Knobs, string Picture, CameraAnswer? Seen)
{
    private static readonly Dictionary<string, (Func<VirtualCamera, bool> Read, Action<VirtualCamera, bool> Turn)> All = new(StringComparer.Ordinal)
    {
        ["cut"] = (camera => camera.Cut, (camera, on) => camera.Cut = on),
        ["hangs"] = (camera => camera.Hangs, (camera, on) => camera.Hangs = on),
        ["covered"] = (camera => camera.Scene.Covered, (camera, on) => camera.Scene.Covered = on),
        ["black"] = (camera => camera.Scene.Black, (camera, on) => camera.Scene.Black = on),
        ["blurred"] = (camera => camera.Scene.Blurred, (camera, on) => camera.Scene.Blurred = on),
        ["moved"] = (camera => camera.Scene.Moved, (camera, on) => camera.Scene.Moved = on),
        ["frozen"] = (camera => camera.Scene.Frozen, (camera, on) => camera.Scene.Frozen = on),
        ["unkept"] = (camera => camera.Unkept, (camera, on) => camera.Unkept = on),
        ["muted"] = (camera => camera.Muted, (camera, on) => camera.Muted = on),
        ["crowd"] = (camera => camera.Scene.People > 6, (camera, on) => camera.Scene.People = on ? 12 : 2),
    };

    internal static IReadOnlyList<LabCamera> Of(EdgeCentre centre, VirtualHardware box)
    {
        var seen = centre.Cameras.ToDictionary(status => status.Camera.Id, status => CameraApi.Describe(status, CameraApi.RecordersOf(centre)));
        return
        [
            .. centre.Options.Cameras.Select(one => one.Camera).Select(camera => new LabCamera(
                camera.Id.Value, camera.Name, [.. camera.Roles.Concat(camera.IsKept ? [StreamRoles.Recording] : []).Select(role => new CameraRole(camera.DeviceOf(role).Value, Devices.Cameras.Camera.NameOf(role), "unknown", null))],
                All.Where(knob => knob.Key != "unkept" || camera.IsKept).ToDictionary(knob => knob.Key, knob => knob.Value.Read(box.Cameras[camera.Id])), $"/lab/cameras/{camera.Id}.png?{box.Cameras[camera.Id].Scene.Filmed / 5}",
                seen.GetValueOrDefault(camera.Id))),
        ];
    }

    internal static bool Break(VirtualCamera camera, LabFault fault)
    {
        if (!All.TryGetValue(fault.Fault ?? "", out var knob))
        {
            return false;
        }

        knob.Turn(camera, fault.On);
        return true;
    }

    internal static IResult Draw(VirtualHardware box, string file)
    {
        if (!file.EndsWith(".png", StringComparison.Ordinal) || !DeviceId.IsValid(file[..^4]) || !box.Cameras.TryGetValue(new DeviceId(file[..^4]), out var camera))
        {
            return LabApi.Unknown(file);
        }

        var (picture, grey) = (new Picture(VirtualScene.Width, VirtualScene.Height, default), camera.Scene.Last());
        for (var i = 0; i < grey.Length; i++)
        {
            picture[i % VirtualScene.Width, i / VirtualScene.Width] = new Rgb(grey[i], grey[i], grey[i]);
        }

        return Results.Bytes(PngFile.Write(picture), "image/png");
    }
}

/// <summary>A simulated recorder and its knobs.</summary>
/// <param name="Simulated">False: a real one at the address of the file, which has no knobs.</param>
/// <param name="Cut">The network plug is out.</param>
/// <param name="DiskFailed">Its disk has failed.</param>
public sealed record LabRecorder(string Id, string Name, bool Simulated, bool Cut, bool DiskFailed)
{
    internal static IReadOnlyList<LabRecorder> Of(EdgeCentre centre, VirtualHardware box) =>
    [
        .. centre.Options.Recorders.Select(entry => entry.Recorder).Select(recorder =>
            box.Recorders.TryGetValue(recorder.Id, out var simulated) ? new LabRecorder(recorder.Id.Value, recorder.Name, true, simulated.Cut, simulated.DiskFailed) : new LabRecorder(recorder.Id.Value, recorder.Name, false, false, false)),
    ];

    internal static bool Break(VirtualRecorder recorder, LabFault fault)
    {
        switch (fault.Fault)
        {
            case "cut":
                recorder.Cut = fault.On;
                return true;
            case "disk-failed":
                recorder.DiskFailed = fault.On;
                return true;
            default:
                return false;
        }
    }
}
