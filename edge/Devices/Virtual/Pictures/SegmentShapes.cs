namespace MotCua.Edge.Devices.Virtual.Pictures;

/// <summary>The seven bars and the point of a digit, leaning as on real modules.</summary>
internal static class SegmentShapes
{
    private const double Lean = 0.09;
    private const double Thick = 11;
    private const double Gap = 1.4;

    /// <param name="segments">Bits DP A B C D E F G from the highest.</param>
    public static void Draw(Picture picture, double left, double top, double width, double height, byte segments, Rgb lit, Rgb dark)
    {
        var (middle, bottom, right) = (height / 2, height, width);
        (bool Across, double X, double Y, double Length)[] bars =
        [
            (true, 0, 0, width), (false, right, 0, middle), (false, right, middle, middle), (true, 0, bottom, width), (false, 0, middle, middle), (false, 0, 0, middle),
            (true, 0, middle, width),
        ];
        for (var bar = 0; bar < bars.Length; bar++)
        {
            var (across, x, y, length) = bars[bar];
            picture.Shape((segments & (0x40 >> bar)) != 0 ? lit : dark, Bar(across, x, y, length, (px, py) => (left + px + (height - py) * Lean, top + py)));
        }

        picture.Disc(left + width + 10, top + height, 5, (segments & 0x80) != 0 ? lit : dark);
    }

    private static (double X, double Y)[] Bar(bool across, double x, double y, double length, Func<double, double, (double X, double Y)> place)
    {
        var (half, from, to) = (Thick / 2, Gap, length - Gap);
        return across
            ? [place(x + from, y), place(x + from + half, y - half), place(x + to - half, y - half), place(x + to, y), place(x + to - half, y + half), place(x + from + half, y + half)]
            : [place(x, y + from), place(x + half, y + from + half), place(x + half, y + to - half), place(x, y + to), place(x - half, y + to - half), place(x - half, y + from + half)];
    }
}
