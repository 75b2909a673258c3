namespace MotCua.Edge.Devices.Boards.Hd44780;

/// <summary>The 80 character codes of a 20×4 glass, kept in the order in which the chip's address counter walks.</summary>
/// <remarks>
/// HD44780U datasheet, "Display Data RAM": two lines of 40 cells at 00h–27h and 40h–67h; the counter runs on from 27h to 40h and from
/// 67h to 00h. A 20×4 glass folds each line in two, so the walk visits the rows as 0, 2, 1, 3 and closes to a ring.
/// </remarks>
internal sealed class LcdPage
{
    public const int Columns = 20;
    public const int Rows = 4;
    public const int Cells = Columns * Rows;

    private readonly byte[] codes = new byte[Cells];

    private LcdPage(IReadOnlyList<byte[]> lines)
    {
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                codes[RingIndex(row, column)] = row < lines.Count && column < lines[row].Length ? lines[row][column] : (byte)' ';
            }
        }
    }

    /// <summary>A page whose letters lose their marks.</summary>
    /// <param name="lines">At most four lines; short ones are filled with spaces, long ones are cut.</param>
    public static LcdPage Folded(IEnumerable<string> lines) => new([.. lines.Select(line => VietnameseFolding.Fold(line).Select(Code).ToArray())]);

    /// <summary>A page in capitals, with the letters that a bank holds drawn as own glyphs.</summary>
    public static LcdPage Composed(IEnumerable<List<VietnameseLetter>> lines, GlyphBank bank) =>
        new([.. lines.Select(line => line.Select(letter => bank.Code(letter) ?? Code(VietnameseFolding.Fold(letter.Base.ToString())[0])).ToArray())]);

    /// <summary>The code at a place of the ring, 0 to 79.</summary>
    public byte this[int ring] => codes[ring];

    /// <summary>DDRAM address of a place of the ring.</summary>
    public static byte Address(int ring) => (byte)(ring < 40 ? ring : 0x40 + (ring - 40));

    private static int RingIndex(int row, int column) => row switch
    {
        0 => 0,
        1 => 40,
        2 => 20,
        _ => 60,
    } + column;

    /// <summary>Character ROM A00 shows a yen sign for the backslash and arrows for 7Eh and 7Fh (HD44780U datasheet, table 4).</summary>
    private static byte Code(char letter) => letter switch
    {
        '\\' => (byte)'/',
        '~' => (byte)'-',
        >= ' ' and < '~' => (byte)letter,
        _ => (byte)'?',
    };
}
