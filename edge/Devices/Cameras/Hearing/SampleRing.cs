namespace MotCua.Edge.Devices.Cameras.Hearing;

/// <summary>Samples on their way from one thread to another; when nobody takes them the oldest go.</summary>
internal sealed class SampleRing(int room)
{
    private readonly Lock gate = new();
    private readonly short[] samples = new short[room];
    private int first;
    private int count;

    public void Write(ReadOnlySpan<short> more)
    {
        lock (gate)
        {
            foreach (var sample in more)
            {
                samples[(first + count) % room] = sample;
                (first, count) = count == room ? ((first + 1) % room, count) : (first, count + 1);
            }
        }
    }

    public int Read(Span<short> into)
    {
        lock (gate)
        {
            var taken = Math.Min(into.Length, count);
            for (var i = 0; i < taken; i++)
            {
                into[i] = samples[(first + i) % room];
            }

            (first, count) = ((first + taken) % room, count - taken);
            return taken;
        }
    }
}
