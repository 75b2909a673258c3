using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Buttons;

/// <summary>What a finger did.</summary>
public enum PressKind
{
    Press,

    /// <summary>Kept down for the hold time of the button.</summary>
    Hold,
}

/// <summary>A press that has been stable for the debounce time.</summary>
/// <param name="At">Monotonic moment of the first stable edge, in <see cref="TimeProvider.GetTimestamp"/> units.</param>
public readonly record struct ButtonPress(DeviceId Button, long At, PressKind Kind = PressKind.Press);

/// <summary>Takes presses. Called from the button loop; must return at once.</summary>
public interface IButtonSink
{
    void Pressed(ButtonPress press);
}
