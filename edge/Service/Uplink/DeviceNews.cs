using MotCua.Edge.Health;

namespace MotCua.Edge.Uplink;

/// <summary>Remembers which devices have changed since they were last told; of one that changed often, the newest state counts.</summary>
internal sealed class DeviceNews : IDisposable
{
    private readonly DeviceBook book;
    private readonly Action changed;
    private readonly Lock gate = new();
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <param name="changed">Called from any thread; only sets a signal.</param>
    public DeviceNews(DeviceBook book, Action changed)
    {
        (this.book, this.changed) = (book, changed);
        book.Changed += Note;
    }

    public bool IsWaiting
    {
        get
        {
            lock (gate)
            {
                return names.Count > 0;
            }
        }
    }

    /// <summary>The changed devices as they are now.</summary>
    public IReadOnlyList<KnownDevice> Take()
    {
        lock (gate)
        {
            if (names.Count == 0)
            {
                return [];
            }

            List<KnownDevice> now = [.. book.All.Where(device => names.Contains(device.Device))];
            names.Clear();
            return now;
        }
    }

    public void Dispose() => book.Changed -= Note;

    private void Note(KnownDevice device)
    {
        lock (gate)
        {
            names.Add(device.Device);
        }

        changed();
    }
}
