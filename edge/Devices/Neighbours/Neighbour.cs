using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Neighbours;

/// <summary>What stands beside the box, which decides what a person is told to do.</summary>
public enum NeighbourKind
{
    Pc,
    OfficePrinter,
    Router,
    Internet,

    /// <summary>A site that the clerks work in, such as the national portal.</summary>
    Portal,

    CameraRecorder,
    Other,
}

/// <summary>Something in the centre's network that is watched.</summary>
/// <param name="Name">For people: "Máy in phòng 2".</param>
/// <param name="Every">From one look to the next, 10 s to 1 h; looks are sooner while something seems wrong.</param>
/// <param name="DependsOn">While that one is down, this one is not looked at and has no fault of its own; null when it stands alone.</param>
public sealed record Neighbour(DeviceId Id, NeighbourKind Kind, string Name, TimeSpan Every, DeviceId? DependsOn = null);

/// <summary>What one look has found.</summary>
/// <param name="Fault">Null when all is well.</param>
/// <param name="Detail">For technicians; null when all is well.</param>
/// <param name="Answered">False: nothing came back, so what stands behind it cannot be reached either.</param>
public sealed record Finding(FaultCode? Fault, DeviceState State, string? Detail, bool Answered)
{
    /// <summary>False: the box itself could not look, which says nothing about the neighbour.</summary>
    public bool Looked { get; private init; } = true;

    public static Finding Well { get; } = new(null, DeviceState.Ready, null, Answered: true);

    /// <summary>It does not answer, in whatever words its kind has for that.</summary>
    public static Finding Silent(NeighbourKind kind, string detail) => new(NeighbourFaults.Silence(kind), DeviceState.Absent, detail, Answered: false);

    /// <summary>The box may not look; whether it would answer nobody knows.</summary>
    public static Finding NotLooked(FaultCode fault, string detail) => new(fault, DeviceState.Degraded, detail, Answered: false) { Looked = false };

    /// <summary>It answers, and something is wrong.</summary>
    public static Finding Trouble(FaultCode fault, DeviceState state, string detail) => new(fault, state, detail, Answered: true);
}

/// <summary>Looks at one neighbour, once. An implementation has no state that a look that hangs could harm.</summary>
public interface IProbe
{
    /// <summary>What it looks at, for technicians: <c>tcp 192.168.1.20:445</c>.</summary>
    string Target { get; }

    /// <exception cref="OperationCanceledException">The deadline has passed.</exception>
    /// <exception cref="IOException">Nothing there, or not in time; the message says what.</exception>
    /// <exception cref="InvalidDataException">Something answers that is not what was asked for.</exception>
    Task<Finding> LookAsync(CancellationToken stop);
}
