using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Buttons;

/// <summary>The buttons on one GPIO chip. A line that cannot be had or read is reported and asked for again; the others go on.</summary>
/// <remarks>
/// Faults: <see cref="FaultCode.NotAnswering"/> (line not to be had; a lamp alone only degrades), <see cref="FaultCode.ButtonStuck"/> until it is
/// released, <see cref="FaultCode.ButtonNoisy"/> until the line has been quiet, <see cref="FaultCode.ButtonEdgesLost"/> until its edges are told again. Presses go to the sink in the order of each line. The work of
/// a step is bounded.
/// </remarks>
public sealed class ButtonPanel : ISteppedLoop, IDisposable
{
    private readonly TimeProvider time;
    private readonly WiredButton[] buttons;
    private volatile string? toLight;

    /// <param name="name">Of the loop, such as <c>buttons:gpiochip0</c>.</param>
    public ButtonPanel(string name, IGpioPort port, IEnumerable<ButtonWiring> wiring, TimeProvider time, IButtonSink sink, IDeviceReports reports, ButtonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(wiring);
        Name = name;
        this.time = time;
        buttons = [.. wiring.Select(one => new WiredButton(one, port, time, options ?? ButtonOptions.Default, sink, reports, Wake.Set))];
    }

    public string Name { get; }

    public WakeSignal Wake { get; } = new();

    /// <summary>Lights the lamp of a button for its time, as a press does. From any thread; of several asked for between two steps the last is lit.</summary>
    public void Light(DeviceId button)
    {
        toLight = button.Value;
        Wake.Set();
    }

    /// <summary>The raw edges of a button, now and when its last fault began; null for a button that is not of this panel. Any thread.</summary>
    public (EdgeRecord Now, EdgeRecord? AtFault)? EdgesOf(DeviceId id) => Array.Find(buttons, button => button.Button == id)?.Train.Read();

    /// <summary>Edges since the start that made no lasting change, for each button. Any thread.</summary>
    public IEnumerable<(DeviceId Button, long Bounces)> Bounces() => buttons.Select(button => (button.Button, button.Bounces));

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        if (Interlocked.Exchange(ref toLight, null) is { } asked)
        {
            Array.Find(buttons, button => button.Button.Value == asked)?.Light();
        }

        var due = long.MaxValue;
        foreach (var button in buttons)
        {
            due = Math.Min(due, button.Step());
        }

        return ValueTask.FromResult(due == long.MaxValue ? Timeout.InfiniteTimeSpan : time.Until(due));
    }

    /// <summary>Gives the lines back. The loop must have stopped.</summary>
    public void Dispose()
    {
        foreach (var button in buttons)
        {
            button.Dispose();
        }

        Wake.Dispose();
    }
}
