namespace MotCua.CloudBridge.Views;

/// <summary>Which times of a ticket or a fault were written down by a box that did not know the time.</summary>
/// <remarks>A time that is pending moves with the clock until it is set in the same boot, and stands then. One from an earlier boot stays a guess: nobody knows how long the box was off.</remarks>
[Flags]
public enum Doubts
{
    None = 0,
    Begin = 1,
    Call = 2,
    End = 4,
    BeginForEver = 8,
    CallForEver = 16,
    EndForEver = 32,
    Pending = Begin | Call | End,
}

/// <summary>How doubts are told from each other.</summary>
internal static class DoubtfulTimes
{
    // From a bit that is pending to the one that says for ever.
    private const int ForEverBits = 3;

    /// <param name="which">One of the pending ones.</param>
    /// <returns>Whether that time is a guess, pending or for ever.</returns>
    public static bool Of(this Doubts doubts, Doubts which) => (doubts & (which | (Doubts)((int)which << ForEverBits))) != Doubts.None;

    public static bool HasPending(this Doubts doubts) => (doubts & Doubts.Pending) != Doubts.None;

    public static Doubts ForEver(this Doubts doubts) => (doubts & ~Doubts.Pending) | (Doubts)((int)(doubts & Doubts.Pending) << ForEverBits);

    /// <summary>Held to what a date can be.</summary>
    public static DateTimeOffset Moved(this DateTimeOffset at, TimeSpan by) => new(Math.Clamp(at.UtcTicks + by.Ticks, 0, DateTime.MaxValue.Ticks), TimeSpan.Zero);
}
