namespace MotCua.Edge.Queue;

/// <summary>Time as the order of tickets counts it: wall time that never goes back. Whoever comes later also counts as later, and no step of the clock comes between them.</summary>
/// <param name="Latest">The newest arrival.</param>
/// <param name="Shift">Ahead of the wall clock by this; negative after the clock was set forward.</param>
public readonly record struct ArrivalClock(DateTimeOffset Latest, TimeSpan Shift)
{
    /// <summary>A place in the order as wall time.</summary>
    public DateTimeOffset WallOf(DateTimeOffset place) => place.Moved(-Shift);

    /// <summary>Takes an arrival at this wall time; <see cref="Latest"/> is its place.</summary>
    public ArrivalClock Next(DateTimeOffset wall)
    {
        var place = wall.Moved(Shift);
        return place >= Latest ? this with { Latest = place } : this with { Shift = Shift + (Latest - place) };
    }
}
