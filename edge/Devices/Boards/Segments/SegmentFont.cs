namespace MotCua.Edge.Devices.Boards.Segments;

/// <summary>Characters for seven segments in the MAX7219's no-decode mode.</summary>
/// <remarks>
/// Bit layout of a digit register (MAX7219 datasheet, table 6): D7=DP, D6=A, D5=B, D4=C, D3=D, D2=E, D1=F, D0=G.
/// <code>
///   A
/// F   B      K  M  X have no seven-segment shape. Declared approximations:
///   G        K = A C E F G (an upright with two arms)   M = A B C E F (a gate)   X = A D G (three bars)
/// E   C      S is drawn as 5: the letter always stands first, so nobody takes it for a digit.
///   D
/// </code>
/// </remarks>
public static class SegmentFont
{
    /// <summary>Segment G alone: nothing to say, and alive.</summary>
    public const byte Dash = 0b000_0001;

    public const byte Blank = 0;

    /// <summary>True for the digits, the space, the dash and the series letters A, H, K, L, M, S and X.</summary>
    public static bool Knows(char character) => Find(character) is not null;

    /// <returns>Segments of the character; <see cref="Dash"/> for one that the font does not know.</returns>
    public static byte Segments(char character) => Find(character) ?? Dash;

    private static byte? Find(char character) => character switch
    {
        //         ABC_DEFG
        '0' => 0b0_111_1110,
        '1' => 0b0_011_0000,
        '2' => 0b0_110_1101,
        '3' => 0b0_111_1001,
        '4' => 0b0_011_0011,
        '5' => 0b0_101_1011,
        '6' => 0b0_101_1111,
        '7' => 0b0_111_0000,
        '8' => 0b0_111_1111,
        '9' => 0b0_111_1011,
        'A' => 0b0_111_0111,
        'H' => 0b0_011_0111,
        'K' => 0b0_101_0111,
        'L' => 0b0_000_1110,
        'M' => 0b0_111_0110,
        'S' => 0b0_101_1011,
        'X' => 0b0_100_1001,
        '-' => Dash,
        ' ' => Blank,
        _ => null,
    };
}
