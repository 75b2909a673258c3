namespace MotCua.Edge.Devices.Boards;

/// <summary>Remembers which calls an output has answered for, so that each is answered once.</summary>
/// <param name="bound">How many are remembered; the oldest is forgotten first. A call leaves the boards long before so many newer ones came.</param>
internal sealed class AnsweredCalls(int bound)
{
    private readonly HashSet<CallId> answered = [];
    private readonly Queue<CallId> order = new();

    public bool Contains(CallId call) => answered.Contains(call);

    /// <returns>True the first time.</returns>
    public bool Add(CallId call)
    {
        if (!answered.Add(call))
        {
            return false;
        }

        order.Enqueue(call);
        if (order.Count > bound)
        {
            answered.Remove(order.Dequeue());
        }

        return true;
    }
}
