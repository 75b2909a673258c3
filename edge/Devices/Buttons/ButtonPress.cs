using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Buttons;

/// <summary>A press that has been stable for the debounce time.</summary>
/// <param name="At">Monotonic moment of the first stable edge, in <see cref="TimeProvider.GetTimestamp"/> units.</param>
public readonly record struct ButtonPress(DeviceId Button, long At);

/// <summary>Takes presses. Called from the button loop; must return at once.</summary>
public interface IButtonSink
{
    void Pressed(ButtonPress press);
}
