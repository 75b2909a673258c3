using MotCua.Edge.Devices.Boards;

namespace MotCua.Edge.Devices.Speech;

/// <summary>What waits to be said: calls in order, then notices, then guidance. Not thread-safe.</summary>
internal sealed class AnnouncementQueue(int capacity)
{
    // In the order of SpeechKind.
    private readonly LinkedList<Announcement>[] lines = [new(), new(), new()];

    public int Count => lines[0].Count + lines[1].Count + lines[2].Count;

    public bool IsFull => Count >= capacity;

    public bool HasOnlyGuidance => Count > 0 && lines[(int)SpeechKind.Guidance].Count == Count;

    public bool HasCalls => lines[(int)SpeechKind.Call].Count > 0;

    public bool Holds(CallId call) => lines[(int)SpeechKind.Call].Any(announcement => announcement.Call == call);

    /// <summary>False: full. What matters more takes the place of the youngest of what matters least.</summary>
    /// <param name="displaced">What made room; null when there was room.</param>
    public bool TryAdd(Announcement announcement, out Announcement? displaced)
    {
        displaced = null;
        if (IsFull)
        {
            var least = Array.FindLastIndex(lines, line => line.Count > 0);
            if (least <= (int)announcement.Kind)
            {
                return false;
            }

            displaced = lines[least].Last!.Value;
            lines[least].RemoveLast();
        }

        lines[(int)announcement.Kind].AddLast(announcement);
        return true;
    }

    /// <summary>Puts back what was cut short, before others of its kind.</summary>
    /// <returns>False: full.</returns>
    public bool TryPutBack(Announcement announcement)
    {
        if (IsFull)
        {
            return false;
        }

        lines[(int)announcement.Kind].AddFirst(announcement);
        return true;
    }

    /// <param name="calm">False: guidance stays where it is.</param>
    public Announcement? TakeNext(bool calm)
    {
        for (var kind = 0; kind < (calm ? lines.Length : (int)SpeechKind.Guidance); kind++)
        {
            if (lines[kind].First is { Value: var next })
            {
                lines[kind].RemoveFirst();
                return next;
            }
        }

        return null;
    }

    /// <summary>Takes out everything that is too late at <paramref name="now"/>, calls first, oldest first; of a text the rest too, since half of it misleads.</summary>
    public List<Announcement> TakeExpired(long now)
    {
        var late = Take(announcement => announcement.NotAfter < now);
        late.AddRange(late.Select(part => part.Id).OfType<string>().Distinct(StringComparer.Ordinal).ToList().SelectMany(Take));
        return late;
    }

    /// <summary>Takes out all parts of a text.</summary>
    public List<Announcement> Take(string id) => Take(announcement => announcement.Id == id);

    /// <summary>A part of the text is being said, so the others may come as late as <paramref name="notAfter"/>.</summary>
    public void GoOn(string id, long notAfter)
    {
        foreach (var line in lines)
        {
            for (var node = line.First; node is not null; node = node.Next)
            {
                if (node.Value.Id == id)
                {
                    node.Value = node.Value with { NotAfter = Math.Max(node.Value.NotAfter, notAfter) };
                }
            }
        }
    }

    private List<Announcement> Take(Func<Announcement, bool> which)
    {
        List<Announcement> taken = [];
        foreach (var line in lines)
        {
            for (var node = line.First; node is not null;)
            {
                var next = node.Next;
                if (which(node.Value))
                {
                    taken.Add(node.Value);
                    line.Remove(node);
                }

                node = next;
            }
        }

        return taken;
    }
}
