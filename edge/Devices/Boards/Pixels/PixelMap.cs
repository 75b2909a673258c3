namespace MotCua.Edge.Devices.Boards.Pixels;

/// <summary>Dots of a board, lit or not. What is drawn outside its edges is cut.</summary>
internal sealed class PixelMap(int width, int height)
{
    private readonly bool[] dots = new bool[width * height];

    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>Outside the edges: dark.</summary>
    public bool this[int x, int y]
    {
        get => x >= 0 && x < Width && y >= 0 && y < Height && dots[y * Width + x];
        set
        {
            if (x >= 0 && x < Width && y >= 0 && y < Height)
            {
                dots[y * Width + x] = value;
            }
        }
    }

    /// <summary>Eight dots below each other, the upper one in bit 0: a byte of an SSD1306 page.</summary>
    public byte Column(int x, int page)
    {
        var column = 0;
        for (var bit = 0; bit < 8; bit++)
        {
            column |= this[x, page * 8 + bit] ? 1 << bit : 0;
        }

        return (byte)column;
    }

    /// <summary>Eight dots beside each other, the left one in bit 7: a row of an 8×8 module.</summary>
    public byte Row(int module, int y)
    {
        var row = 0;
        for (var bit = 0; bit < 8; bit++)
        {
            row |= this[module * 8 + bit, y] ? 0x80 >> bit : 0;
        }

        return (byte)row;
    }

    /// <summary>Lights what is lit in another map, its upper left corner at a place of this one.</summary>
    public void Draw(PixelMap other, int left, int top)
    {
        for (var y = 0; y < other.Height; y++)
        {
            for (var x = 0; x < other.Width; x++)
            {
                if (other[x, y])
                {
                    this[left + x, top + y] = true;
                }
            }
        }
    }

    /// <summary>Twice or three times as large, with the steps of slanted strokes filled or cut at half a dot's size.</summary>
    /// <param name="scale">1 to 3.</param>
    public PixelMap Enlarged(int scale)
    {
        if (scale == 1)
        {
            return this;
        }

        var large = new PixelMap(Width * scale, Height * scale);
        for (var y = 0; y < large.Height; y++)
        {
            for (var x = 0; x < large.Width; x++)
            {
                large[x, y] = Smooth(x / scale, y / scale, Side(x % scale, scale), Side(y % scale, scale));
            }
        }

        return large;
    }

    private static int Side(int part, int scale) => part == 0 ? -1 : part == scale - 1 ? 1 : 0;

    /// <summary>A corner of a dot takes the colour of the two neighbours that meet there, when those two go on past it in one slant only.</summary>
    private bool Smooth(int x, int y, int sideX, int sideY)
    {
        var own = this[x, y];
        if (sideX == 0 || sideY == 0)
        {
            return own;
        }

        var (beside, above) = (this[x + sideX, y], this[x, y + sideY]);
        var (otherBeside, otherAbove) = (this[x - sideX, y], this[x, y - sideY]);
        return beside == above && beside != own && otherBeside != beside && otherAbove != above ? beside : own;
    }
}
