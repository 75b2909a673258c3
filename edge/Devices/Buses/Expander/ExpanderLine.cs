namespace MotCua.Edge.Devices.Buses.Expander;

/// <summary>One pin of an expander: who holds it, and the edges that wait for its owner. The port holds the lock.</summary>
internal sealed class ExpanderLine
{
    private const int QueueLength = 64;

    private readonly Queue<LineEdge> edges = new(QueueLength);
    private uint sequence;

    public bool IsHeld { get; private set; }

    public bool IsInput { get; private set; }

    public bool PullUp { get; private set; }

    public bool ActiveLow { get; private set; }

    /// <summary>The voltage last read from an input, or set on an output.</summary>
    public bool High { get; set; }

    /// <summary>False until the level at the request was read: that one is no edge.</summary>
    public bool IsKnown { get; private set; }

    public bool Active => High != ActiveLow;

    public void HoldInput(InputLine line)
    {
        (IsHeld, IsInput, PullUp, ActiveLow) = (true, true, line.Bias == LineBias.PullUp, line.ActiveLow);
        edges.Clear();
        sequence = 0;
        IsKnown = false;
    }

    public void HoldOutput(OutputLine line)
    {
        (IsHeld, IsInput, PullUp, ActiveLow) = (true, false, false, line.ActiveLow);
        High = line.InitiallyActive != line.ActiveLow;
    }

    public void Free()
    {
        (IsHeld, IsInput, PullUp, High) = (false, false, false, false);
        edges.Clear();
    }

    public void Begin(bool high) => (High, IsKnown) = (high, true);

    /// <summary>An edge happened that nobody saw: the sequence shows the hole.</summary>
    public void Lose() => sequence++;

    /// <summary>The pin has a new level; counted, and queued as long as there is room.</summary>
    public void Edge(bool high, long at)
    {
        High = high;
        sequence++;
        if (edges.Count < QueueLength)
        {
            edges.Enqueue(new LineEdge(Active, at, sequence));
        }
    }

    public bool TryTakeEdge(out LineEdge edge) => edges.TryDequeue(out edge);
}
