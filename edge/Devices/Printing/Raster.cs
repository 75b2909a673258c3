namespace MotCua.Edge.Devices.Printing;

/// <summary>Black dots on white paper, as wide as the print head; it grows downwards.</summary>
/// <param name="width">Dots, a multiple of 8, 8 to 1024.</param>
public sealed class Raster(int width)
{
    /// <summary>30 cm at 203 dpi: no ticket is that long. What would stand below is left out.</summary>
    public const int MostRows = 2400;

    private byte[] bits = [];

    public int Width { get; } = width is >= 8 and <= 1024 && width % 8 == 0 ? width : throw new ArgumentOutOfRangeException(nameof(width), width, "8 to 1024 dots, a multiple of 8.");

    public int RowBytes => Width / 8;

    public int Height { get; private set; }

    /// <summary>A dot; outside the paper there is none.</summary>
    public bool this[int x, int y] => x >= 0 && x < Width && y >= 0 && y < Height && (bits[y * RowBytes + x / 8] & (0x80 >> x % 8)) != 0;

    /// <summary>The dots of a row, the leftmost in the highest bit.</summary>
    public ReadOnlySpan<byte> Row(int y) => bits.AsSpan(y * RowBytes, RowBytes);

    /// <summary>Makes the paper at least so long; new rows are white.</summary>
    public void Grow(int rows)
    {
        rows = Math.Min(rows, MostRows);
        if (rows <= Height)
        {
            return;
        }

        if (rows * RowBytes > bits.Length)
        {
            Array.Resize(ref bits, Math.Max(rows, Math.Min(Height * 2, MostRows)) * RowBytes);
        }

        Height = rows;
    }

    /// <summary>Blackens a dot; one beside the paper is left out.</summary>
    public void Set(int x, int y)
    {
        if (x >= 0 && x < Width && y >= 0 && y < MostRows)
        {
            Grow(y + 1);
            bits[y * RowBytes + x / 8] |= (byte)(0x80 >> x % 8);
        }
    }

    public void Box(int left, int top, int width, int height)
    {
        for (var y = top; y < top + height; y++)
        {
            for (var x = left; x < left + width; x++)
            {
                Set(x, y);
            }
        }
    }

    /// <summary>Puts other dots over these.</summary>
    public void Draw(Raster other, int left, int top)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var y = 0; y < other.Height; y++)
        {
            for (var x = 0; x < other.Width; x++)
            {
                if (other[x, y])
                {
                    Set(left + x, top + y);
                }
            }
        }
    }
}
