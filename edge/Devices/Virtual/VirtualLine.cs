using MotCua.Edge.Devices.Buses;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>One line of a virtual GPIO chip: the contact wired to it, and what the kernel would keep for whoever requested it. The port holds the lock.</summary>
internal sealed class VirtualLine(TimeProvider time)
{
    private const int QueueLength = 64;

    private readonly Queue<LineEdge> edges = new(QueueLength);
    private bool activeLow;
    private bool idleHigh;
    private bool level;
    private uint sequence;

    public string? Consumer { get; private set; }

    public bool IsOutput { get; private set; }

    public bool Active { get; private set; }

    /// <summary>The finger is on the button.</summary>
    public bool Pressed { get; set; }

    /// <summary>The contact does not open any more.</summary>
    public bool Stuck { get; set; }

    /// <summary>A disturbance turns the level over for a moment.</summary>
    public bool Spike { get; set; }

    public bool HeldByOther { get; set; }

    public bool LosesEdges { get; set; }

    /// <summary>What the finger does over time; a new move replaces the old one.</summary>
    public ScheduledChanges? Finger { get; set; }

    public void RequestInput(InputLine line)
    {
        Consumer = line.Consumer;
        IsOutput = false;
        activeLow = line.ActiveLow;
        // Without a bias the installer has fitted a resistor that holds the line inactive.
        idleHigh = line.Bias == LineBias.PullUp || (line.Bias == LineBias.AsIs && line.ActiveLow);
        edges.Clear();
        sequence = 0;
        level = Level();
        Active = level != activeLow;
    }

    public void RequestOutput(OutputLine line)
    {
        Consumer = line.Consumer;
        IsOutput = true;
        Active = line.InitiallyActive;
    }

    public void RequestOpenDrain(OpenDrainLine line)
    {
        Consumer = line.Consumer;
        IsOutput = true;
        Active = true;
    }

    public void Set(bool active) => Active = active;

    public void Free()
    {
        Consumer = null;
        IsOutput = false;
        Active = false;
        edges.Clear();
    }

    /// <summary>Looks at the contact again.</summary>
    /// <returns>True when an edge was queued.</returns>
    public bool Follow()
    {
        if (Consumer is null || IsOutput || Level() == level)
        {
            return false;
        }

        level = !level;
        Active = level != activeLow;
        if (LosesEdges)
        {
            return false;
        }

        sequence++;
        if (edges.Count == QueueLength)
        {
            return false; // The newest is lost; the sequence shows the hole.
        }

        edges.Enqueue(new LineEdge(Active, time.GetTimestamp(), sequence));
        return true;
    }

    public bool TryTakeEdge(out LineEdge edge) => edges.TryDequeue(out edge);

    /// <summary>A closed contact pulls the line away from its idle level.</summary>
    private bool Level() => idleHigh ^ (Pressed || Stuck) ^ Spike;
}
