using System.Collections.Immutable;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>What people see on a virtual 20×4 LCD at a moment.</summary>
/// <param name="Lines">Four lines of 20 characters; spaces while the display is off.</param>
/// <param name="On">Display control says on.</param>
/// <param name="Violations">Illegal sequences the chip has seen since it was made; zero for a correct driver.</param>
/// <param name="Codes">The 80 character codes behind the lines; spaces while the display is off.</param>
/// <param name="Glyphs">The chip's eight own glyphs: codes 0 to 7, eight rows each, the left dot in bit 4.</param>
public sealed record LcdGlass(ImmutableArray<string> Lines, bool On, bool Backlight, int Violations, ImmutableArray<byte> Codes, ImmutableArray<byte> Glyphs)
{
    public const int Columns = 20;
    public const int Rows = 4;
}
