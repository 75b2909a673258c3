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

    /// <summary>Once the next number is called: its citizen comes to the same device, and whoever was served is just leaving it.</summary>
    public static readonly TimeSpan StaysOpenOnceCalled = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Dictionary<int, Open> done = [];

    public void Accept(Committed committed)
    {
        foreach (var happened in committed.Events)
        {
            switch (happened.Data)
            {
                case Wire.TicketDone e:
                    Set(e.Counter, TicketNumber.Parse(e.Number));
                    break;
                case Wire.TicketCalled e:
                    Hurry(e.Counter);
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

            var left = last.For - time.GetElapsedTime(last.At);
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
                done[counter] = new Open(ticket, time.GetTimestamp(), StaysOpen);
            }
            else
            {
                done.Remove(counter);
            }
        }
    }

    private void Hurry(int counter)
    {
        lock (gate)
        {
            if (done.TryGetValue(counter, out var last) && time.GetElapsedTime(last.At) + StaysOpenOnceCalled is var end && end < last.For)
            {
                done[counter] = last with { For = end };
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

    private readonly record struct Open(TicketNumber Number, long At, TimeSpan For);
}
