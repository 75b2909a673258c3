namespace MotCua.Edge.Devices.Virtual;

/// <summary>How people read figures made of dots. Stands apart from the driver's font, so that a wrong font is seen: the nearest known shape counts.</summary>
internal static class PixelReading
{
    private const int Columns = 5;
    private const int Rows = 7;

    /// <summary>More dots that differ make a shape unreadable.</summary>
    private const int MostDifferent = 3;

    private static readonly (char Figure, string Rows)[] Shapes =
    [
        ('0', ".###. #...# #...# #...# #...# #...# .###."), ('1', "..#.. .##.. ..#.. ..#.. ..#.. ..#.. .###."), ('2', ".###. #...# ....# ...#. ..#.. .#... #####"),
        ('3', "##### ...#. ..#.. ...#. ....# #...# .###."), ('4', "...#. ..##. .#.#. #..#. ##### ...#. ...#."), ('5', "##### #.... ####. ....# ....# #...# .###."),
        ('6', "..##. .#... #.... ####. #...# #...# .###."), ('7', "##### ....# ...#. ..#.. .#... .#... .#..."), ('8', ".###. #...# #...# .###. #...# #...# .###."),
        ('9', ".###. #...# #...# .#### ....# ...#. .##.."), ('A', ".###. #...# #...# #...# ##### #...# #...#"), ('H', "#...# #...# #...# ##### #...# #...# #...#"),
        ('K', "#...# #..#. #.#.. ##... #.#.. #..#. #...#"), ('L', "#.... #.... #.... #.... #.... #.... #####"), ('M', "#...# ##.## #.#.# #.#.# #...# #...# #...#"),
        ('S', ".#### #.... #.... .###. ....# ....# ####."), ('X', "#...# #...# .#.#. ..#.. .#.#. #...# #...#"), ('-', "..... ..... ..... ##### ..... ..... ....."),
    ];

    public static string Read(DotGlass glass, int left, int top, int scale)
    {
        var text = "";
        for (var x = left; x + Columns * scale <= glass.Width && Figure(glass, x, top, scale) is { } figure; x += (Columns + 1) * scale)
        {
            text += figure;
        }

        return text;
    }

    /// <returns>Null where all is dark; <c>?</c> for a shape that is none.</returns>
    private static char? Figure(DotGlass glass, int left, int top, int scale)
    {
        var dots = new bool[Rows * Columns];
        for (var at = 0; at < dots.Length; at++)
        {
            dots[at] = IsMostlyLit(glass, left + at % Columns * scale, top + at / Columns * scale, scale);
        }

        if (!dots.Contains(true))
        {
            return null;
        }

        var (figure, different) = Shapes.Select(shape => (shape.Figure, Different: Different(dots, shape.Rows))).MinBy(near => near.Different);
        return different <= MostDifferent ? figure : '?';
    }

    private static int Different(bool[] dots, string rows) => dots.Where((lit, at) => lit != (rows[at / Columns * (Columns + 1) + at % Columns] == '#')).Count();

    private static bool IsMostlyLit(DotGlass glass, int left, int top, int scale) =>
        2 * Enumerable.Range(0, scale * scale).Count(part => glass[left + part % scale, top + part / scale]) > scale * scale;
}
