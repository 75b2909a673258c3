using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Neighbours;

/// <summary>Decides when a finding is believed, so that one lost packet alarms nobody and a flapping line is one fault. Pure.</summary>
/// <param name="failures">So many looks in a row with the same fault make it one.</param>
/// <param name="successes">So many good looks in a row end it. The first good look after a start counts at once.</param>
internal sealed class HoldDown(int failures, int successes)
{
    private FaultCode? newest;
    private int inARow;

    /// <summary>What is believed; null before anything is.</summary>
    public Finding? Believed { get; private set; }

    /// <summary>The last look did not confirm what is believed: look again soon.</summary>
    public bool IsInDoubt => inARow > 0 && newest != Believed?.Fault;

    /// <summary>Takes the next look.</summary>
    /// <param name="mayBlame">False: a fault is not believed yet, however often it was seen, because what it depends on may be the cause.</param>
    /// <returns>True when something else is believed now.</returns>
    public bool Take(Finding seen, bool mayBlame)
    {
        inARow = newest == seen.Fault ? Math.Min(inARow + 1, failures + successes) : 1;
        newest = seen.Fault;
        var enough = seen.Fault is not null ? mayBlame && inARow >= failures : Believed is null || inARow >= successes;
        if (!enough || (Believed is not null && Believed.Fault == seen.Fault))
        {
            return false;
        }

        Believed = seen;
        return true;
    }

    /// <summary>What was seen is worth nothing: it was seen through something that is down.</summary>
    public void Forget() => (newest, inARow) = (null, 0);
}
