namespace MotCua.Edge.Devices.Cameras.Rtsp;

/// <summary>The room for key pictures on their way to a decoder, shared by all eyes of the box: hostile cameras cannot fill the heap together either.</summary>
/// <param name="most">Blocks that may be out at once.</param>
public sealed class PictureBudget(int most)
{
    /// <summary>Small enough to stay out of the heap for large objects, which is seldom tidied.</summary>
    public const int BlockBytes = 64 * 1024;

    // What a few second streams need all the time; more is given back to the heap when a large picture is done.
    private const int Kept = 8;

    private readonly Lock gate = new();
    private readonly Stack<byte[]> free = new();

    /// <summary>Blocks that are out.</summary>
    public int Taken { get; private set; }

    /// <summary>Null when all are out.</summary>
    public byte[]? TryTake()
    {
        lock (gate)
        {
            if (Taken == most)
            {
                return null;
            }

            Taken++;
            return free.TryPop(out var block) ? block : new byte[BlockBytes];
        }
    }

    /// <summary>Takes blocks back.</summary>
    public void Return(IReadOnlyCollection<byte[]> blocks)
    {
        lock (gate)
        {
            Taken -= blocks.Count;
            foreach (var block in blocks.Take(Kept - free.Count))
            {
                free.Push(block);
            }
        }
    }
}
