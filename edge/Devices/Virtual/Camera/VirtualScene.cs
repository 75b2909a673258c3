namespace MotCua.Edge.Devices.Virtual.Camera;

/// <summary>A drawn hall that a virtual camera films: walls, windows, counters, people who pass, and the noise of a sensor. Thread-safe.</summary>
/// <param name="seed">Every camera stands elsewhere.</param>
public sealed class VirtualScene(int seed)
{
    public const int Width = 320;
    public const int Height = 180;

    private const int Margin = 120;
    private const int Noise = 5;

    private readonly byte[] room = Draw(seed);
    private readonly byte[] shown = new byte[Width * Height];
    private readonly Lock gate = new();
    private uint chance = (uint)seed | 1;
    private long filmed;

    /// <summary>Fault knob: a cloth over the lens.</summary>
    public bool Covered { get; set; }

    /// <summary>Fault knob: the lens is capped, or the room has no light at all.</summary>
    public bool Black { get; set; }

    /// <summary>Fault knob: the camera was turned.</summary>
    public bool Moved { get; set; }

    /// <summary>Fault knob: the lens is out of focus.</summary>
    public bool Blurred { get; set; }

    /// <summary>Fault knob: the camera sends the same picture again and again.</summary>
    public bool Frozen { get; set; }

    /// <summary>People in the hall, 0 to 12.</summary>
    public int People { get; set; } = 2;

    /// <summary>Frames since the beginning. Any thread.</summary>
    public long Filmed => Interlocked.Read(ref filmed);

    /// <summary>What the camera sees at a moment, row by row.</summary>
    public void Film(TimeSpan at, Span<byte> frame)
    {
        lock (gate)
        {
            if (!Frozen)
            {
                Render(at);
            }

            shown.CopyTo(frame);
        }

        Interlocked.Increment(ref filmed);
    }

    /// <summary>What it filmed last.</summary>
    public byte[] Last()
    {
        lock (gate)
        {
            return [.. shown];
        }
    }

    private void Render(TimeSpan at)
    {
        var shift = Moved ? Margin : 0;
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                shown[(y * Width) + x] = room[(y * (Width + Margin)) + x + shift];
            }
        }

        for (var person = 0; person < Math.Clamp(People, 0, 12); person++)
        {
            Walk(at, person);
        }

        if (Blurred)
        {
            Blur(shown, Width, Height, 9);
            Blur(shown, Width, Height, 9);
        }

        for (var i = 0; i < shown.Length; i++)
        {
            chance ^= chance << 13;
            chance ^= chance >> 17;
            chance ^= chance << 5;
            var light = Black ? 0 : Covered ? 52 + (i / Width / 12) : shown[i];
            // Two dice fall near the middle more often, as the noise of a sensor does.
            var noise = (int)(chance & 7) + (int)(chance >> 8 & 7) - 7;
            shown[i] = (byte)Math.Clamp(light + (noise * (Black ? 1 : Noise) / 5), 0, 255);
        }
    }

    // Each goes to and fro at a pace of his own, and stands for a while at both ends.
    private void Walk(TimeSpan at, int person)
    {
        var pace = 0.05 + (0.017 * (person % 5));
        var where = Math.Clamp((0.5 - (0.72 * Math.Cos((at.TotalSeconds * pace) + person))), 0.02, 0.98);
        var (left, top, tone) = ((int)(where * (Width - 22)), 70 + (person * 37 % 60), (byte)(30 + (person * 53 % 140)));
        for (var y = 0; y < 46 && top + y < Height; y++)
        {
            var half = y < 12 ? (int)Math.Sqrt(Math.Max(0, 36 - ((y - 6) * (y - 6)))) : 8;
            for (var x = 11 - half; x <= 11 + half; x++)
            {
                shown[((top + y) * Width) + left + x] = (byte)(y < 12 ? 170 : tone + (y * x % 9));
            }
        }
    }

    private static byte[] Draw(int seed)
    {
        var wide = Width + Margin;
        var picture = new byte[wide * Height];
        var random = new Random(seed);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < wide; x++)
            {
                picture[(y * wide) + x] = (byte)(y < 96 ? 176 - (x / 12) : ((x / 24) + (y / 14)) % 2 == 0 ? 112 : 90);
            }
        }

        for (var thing = 0; thing < 34; thing++)
        {
            var (left, top, tone) = (random.Next(wide - 50), random.Next(Height - 36), random.Next(20, 240));
            var (across, down) = (random.Next(14, 50), random.Next(8, 36));
            for (var y = top; y < top + down; y++)
            {
                for (var x = left; x < left + across; x++)
                {
                    var isFrame = x - left < 2 || y - top < 2 || left + across - x <= 2 || top + down - y <= 2;
                    picture[(y * wide) + x] = (byte)(isFrame ? 255 - tone : (y - top) % 6 == 3 ? tone / 2 : tone);
                }
            }
        }

        return picture;
    }

    private static void Blur(byte[] picture, int width, int height, int radius)
    {
        var row = new byte[Math.Max(width, height)];
        for (var y = 0; y < height; y++)
        {
            Smear(picture, y * width, 1, width, radius, row);
        }

        for (var x = 0; x < width; x++)
        {
            Smear(picture, x, width, height, radius, row);
        }
    }

    private static void Smear(byte[] picture, int start, int step, int count, int radius, byte[] line)
    {
        for (var i = 0; i < count; i++)
        {
            line[i] = picture[start + (i * step)];
        }

        for (var i = 0; i < count; i++)
        {
            var (from, to, sum) = (Math.Max(0, i - radius), Math.Min(count - 1, i + radius), 0);
            for (var j = from; j <= to; j++)
            {
                sum += line[j];
            }

            picture[start + (i * step)] = (byte)(sum / (to - from + 1));
        }
    }
}
