using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>Tickets that are done and not rated yet.</summary>
/// <param name="Open">The counter that each was served at.</param>
/// <param name="Order">Oldest first; holds rated ones too until their turn to be forgotten comes.</param>
/// <param name="Kept">Length of <paramref name="Order"/>.</param>
public sealed record RatingBook(ImmutableDictionary<TicketNumber, CounterId> Open, ImmutableQueue<TicketNumber> Order, int Kept)
{
    /// <summary>A busy province's day. Beyond it the oldest can no longer be rated.</summary>
    public const int Most = 2_000;

    public static RatingBook Empty { get; } = new(ImmutableDictionary<TicketNumber, CounterId>.Empty, [], 0);

    public RatingBook Unlock(TicketNumber number, CounterId counter)
    {
        var (open, order, kept) = (Open.SetItem(number, counter), Order.Enqueue(number), Kept + 1);
        if (kept > Most)
        {
            order = order.Dequeue(out var oldest);
            (open, kept) = (open.Remove(oldest), kept - 1);
        }

        return new(open, order, kept);
    }

    /// <summary>Rated, or not done after all.</summary>
    public RatingBook Lock(TicketNumber number) => this with { Open = Open.Remove(number) };
}
