using System.Runtime.InteropServices;

namespace MotCua.Edge.Devices.Speech.Mixing;

/// <summary>Puts clips one behind another.</summary>
internal sealed class Mix
{
    /// <summary>Two minutes; an announcement of the longest text lasts some 80 s. What is longer is refused, since it would hold up every call.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly List<(Clip Clip, TimeSpan After)> parts = [];

    public bool IsEmpty => parts.Count == 0;

    /// <param name="after">Silence behind it, unless it is the last.</param>
    public void Add(Clip clip, TimeSpan after) => parts.Add((clip, after));

    public void Add(Mix other, TimeSpan after)
    {
        parts.AddRange(other.parts);
        parts[^1] = parts[^1] with { After = after };
    }

    /// <exception cref="IOException">Longer than <see cref="Longest"/>.</exception>
    public WavFile ToWav()
    {
        var length = 0L;
        for (var i = 0; i < parts.Count; i++)
        {
            length += parts[i].Clip.Samples.Length + (i + 1 < parts.Count ? Samples(parts[i].After) : 0);
        }

        if (length > Samples(Longest))
        {
            throw new IOException($"The announcement would last longer than {Longest.TotalSeconds:0} s.");
        }

        var bytes = new byte[length * WavFile.BytesPerSample];
        var all = MemoryMarshal.Cast<byte, short>(bytes.AsSpan());
        var at = 0;
        foreach (var (clip, after) in parts)
        {
            clip.Samples.AsSpan().CopyTo(all[at..]);
            at += clip.Samples.Length + Samples(after);
        }

        return WavFile.Wrap(Clip.Rate, bytes);
    }

    private static int Samples(TimeSpan time) => (int)(time.TotalSeconds * Clip.Rate);
}
