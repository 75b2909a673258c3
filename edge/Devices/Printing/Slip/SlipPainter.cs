using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Printing.Fonts;

namespace MotCua.Edge.Devices.Printing.Slip;

/// <summary>Draws a ticket dot by dot, so that letters and code are the same on every printer.</summary>
/// <param name="width">Of the print head: 384 dots on paper of 58 mm, 576 on 80 mm.</param>
/// <param name="logo">The centre's own picture, no broader than the head; null for none.</param>
public sealed class SlipPainter(IGlyphs glyphs, int width, Raster? logo = null)
{
    private const int SmallestSize = 16;

    /// <summary>Finds out whether letters can be drawn.</summary>
    /// <exception cref="FontMissingException">They cannot: the library or a font is missing.</exception>
    public void Prepare() => (_, _) = (glyphs.Line(FontFace.Plain, SmallestSize), glyphs.Line(FontFace.Bold, SmallestSize));

    /// <exception cref="FontMissingException">No letters can be drawn.</exception>
    public Raster Paint(TicketSlip slip)
    {
        ArgumentNullException.ThrowIfNull(slip);
        var paper = new Raster(width);
        var y = 0;
        foreach (var part in SlipLayout.Parts(slip, width, logo))
        {
            y += part.Above;
            y = part switch
            {
                SlipText text => Text(paper, text, y),
                SlipPair pair => Pair(paper, pair, y),
                SlipRule => Rule(paper, y),
                SlipCode code => Picture(paper, QrDots.Of(code.Text, width * 3 / 5), y),
                SlipPicture picture => Picture(paper, picture.Dots, y),
                _ => throw new System.Diagnostics.UnreachableException(part.GetType().Name),
            };
            paper.Grow(y);
        }

        return paper;
    }

    private int Text(Raster paper, SlipText text, int y)
    {
        var said = VietnameseComposition.Compose(text.Text);
        var size = text.Size;
        if (!text.Wraps)
        {
            while (size > SmallestSize && Length(said, text.Face, size) > width)
            {
                size -= 4;
            }
        }

        foreach (var line in WordWrap.Lines(said, line => Length(line, text.Face, size) <= width))
        {
            var left = text.Centred ? Math.Max(0, (width - Length(line, text.Face, size)) / 2) : 0;
            y = Line(paper, line, text.Face, size, left, y);
        }

        return y;
    }

    private int Pair(Raster paper, SlipPair pair, int y)
    {
        var (label, value) = (VietnameseComposition.Compose(pair.Label), VietnameseComposition.Compose(pair.Value));
        var room = width - Length(label + "  ", FontFace.Plain, pair.Size);
        var length = Length(value, FontFace.Bold, pair.Size);
        if (length <= room)
        {
            Line(paper, label, FontFace.Plain, pair.Size, 0, y);
            return Line(paper, value, FontFace.Bold, pair.Size, width - length, y);
        }

        y = Line(paper, label, FontFace.Plain, pair.Size, 0, y);
        foreach (var line in WordWrap.Lines(value, line => Length(line, FontFace.Bold, pair.Size) <= width))
        {
            y = Line(paper, line, FontFace.Bold, pair.Size, width - Length(line, FontFace.Bold, pair.Size), y);
        }

        return y;
    }

    private int Rule(Raster paper, int y)
    {
        const int Thick = 2;
        paper.Box(0, y, width, Thick);
        return y + Thick;
    }

    private int Picture(Raster paper, Raster dots, int y)
    {
        paper.Draw(dots, Math.Max(0, (width - dots.Width) / 2), y);
        return y + dots.Height;
    }

    private int Line(Raster paper, string line, FontFace face, int size, int left, int y)
    {
        var (ascent, height) = glyphs.Line(face, size);
        foreach (var letter in line.EnumerateRunes())
        {
            var glyph = glyphs.Of(letter, face, size);
            glyph.Draw(paper, left, y + ascent);
            left += glyph.Advance;
        }

        return y + height;
    }

    private int Length(string text, FontFace face, int size)
    {
        var length = 0;
        foreach (var letter in text.EnumerateRunes())
        {
            length += glyphs.Of(letter, face, size).Advance;
        }

        return length;
    }
}
