namespace MotCua.Edge.Devices.Boards.Pixels;

/// <summary>Draws Vietnamese capitals by composing letter, vowel mark and tone. Letters are as wide as their ink, digits all alike, so that a new number moves nothing.</summary>
/// <remarks>
/// <code>
///  ..#.#     marks above        Ế of the tall font
///  .#...
///  #.#..
///  .....
///  #####
///  #....     letter
///  ####. …
///  .....
///  ..#..     dot below
/// </code>
/// </remarks>
internal sealed class PixelFont
{
    private const int Cell = 5;
    private const int SpaceWidth = 3;

    private readonly Func<char, string> shape;
    private readonly Func<VowelMark, Tone, string> marks;
    private readonly int below;

    private PixelFont(int rows, int above, int below, Func<char, string> shape, Func<VowelMark, Tone, string> marks)
    {
        Rows = rows;
        Above = above;
        this.below = below;
        this.shape = shape;
        this.marks = marks;
    }

    /// <summary>15 dots high with all marks, 7 without.</summary>
    public static PixelFont Tall { get; } = new(TallFont.Rows, TallFont.Above, 2, TallFont.Shape, TallFont.Marks);

    /// <summary>8 dots high with all marks, 5 without.</summary>
    public static PixelFont Small { get; } = new(SmallFont.Rows, SmallFont.Above, 1, SmallFont.Shape, SmallFont.Marks);

    /// <summary>Of the bare letter.</summary>
    public int Rows { get; }

    /// <summary>Rows over the bare letter.</summary>
    public int Above { get; }

    public int Height => Above + Rows + below;

    /// <summary>A text in one line, as wide as it needs and <see cref="Height"/> high; one dark column between letters.</summary>
    public PixelMap Line(string text)
    {
        var glyphs = VietnameseLetter.Of(text).Select(Glyph).ToList();
        var line = new PixelMap(Math.Max(0, glyphs.Sum(glyph => glyph.Width + 1) - 1), Height);
        var x = 0;
        foreach (var glyph in glyphs)
        {
            line.Draw(glyph, x, 0);
            x += glyph.Width + 1;
        }

        return line;
    }

    /// <summary>One letter, without dark columns at its sides.</summary>
    public PixelMap Glyph(VietnameseLetter letter)
    {
        if (letter.Base == ' ')
        {
            return new PixelMap(SpaceWidth, Height);
        }

        var cell = new PixelMap(Cell + 1, Height);
        var body = shape(letter.Base);
        var marked = marks(letter.Mark, letter.Tone);
        var lift = Lift(marked, letter.Tone);
        Stamp(cell, marked, 0);
        Stamp(cell, body, Above - lift);
        if (letter.Mark == VowelMark.Horn)
        {
            var right = InkWidth(body);
            cell[right, Above - lift - 1] = true;
            cell[right, Above - lift] = true;
        }

        if (letter.Tone == Tone.Dot)
        {
            Dot(cell, body);
        }

        return char.IsAsciiDigit(letter.Base) ? Cut(cell, 0, Rows == TallFont.Rows ? Cell : 3) : Trimmed(cell);
    }

    /// <summary>The bare letter in its cell of five columns, small letters too, as the ROM of a character display holds it.</summary>
    public PixelMap Bare(char letter)
    {
        var cell = new PixelMap(Cell, Rows);
        Stamp(cell, shape(letter), 0);
        return cell;
    }

    /// <summary>Small letters have one row to spare: it goes between letter and dot, or between letter and marks, so that they do not grow together.</summary>
    private int Lift(string marked, Tone tone)
    {
        var bare = marked.All(row => row == '0');
        return Rows == TallFont.Rows ? 0 : tone == Tone.Dot ? (bare ? 1 : 0) : bare ? 0 : -1;
    }

    private static void Stamp(PixelMap cell, string rows, int top)
    {
        for (var y = 0; y < rows.Length; y++)
        {
            var row = Row(rows[y]);
            for (var x = 0; x < Cell; x++)
            {
                cell[x, top + y] |= (row & (0x10 >> x)) != 0;
            }
        }
    }

    private static int Row(char digit) => digit <= '9' ? digit - '0' : digit - 'a' + 10;

    private static int InkWidth(string rows)
    {
        var ink = rows.Aggregate(0, (all, row) => all | Row(row));
        return Cell - int.TrailingZeroCount(ink | 1 << Cell);
    }

    private void Dot(PixelMap cell, string body)
    {
        var width = InkWidth(body);
        cell[width / 2, Height - 1] = true;
        if (width % 2 == 0)
        {
            cell[width / 2 - 1, Height - 1] = true;
        }
    }

    private static PixelMap Trimmed(PixelMap cell)
    {
        var inked = Enumerable.Range(0, cell.Width).Where(x => Enumerable.Range(0, cell.Height).Any(y => cell[x, y])).ToList();
        return inked.Count == 0 ? Cut(cell, 0, 1) : Cut(cell, inked[0], inked[^1] - inked[0] + 1);
    }

    private static PixelMap Cut(PixelMap cell, int left, int width)
    {
        var cut = new PixelMap(width, cell.Height);
        cut.Draw(cell, -left, 0);
        return cut;
    }
}
