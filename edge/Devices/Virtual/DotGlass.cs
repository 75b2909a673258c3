using System.Collections.Immutable;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>What people see on a virtual board of dots at a moment.</summary>
/// <param name="Dots">Row by row from the upper left; all dark while the board is off.</param>
/// <param name="On">The chip lights its dots.</param>
/// <param name="Brightness">0 to 1 of what the chip can do.</param>
public sealed record DotGlass(int Width, int Height, ImmutableArray<bool> Dots, bool On, double Brightness)
{
    /// <summary>Outside the glass: dark.</summary>
    public bool this[int x, int y] => x >= 0 && x < Width && y >= 0 && y < Height && Dots[y * Width + x];

    /// <summary>The dots as rows of <c>#</c> and <c>.</c>.</summary>
    public override string ToString() =>
        string.Join('\n', Enumerable.Range(0, Height).Select(y => string.Concat(Enumerable.Range(0, Width).Select(x => this[x, y] ? '#' : '.'))));

    /// <summary>What people read from a place on, figure by figure until the glass is dark or ends: letters five dots wide and seven high.</summary>
    /// <param name="scale">How many dots make one, 1 to 3.</param>
    public string Read(int left, int top, int scale = 1) => PixelReading.Read(this, left, top, scale);

    internal static DotGlass Of(int width, int height, Func<int, int, bool> lit, bool on, double brightness) =>
        new(width, height, [.. Enumerable.Range(0, width * height).Select(at => lit(at % width, at / width))], on, brightness);
}
