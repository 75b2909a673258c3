using System.Collections.Immutable;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>Something at a camera that began and, as far as the journal says, goes on.</summary>
/// <param name="Camera">Device name.</param>
/// <param name="Matter">Type of its event after the dot, such as <c>covered</c>.</param>
/// <param name="Role">Of <c>offline</c>: whose stream it is; otherwise empty.</param>
/// <param name="Look">What the event says beside: of <c>offline</c> the fault, of <c>covered</c> the look, of <c>motion</c> and <c>deaf</c> the cause; otherwise empty.</param>
/// <param name="DriftSeconds">Of <c>clock</c>: how far it was ahead.</param>
/// <param name="At">When it began.</param>
public sealed record OpenIncident(string Camera, string Matter, string Role, string Look, long DriftSeconds, DateTimeOffset At)
{
    // What moves and what sounds before a camera are two incidents.
    internal string Key => $"{Camera} {Matter} {Role}{(Matter == "motion" ? Look : "")}";
}

/// <summary>Folds what begins and ends at cameras, so that a restart neither tells a beginning twice nor leaves one without its end.</summary>
public static class OpenIncidents
{
    /// <summary>More than sixteen cameras can have at once; what is over is not remembered, and would be told a second time after a restart.</summary>
    public const int Most = 256;

    /// <summary>None.</summary>
    public static ImmutableSortedDictionary<string, OpenIncident> None { get; } = ImmutableSortedDictionary.Create<string, OpenIncident>(StringComparer.Ordinal);

    internal static ImmutableSortedDictionary<string, OpenIncident> Of(IEnumerable<OpenIncident> incidents) => None.SetItems(incidents.Take(Most).Select(one => KeyValuePair.Create(one.Key, one)));

    internal static ImmutableSortedDictionary<string, OpenIncident> Then(this ImmutableSortedDictionary<string, OpenIncident> open, EventData data, DateTimeOffset at) => data switch
    {
        CameraOffline e => open.With(new OpenIncident(e.Camera, "offline", e.Role, e.Fault, 0, at)),
        CameraOnline e => open.Remove(new OpenIncident(e.Camera, "offline", e.Role, "", 0, at).Key),
        CameraCovered e => open.Course(e.Phase, new OpenIncident(e.Camera, "covered", "", e.Look, 0, at)),
        CameraFrozen e => open.Course(e.Phase, new OpenIncident(e.Camera, "frozen", "", "", 0, at)),
        CameraBlurred e => open.Course(e.Phase, new OpenIncident(e.Camera, "blurred", "", "", 0, at)),
        CameraMoved e => open.Course(e.Phase, new OpenIncident(e.Camera, "moved", "", "", 0, at)),
        CameraDeaf e => open.Course(e.Phase, new OpenIncident(e.Camera, "deaf", "", e.Cause, 0, at)),
        CameraClock e => open.Course(e.Phase, new OpenIncident(e.Camera, "clock", "", "", e.DriftSeconds, at)),
        CameraMotion e => open.Course(e.Phase, new OpenIncident(e.Camera, "motion", "", e.Cause, 0, at)),
        CameraTamper e => open.Course(e.Phase, new OpenIncident(e.Camera, "tamper", "", "", 0, at)),
        CameraUnsure e => open.RemoveRange(open.Where(one => one.Value.Camera == e.Camera && RoleOf(one.Value) == e.Role).Select(one => one.Key).ToList()),
        _ => open,
    };

    /// <summary>Which part of the watch over a camera sees its end; spelled as <c>camera.unsure</c> spells it.</summary>
    internal static string RoleOf(OpenIncident incident) => incident.Matter switch
    {
        "offline" => incident.Role,
        "covered" or "frozen" or "blurred" or "moved" => "detect",
        "deaf" => "sound",
        _ => "service",
    };

    private static ImmutableSortedDictionary<string, OpenIncident> Course(this ImmutableSortedDictionary<string, OpenIncident> open, string phase, OpenIncident incident) =>
        phase == "end" ? open.Remove(incident.Key) : open.With(incident);

    // One that goes on keeps its beginning.
    private static ImmutableSortedDictionary<string, OpenIncident> With(this ImmutableSortedDictionary<string, OpenIncident> open, OpenIncident incident) =>
        open.TryGetValue(incident.Key, out var known) ? open.SetItem(incident.Key, incident with { At = known.At })
        : open.Count < Most ? open.Add(incident.Key, incident)
        : open;
}
