namespace MotCua.Edge.Devices.Virtual.Pictures;

/// <summary>A picture of a board as a person sees it. Shapes have soft edges; what lies outside is cut.</summary>
public sealed class Picture
{
    private readonly Rgb[] pixels;

    /// <param name="ground">Colour of every pixel at first.</param>
    public Picture(int width, int height, Rgb ground)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        Width = width;
        Height = height;
        pixels = new Rgb[width * height];
        Array.Fill(pixels, ground);
    }

    public int Width { get; }

    public int Height { get; }

    public Rgb this[int x, int y]
    {
        get => pixels[y * Width + x];
        set => pixels[y * Width + x] = value;
    }

    public void Box(double left, double top, double width, double height, Rgb colour) =>
        Cover(left, top, left + width, top + height, colour, (x, y) => Overlap(x, left, left + width) * Overlap(y, top, top + height));

    /// <summary>A rectangle with round corners.</summary>
    public void RoundBox(double left, double top, double width, double height, double radius, Rgb colour) =>
        Cover(left, top, left + width, top + height, colour, (x, y) =>
        {
            var (dx, dy) = (Math.Max(Math.Abs(x + 0.5 - left - width / 2) - width / 2 + radius, 0), Math.Max(Math.Abs(y + 0.5 - top - height / 2) - height / 2 + radius, 0));
            return Edge(radius - Math.Sqrt(dx * dx + dy * dy));
        });

    public void Disc(double centreX, double centreY, double radius, Rgb colour) =>
        Cover(centreX - radius, centreY - radius, centreX + radius, centreY + radius, colour, (x, y) => Edge(radius - Distance(x, y, centreX, centreY)));

    /// <summary>Light that falls off from a point, as a lit lamp shines into the eye.</summary>
    public void Glow(double centreX, double centreY, double radius, Rgb colour, double strength) =>
        Cover(centreX - radius, centreY - radius, centreX + radius, centreY + radius, colour, (x, y) =>
        {
            var near = 1 - Distance(x, y, centreX, centreY) / radius;
            return near > 0 ? strength * near * near : 0;
        });

    /// <summary>A convex shape, its corners clockwise.</summary>
    public void Shape(Rgb colour, params (double X, double Y)[] corners)
    {
        ArgumentNullException.ThrowIfNull(corners);
        Cover(corners.Min(c => c.X), corners.Min(c => c.Y), corners.Max(c => c.X), corners.Max(c => c.Y), colour, (x, y) =>
        {
            var inside = double.MaxValue;
            for (var at = 0; at < corners.Length; at++)
            {
                var (from, to) = (corners[at], corners[(at + 1) % corners.Length]);
                var length = Math.Sqrt((to.X - from.X) * (to.X - from.X) + (to.Y - from.Y) * (to.Y - from.Y));
                inside = Math.Min(inside, ((to.X - from.X) * (y + 0.5 - from.Y) - (to.Y - from.Y) * (x + 0.5 - from.X)) / length);
            }

            return Edge(inside);
        });
    }

    private static double Edge(double inside) => Math.Clamp(inside + 0.5, 0, 1);

    private static double Distance(int x, int y, double centreX, double centreY) => Math.Sqrt((x + 0.5 - centreX) * (x + 0.5 - centreX) + (y + 0.5 - centreY) * (y + 0.5 - centreY));

    private static double Overlap(int pixel, double from, double to) => Math.Clamp(Math.Min(pixel + 1, to) - Math.Max(pixel, from), 0, 1);

    private void Cover(double left, double top, double right, double bottom, Rgb colour, Func<int, int, double> part)
    {
        for (var y = Math.Max(0, (int)top - 1); y <= Math.Min(Height - 1, (int)bottom + 1); y++)
        {
            for (var x = Math.Max(0, (int)left - 1); x <= Math.Min(Width - 1, (int)right + 1); x++)
            {
                this[x, y] = this[x, y].Under(colour, part(x, y));
            }
        }
    }
}
