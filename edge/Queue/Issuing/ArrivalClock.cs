namespace MotCua.Edge.Queue;

/// <summary>Time as the order of tickets counts it: wall time that never goes back. A clock that is set back shifts it, so that whoever comes later also counts as later.</summary>
/// <param name="Latest">The newest arrival.</param>
/// <param name="Shift">Ahead of the wall clock by this; never negative.</param>
public readonly record struct ArrivalClock(DateTimeOffset Latest, TimeSpan Shift)
{
    /// <summary>Takes an arrival at this wall time; <see cref="Latest"/> is its place.</summary>
    public ArrivalClock Next(DateTimeOffset wall)
    {
        var place = wall + Shift;
        return place >= Latest ? this with { Latest = place } : this with { Shift = Shift + (Latest - place) };
    }
}
