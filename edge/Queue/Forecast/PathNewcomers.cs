namespace MotCua.Edge.Queue.Forecast;

/// <summary>People with priority who come on one path after the forecast and may be called before those who wait already.</summary>
internal sealed class PathNewcomers(SceneRoom room)
{
    /// <summary>More than so many who come within their credit would make the forecast silent anyway.</summary>
    private const int Most = 32;

    private const ulong Keys = 1UL << 62;

    private readonly (double At, double Effective, int Service, ulong Key)[] coming = new (double, double, int, ulong)[Most];
    private readonly ulong[] takes = Array.ConvertAll(room.Taken, services => services.Aggregate(0UL, (bits, s) => bits | Bit(s)));
    private readonly double longest = room.Kinds.Select(kind => kind.Credit).DefaultIfEmpty().Max();
    private readonly double weight = room.Kinds.Sum(kind => kind.Weight);
    private int count;

    public bool Any => count > 0;

    public void Draw(ulong chance)
    {
        count = 0;
        if (room.PriorityPerSecond <= 0)
        {
            return;
        }

        var at = 0.0;
        for (ulong n = 0; count < Most; n++)
        {
            var draw = Chance.Mix(chance, Keys + n);
            at -= Math.Log(Chance.Unit(draw)) / room.PriorityPerSecond;
            if (at > longest)
            {
                return;
            }

            var (which, k) = (Chance.Unit(Chance.Mix(draw, 3)) * weight, 0);
            while (k < room.Kinds.Length - 1 && which >= room.Kinds[k].Weight)
            {
                which -= room.Kinds[k++].Weight;
            }

            // Later than the credit reaches, they stand behind everybody who waits now.
            if (at <= room.Kinds[k].Credit)
            {
                coming[count++] = (at, at - room.Kinds[k].Credit, room.Kinds[k].Service, Keys + n);
            }
        }
    }

    /// <summary>Takes the first who is there, goes before <paramref name="effective"/> and may be called by the counter; service -1 if nobody.</summary>
    public (int Service, ulong Key) TakeBefore(int counter, double now, double effective)
    {
        var best = -1;
        for (var n = 0; n < count; n++)
        {
            if (coming[n].At <= now && coming[n].Effective < effective && (takes[counter] & Bit(coming[n].Service)) != 0)
            {
                (best, effective) = (n, coming[n].Effective);
            }
        }

        if (best < 0)
        {
            return (-1, 0);
        }

        var (_, _, service, key) = coming[best];
        coming[best] = coming[--count];
        return (service, key);
    }

    // Services beyond 64 share bits; a newcomer may then be called by a counter that does not take them. No centre has so many.
    private static ulong Bit(int service) => 1UL << (service & 63);
}
