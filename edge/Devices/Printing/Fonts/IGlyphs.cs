using System.Text;

namespace MotCua.Edge.Devices.Printing.Fonts;

/// <summary>A face of the ticket.</summary>
public enum FontFace
{
    Plain,
    Bold,
}

/// <summary>No letters can be drawn. The message says what is missing, and how to get it.</summary>
public sealed class FontMissingException(string what, Exception? because = null) : IOException(what, because);

/// <summary>Where letters come from.</summary>
public interface IGlyphs
{
    /// <summary>A letter; one that the font does not have is drawn as its empty box.</summary>
    /// <param name="size">Height of the letters' box, 8 to 256 dots.</param>
    /// <exception cref="FontMissingException">No letters can be drawn: the library or a font is missing.</exception>
    Glyph Of(Rune letter, FontFace face, int size);

    /// <summary>A line's room: dots from its top to the base line, and to the top of the next line.</summary>
    /// <exception cref="FontMissingException">As for <see cref="Of"/>.</exception>
    (int Ascent, int Height) Line(FontFace face, int size);
}

/// <summary>A letter in dots.</summary>
/// <param name="Left">From the pen to its leftmost dot.</param>
/// <param name="Top">From the base line up to its topmost dot.</param>
/// <param name="Advance">How far the pen moves.</param>
/// <param name="Pitch">Bytes a row.</param>
/// <param name="Bits">Its rows, the leftmost dot in the highest bit.</param>
public sealed record Glyph(int Width, int Height, int Left, int Top, int Advance, int Pitch, byte[] Bits)
{
    /// <param name="baseLine">Row of the paper on which the letters stand.</param>
    internal void Draw(Raster paper, int pen, int baseLine)
    {
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                if ((Bits[y * Pitch + x / 8] & (0x80 >> x % 8)) != 0)
                {
                    paper.Set(pen + Left + x, baseLine - Top + y);
                }
            }
        }
    }
}
