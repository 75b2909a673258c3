namespace MotCua.Testing;

/// <summary>A drawn hall as a camera's tiny grey pictures show it: light that changes, people who pass, noise, a clock in the corner. Made by a seed; it knows nothing of what judges it.</summary>
public sealed class HallClip
{
    public const int Width = 128;
    public const int Height = 72;

    private const int Pixels = Width * Height;
    private const int Wide = 2 * Width;

    private static readonly float[] Dice = MakeDice();

    private readonly Random random;
    private readonly float[] room = new float[Wide * Height];
    private readonly float[] frame = new float[Pixels];
    private readonly (double At, double Pace, int Top, int Size, float Tone)[] people;
    private byte[] last = new byte[2 * Pixels];
    private int second;

    /// <param name="persons">People in the hall, null for as many as the seed says.</param>
    public HallClip(int seed, int? persons = null)
    {
        random = new Random(seed);
        Noise = 0.5 + (3 * random.NextDouble());
        Light = 0.7 + (0.5 * random.NextDouble());
        DrawRoom();
        people = [.. Enumerable.Range(0, persons ?? random.Next(0, 9)).Select(_ => (random.NextDouble() * 6, 0.02 + (0.2 * random.NextDouble()), random.Next(14, 44), random.Next(4, 10), (float)random.Next(20, 210)))];
    }

    /// <summary>Of the sensor, in grey levels of one pixel; in the dark it grows by itself.</summary>
    public double Noise { get; set; }

    /// <summary>1 is a bright day, 0 no light at all.</summary>
    public double Light { get; set; }

    /// <summary>How much of the picture something hides, 0 to 1.</summary>
    public double Cover { get; set; }

    /// <summary>Grey of what hides it.</summary>
    public double CoverTone { get; set; } = 70;

    /// <summary>Pixels by which the camera was turned.</summary>
    public int Turned { get; set; }

    /// <summary>Radius of the lens's blur, in pixels.</summary>
    public int Blur { get; set; }

    /// <summary>How much of the picture's width a curtain takes, 0 to 1: a cloth with folds in the room, which hangs still.</summary>
    public double Curtain { get; set; }

    /// <summary>Where headlights shine through the door, in pixels from the left; null while no car passes.</summary>
    public double? Beam { get; set; }

    /// <summary>Drops of rain on the lens: each smears a small round of the picture and brightens it.</summary>
    public int Drops { get; set; }

    /// <summary>The camera sends the same picture again; its own clock goes on when <see cref="HasClock"/>.</summary>
    public bool Frozen { get; set; }

    public bool HasClock { get; set; }

    /// <summary>Glare: everything is white.</summary>
    public bool White { get; set; }

    /// <summary>The picture after two more seconds: the averaged one, then the pointwise one.</summary>
    public byte[] Next()
    {
        second += 2;
        if (!Frozen)
        {
            Film();
            var (dark, bytes) = (Math.Clamp(1 / Math.Max(0.15, Light), 1, 3), new byte[2 * Pixels]);
            var (first, then) = (random.Next(Dice.Length), random.Next(Dice.Length));
            for (var i = 0; i < Pixels; i++)
            {
                // An average over a few dozen pixels keeps a fifth of their noise.
                bytes[i] = Level(frame[i] + (Noise * dark * 0.2 * Dice[(first + i) % Dice.Length]));
                bytes[Pixels + i] = Level(frame[i] + (Noise * dark * Dice[(then + i) % Dice.Length]));
            }

            last = bytes;
        }

        return HasClock ? WithClock() : [.. last];
    }

    private static byte Level(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);

