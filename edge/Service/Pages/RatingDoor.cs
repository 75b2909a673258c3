using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using Wire = MotCua.Protocols.Events;

namespace MotCua.Edge.Pages;

/// <summary>Opens the rating at a counter when a ticket is done there, and closes it again: once it was rated, after a while, or when the next citizen has come to the counter.</summary>
/// <remarks>Kept in memory only: a door that a restart closes loses one word, and nobody rates in place of another.</remarks>
internal sealed class RatingDoor(TimeProvider time) : ICommitSink
{
    /// <summary>Long enough to put one's papers away; whoever comes later is somebody else.</summary>
    public static readonly TimeSpan StaysOpen = TimeSpan.FromMinutes(3);

    private readonly Lock gate = new();
    private readonly Dictionary<int, (TicketNumber Number, long At)> done = [];

    public void Accept(Committed committed)
    {
        foreach (var happened in committed.Events)
        {
            switch (happened.Data)
            {
                case Wire.TicketDone e:
                    Set(e.Counter, TicketNumber.Parse(e.Number));
                    break;
                case Wire.TicketServing e:
                    Set(e.Counter, null);
                    break;
                case Wire.DayOpened or Wire.DayClosed:
                    Clear();
                    break;
            }
        }
    }

    /// <summary>The ticket that may be rated at a counter now, and how long still; null when there is none.</summary>
    /// <param name="queue">Knows what was rated or taken back.</param>
    public (TicketNumber Number, TimeSpan Left)? At(CounterId counter, QueueState queue)
    {
        lock (gate)
        {
            if (!done.TryGetValue(counter.Value, out var last) || !queue.Ratings.Open.TryGetValue(last.Number, out var where) || where != counter)
            {
                return null;
            }

            var left = StaysOpen - time.GetElapsedTime(last.At);
            return left > TimeSpan.Zero ? (last.Number, left) : null;
        }
    }

    // A counter has one number, and there are 99 of them.
    private void Set(int counter, TicketNumber? number)
    {
        lock (gate)
        {
            if (number is { } ticket)
            {
                done[counter] = (ticket, time.GetTimestamp());
            }
            else
            {
                done.Remove(counter);
            }
        }
    }

    private void Clear()
    {
        lock (gate)
        {
            done.Clear();
        }
    }
}
