using MotCua.Edge.Devices.Boards.Pixels;

namespace MotCua.Edge.Devices.Boards.Hd44780;

/// <summary>Which Vietnamese letters stand in the chip's eight own glyphs. A letter that is still needed keeps its place, so that nothing on the glass changes under it.</summary>
/// <remarks>Source: HD44780U datasheet, "Character Generator RAM", table 5: codes 00h to 07h, eight rows of five dots each.</remarks>
internal sealed class GlyphBank
{
    public const int Slots = 8;
    public const int RowsPerGlyph = 8;

    private const int Columns = 5;

    private readonly VietnameseLetter?[] slots = new VietnameseLetter?[Slots];

    /// <summary>The letters in their places; a copy.</summary>
    public VietnameseLetter?[] Letters => [.. slots];

    /// <summary>Gives a place to each letter of a page that needs one; to those that are used most when there are more than eight.</summary>
    public void Take(IEnumerable<VietnameseLetter> page)
    {
        var needed = page.Where(letter => letter.IsMarked).GroupBy(letter => letter).OrderByDescending(uses => uses.Count()).Take(Slots).Select(uses => uses.Key).ToList();
        var free = new Queue<int>(Enumerable.Range(0, Slots).OrderBy(slot => slots[slot] is not null).Where(slot => slots[slot] is not { } kept || !needed.Contains(kept)));
        foreach (var letter in needed.Where(letter => Code(letter) is null).ToList())
        {
            slots[free.Dequeue()] = letter;
        }
    }

    /// <summary>The character code of a letter; null when it has no place.</summary>
    public byte? Code(VietnameseLetter letter)
    {
        var slot = Array.IndexOf(slots, letter);
        return slot < 0 ? null : (byte)slot;
    }

    /// <summary>The eight rows of a letter, the left dot in bit 4.</summary>
    public static byte[] Rows(VietnameseLetter letter)
    {
        // Đ wears nothing above or below, so it is as tall as the letters of the ROM.
        var glyph = letter.Mark == VowelMark.None && letter.Tone == Tone.None ? PixelFont.Tall.Bare(letter.Base) : PixelFont.Small.Glyph(letter);
        var left = (Columns - glyph.Width) / 2;
        var rows = new byte[RowsPerGlyph];
        for (var y = 0; y < RowsPerGlyph; y++)
        {
            for (var x = 0; x < glyph.Width; x++)
            {
                rows[y] |= (byte)(glyph[x, y] ? 0x10 >> (left + x) : 0);
            }
        }

        return rows;
    }
}
