namespace MotCua.Edge.Devices.Speech;

/// <summary>What waits to be said: calls in order, then other speech in order. Not thread-safe.</summary>
internal sealed class AnnouncementQueue(int capacity)
{
    private readonly LinkedList<Announcement> calls = new();
    private readonly LinkedList<Announcement> others = new();

    public int Count => calls.Count + others.Count;

    public bool IsFull => Count >= capacity;

    /// <summary>False: full. A call takes the place of the youngest other speech, which is guidance that comes again.</summary>
    public bool TryAdd(Announcement announcement)
    {
        if (IsFull)
        {
            if (announcement.Call is null || others.Count == 0)
            {
                return false;
            }

            others.RemoveLast();
        }

        (announcement.Call is null ? others : calls).AddLast(announcement);
        return true;
    }

    public Announcement? TakeNext()
    {
        var line = calls.Count > 0 ? calls : others;
        var next = line.First?.Value;
        if (next is not null)
        {
            line.RemoveFirst();
        }

        return next;
    }

    /// <summary>Takes out everything that is too late at <paramref name="now"/>, oldest first.</summary>
    public List<Announcement> TakeExpired(long now)
    {
        List<Announcement> expired = [.. calls.Concat(others).Where(a => a.NotAfter < now)];
        foreach (var announcement in expired)
        {
            _ = calls.Remove(announcement) || others.Remove(announcement);
        }

        return expired;
    }
}
