namespace MotCua.Edge.Devices.Boards.Pixels;

/// <summary>Capitals five dots high and at most five wide with all their marks, so that one fits a row of 8×8 modules and a glyph of an HD44780. Written as <see cref="TallFont"/>.</summary>
internal static class SmallFont
{
    public const int Rows = 5;

    /// <summary>Rows over the letters, for marks.</summary>
    public const int Above = 2;

    public static string Shape(char letter) => letter switch
    {
        'A' => "ciuii", 'B' => "sisis", 'C' => "eggge", 'D' => "siiis", 'Đ' => "e9t9e", 'E' => "ugsgu", 'F' => "ugsgg", 'G' => "egmie", 'H' => "iiuii", 'I' => "s888s",
        'J' => "622ic", 'K' => "ikoki", 'L' => "ggggu", 'M' => "hrlhh", 'N' => "iqmii", 'O' => "ciiic", 'P' => "sisgg", 'Q' => "ciika", 'R' => "siski", 'S' => "egc2s",
        'T' => "v4444", 'U' => "iiiic", 'V' => "hhha4", 'W' => "hhlla", 'X' => "iicii", 'Y' => "ha444", 'Z' => "u2cgu",
        '0' => "skkks", '1' => "8o88s", '2' => "s4sgs", '3' => "s4s4s", '4' => "kks44", '5' => "sgs4s", '6' => "sgsks", '7' => "s4444", '8' => "sksks", '9' => "sks4s",
        ' ' => "00000", '-' or '–' or '—' or '·' => "00s00", '.' => "0000g", ',' => "0008g", ':' => "0g0g0", '/' => "448gg", '(' => "8ggg8", ')' => "g888g", '!' => "ggg0g",
        '?' => "s4808", '%' => "k48gk", '+' => "08s80", '=' => "0s0s0", '#' => "avava",
        _ => "uiiiu",
    };

    /// <summary>Two rows over the letter. Where two marks meet, the tone is drawn beside; a tilde there is a bar, and grave stands on the left.</summary>
    public static string Marks(VowelMark mark, Tone tone) => (mark, tone) switch
    {
        (VowelMark.Circumflex, Tone.Grave) => "id",
        (VowelMark.Circumflex, Tone.Acute) => "9m",
        (VowelMark.Circumflex, Tone.Hook) => "bl",
        (VowelMark.Circumflex, Tone.Tilde) => "fk",
        (VowelMark.Circumflex, _) => "ci",
        (VowelMark.Breve, Tone.Grave) => "m9",
        (VowelMark.Breve, Tone.Acute) => "la",
        (VowelMark.Breve, Tone.Hook) => "n9",
        (VowelMark.Breve, Tone.Tilde) => "n8",
        (VowelMark.Breve, _) => "ic",
        (_, Tone.Grave) => "84",
        (_, Tone.Acute) => "48",
        (_, Tone.Hook) => "c4",
        (_, Tone.Tilde) => "ak",
        _ => "00",
    };
}
