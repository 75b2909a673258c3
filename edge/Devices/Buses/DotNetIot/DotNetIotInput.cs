using System.Device.Gpio;

namespace MotCua.Edge.Devices.Buses.DotNetIot;

/// <summary>A requested input line of System.Device.Gpio, with the bounded queue of edges that the library does not keep.</summary>
internal sealed class DotNetIotInput : IGpioInput
{
    private const int QueueLength = 64;

    private readonly Lock gate = new();
    private readonly Queue<LineEdge> edges = new(QueueLength);
    private readonly GpioController chip;
    private readonly InputLine line;
    private readonly TimeProvider time;
    private readonly string place;
    private uint sequence;
    private bool disposed;

    public DotNetIotInput(GpioController chip, InputLine line, TimeProvider time, string place)
    {
        (this.chip, this.line, this.time, this.place) = (chip, line, time, place);
        chip.RegisterCallbackForPinValueChangedEvent(line.Offset, PinEventTypes.Rising | PinEventTypes.Falling, OnEdge);
    }

    public event Action? EdgeQueued;

    public bool IsActive()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        try
        {
            return (chip.Read(line.Offset) == PinValue.High) != line.ActiveLow;
        }
        catch (Exception e) when (DriverFailures.Explains(e))
        {
            throw DriverFailures.At(place, e);
        }
    }

    public bool TryTakeEdge(out LineEdge edge)
    {
        lock (gate)
        {
            return edges.TryDequeue(out edge);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
            edges.Clear();
        }

        try
        {
            chip.UnregisterCallbackForPinValueChangedEvent(line.Offset, OnEdge);
        }
        catch (Exception e) when (DriverFailures.Explains(e))
        {
            // The chip is gone, and its callbacks with it.
        }

        DotNetIotGpioPort.Close(chip, line.Offset);
    }

    private void OnEdge(object sender, PinValueChangedEventArgs change)
    {
        var at = time.GetTimestamp();
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            sequence++;
            if (edges.Count < QueueLength)
            {
                edges.Enqueue(new LineEdge((change.ChangeType == PinEventTypes.Rising) != line.ActiveLow, at, sequence));
            }
        }

        try
        {
            EdgeQueued?.Invoke();
        }
        catch (Exception) // An exception that leaves a callback ends the library's thread, and the button is dead without a word. The edge is queued.
        {
            // The owner looks again at its next step.
        }
    }
}