    private static float[] MakeDice()
    {
        var (random, dice) = (new Random(1), new float[40_009]);
        for (var i = 0; i < dice.Length; i++)
        {
            dice[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return dice;
    }

    private void DrawRoom()
    {
        var (wall, floor, horizon) = (random.Next(120, 200), random.Next(70, 130), random.Next(24, 44));
        for (var i = 0; i < room.Length; i++)
        {
            var (x, y) = (i % Wide, i / Wide);
            room[i] = y < horizon ? wall - (x / 8f) : floor + (((x / 9) + (y / 6)) % 2 * 14);
        }

        for (var thing = random.Next(34, 70); thing > 0; thing--)
        {
            var (left, top, across, down, tone) = (random.Next(Wide - 4), random.Next(Height - 4), random.Next(4, 24), random.Next(3, 16), (float)random.Next(10, 245));
            for (var y = top; y < Math.Min(Height, top + down); y++)
            {
                for (var x = left; x < Math.Min(Wide, left + across); x++)
                {
                    room[(y * Wide) + x] = x == left || y == top ? 255 - tone : (y - top) % 3 == 1 ? tone * 0.7f : tone;
                }
            }
        }
    }

    private void Film()
    {
        for (var i = 0; i < Pixels; i++)
        {
            frame[i] = room[(i / Width * Wide) + (i % Width) + Turned];
        }

        for (var x = 0; x < Curtain * Width; x++)
        {
            for (var y = 0; y < Height; y++)
            {
                frame[(y * Width) + x] = 96 + (x % 7 * 9) + (y / 12f);
            }
        }

        foreach (var (at, pace, top, size, tone) in people)
        {
            var left = (int)((0.5 + (0.5 * Math.Sin(at + (second * pace)))) * (Width - size));
            for (var y = top; y < Math.Min(Height, top + (3 * size)); y++)
            {
                for (var x = left; x < left + size; x++)
                {
                    frame[(y * Width) + x] = y < top + size ? 165 : tone + ((x + y) % 3 * 8);
                }
            }
        }

        Shine();
        Rain();
        for (var pass = 0; pass < (Blur > 0 ? 2 : 0); pass++)
        {
            Smear(1, Width, Height, Width);
            Smear(Width, Height, Width, 1);
        }

        for (var i = 0; i < Pixels; i++)
        {
            var hidden = (i % Width) < Cover * Width;
            // What hides a lens lies out of focus before it: no lines, only more light from one side.
            frame[i] = White ? 250 : (float)(hidden ? (CoverTone + (i / Width * 0.15)) * Math.Min(1, Light) : frame[i] * Light);
        }
    }

    // Two lamps side by side, and the walls that they light.
    private void Shine()
    {
        if (Beam is not { } at)
        {
            return;
        }

        for (var i = 0; i < Pixels; i++)
        {
            var (x, y) = (i % Width, (i / Width) - (Height * 0.6));
            var near = Math.Min(Math.Abs(x - at), Math.Abs(x - at - 16));
            frame[i] += (float)((170 * Math.Exp(-((near * near) + (y * y)) / 60)) + (50 * Math.Exp(-Math.Abs(x - at) / 30)));
        }
    }

    // Where a drop sits is dealt once; a new one comes, none goes until the lens is wiped.
    private void Rain()
    {
        for (var drop = 0; drop < Drops; drop++)
        {
            var place = (uint)((drop + 1) * 2654435761u);
            var (across, down, radius) = ((int)(place % Width), (int)((place >> 9) % Height), 3 + (int)((place >> 17) % 4));
            var (sum, count) = (0f, 0);
            for (var round = 0; round < 2; round++)
            {
                for (var y = Math.Max(0, down - radius); y <= Math.Min(Height - 1, down + radius); y++)
                {
                    for (var x = Math.Max(0, across - radius); x <= Math.Min(Width - 1, across + radius); x++)
                    {
                        var inside = ((x - across) * (x - across)) + ((y - down) * (y - down)) <= radius * radius;
                        ref var pixel = ref frame[(y * Width) + x];
                        (sum, count) = round == 0 && inside ? (sum + pixel, count + 1) : (sum, count);
                        pixel = round == 1 && inside ? (0.2f * pixel) + (0.8f * sum / count) + (y < down ? 12 : -6) : pixel;
                    }
                }
            }
        }
    }

    private void Smear(int step, int count, int lines, int next)
    {
        var line = new float[count];
        for (var at = 0; at < lines; at++)
        {
            for (var i = 0; i < count; i++)
            {
                line[i] = frame[(at * next) + (i * step)];
            }

            for (var i = 0; i < count; i++)
            {
                var (from, to, sum) = (Math.Max(0, i - Blur), Math.Min(count - 1, i + Blur), 0f);
                for (var j = from; j <= to; j++)
                {
                    sum += line[j];
                }

                frame[(at * next) + (i * step)] = sum / (to - from + 1);
            }
        }
    }

    private byte[] WithClock()
    {
        byte[] picture = [.. last];
        for (var digit = 0; digit < 6; digit++)
        {
            for (var i = 0; i < 20; i++)
            {
                var bit = ((second * 2654435761u) >> ((digit * 5) + (i % 11))) & 1;
                var place = ((2 + (i / 4)) * Width) + 4 + (digit * 5) + (i % 4);
                picture[place] = picture[Pixels + place] = (byte)(bit == 0 ? 20 : 235);
            }
        }

        return picture;
    }
}
