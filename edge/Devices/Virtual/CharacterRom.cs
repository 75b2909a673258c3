namespace MotCua.Edge.Devices.Virtual;

/// <summary>What ROM A00 of an HD44780U draws for a code, as near as Unicode comes.</summary>
/// <remarks>Source: HD44780U datasheet, table 4.</remarks>
internal static class CharacterRom
{
    public static char Glyph(byte code) => code switch
    {
        0x5C => '¥',
        0x7E => '→',
        0x7F => '←',
        0xA0 => ' ',
        0xDF => '°',
        0xFF => '█',
        >= 0x20 and < 0x80 => (char)code,
        < 0x10 => '▒', // Own glyphs of CGRAM.
        >= 0xA1 and <= 0xDF => (char)(0xFF61 + (code - 0xA1)), // Half-width katakana.
        _ => '�',
    };
}
