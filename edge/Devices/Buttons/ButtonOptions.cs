using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Buttons;

/// <summary>A button as wired.</summary>
/// <param name="Lamp">The lamp in the button that says "heard you"; null when there is none.</param>
/// <param name="HoldAfter">How long a hold lasts; null for a button whose press counts at once.</param>
public sealed record ButtonWiring(DeviceId Button, InputLine Line, OutputLine? Lamp = null, TimeSpan? HoldAfter = null);

/// <summary>How buttons are judged.</summary>
public sealed record ButtonOptions
{
    public static ButtonOptions Default { get; } = new();

    /// <summary>How long a level must be still to count. Default 30 ms: cheap arcade buttons bounce up to 10, and a person notices 100.</summary>
    public TimeSpan Debounce { get; init; } = TimeSpan.FromMilliseconds(30);

    /// <summary>How often the level is compared with the edges, to find lost ones. Default 250 ms.</summary>
    public TimeSpan CrossCheckEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A button that is down for longer is stuck. Default 30 s.</summary>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>More raw edges than this in ten seconds, beyond what real presses explain, make a line noisy. Default 200.</summary>
    public int NoisyEdges { get; init; } = 200;

    /// <summary>So many changes in a row that were seen by the level alone make a line one that loses edges. Default 3.</summary>
    public int MissedEdges { get; init; } = 3;

    /// <summary>How long the lamp stays lit after an active edge. Default 1 s.</summary>
    public TimeSpan LampLit { get; init; } = TimeSpan.FromSeconds(1);
}
