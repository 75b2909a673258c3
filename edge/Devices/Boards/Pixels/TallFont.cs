namespace MotCua.Edge.Devices.Boards.Pixels;

/// <summary>Letters five dots wide and seven high. One base-32 digit a row from the top; its five bits are the dots, the highest on the left.</summary>
/// <example><c>ehhhvhh</c> is an A: <c>.###. #...# #...# #...# ##### #...# #...#</c>.</example>
internal static class TallFont
{
    public const int Rows = 7;

    /// <summary>Rows over the letters, for marks; the last stays dark between mark and letter.</summary>
    public const int Above = 6;

    public static string Shape(char letter) => letter switch
    {
        'A' => "ehhhvhh", 'B' => "uhhuhhu", 'C' => "ehggghe", 'D' => "sihhhis", 'Đ' => "e99t99e", 'E' => "vgguggv", 'F' => "vgguggg", 'G' => "ehgnhhf", 'H' => "hhhvhhh",
        'I' => "e44444e", 'J' => "72222ic", 'K' => "hikokih", 'L' => "ggggggv", 'M' => "hrllhhh", 'N' => "hhpljhh", 'O' => "ehhhhhe", 'P' => "uhhuggg", 'Q' => "ehhhlid",
        'R' => "uhhukih", 'S' => "fgge11u", 'T' => "v444444", 'U' => "hhhhhhe", 'V' => "hhhhha4", 'W' => "hhhllla", 'X' => "hha4ahh", 'Y' => "hhha444", 'Z' => "v1248gv",
        '0' => "ehhhhhe", '1' => "4c4444e", '2' => "eh1248v", '3' => "v2421he", '4' => "26aiv22", '5' => "vgu11he", '6' => "68guhhe", '7' => "v124888", '8' => "ehhehhe",
        '9' => "ehhf12c", 'a' => "00e1fhf", 'b' => "ggmphhu", 'c' => "00egghe", 'd' => "11djhhf", 'e' => "00ehvge", 'f' => "698s888", 'g' => "0fhhf1e", 'h' => "ggmphhh",
        'i' => "40c444e", 'j' => "20622ic", 'k' => "ggikoki", 'l' => "c44444e", 'm' => "00qllhh", 'n' => "00mphhh", 'o' => "00ehhhe", 'p' => "00uhugg", 'q' => "00djf11",
        'r' => "00mpggg", 's' => "00ege1u", 't' => "88s8896", 'u' => "00hhhjd", 'v' => "00hhha4", 'w' => "00hhlla", 'x' => "00ha4ah", 'y' => "00hhf1e", 'z' => "00v248v",
        ' ' => "0000000", '-' or '–' or '—' => "000v000", '.' => "00000cc", ',' => "0000c48", ':' => "0cc0cc0", ';' => "0cc0c48", '/' => "01248g0", '!' => "4444004",
        '?' => "eh12404", '(' => "2488842", ')' => "8422248", '+' => "044v440", '=' => "00v0v00", '*' => "04lel40", '\'' => "c480000", '"' => "aaa0000", '%' => "op248j3",
        '&' => "cik8lid", '#' => "aavavaa", '<' => "248g842", '>' => "8421248", '_' => "000000v", '@' => "eh1dlle", '$' => "4fke5u4", '·' => "00cc000",
        _ => "vhhhhhv",
    };

    /// <summary>Six rows over the letter. A tone beside a circumflex leans on its right, as in print; breve and tilde leave room above.</summary>
    public static string Marks(VowelMark mark, Tone tone) => (mark, tone) switch
    {
        (VowelMark.Circumflex, Tone.Grave) => "0428k0",
        (VowelMark.Circumflex, Tone.Acute) => "0128k0",
        (VowelMark.Circumflex, Tone.Hook) => "061ak0",
        (VowelMark.Circumflex, Tone.Tilde) => "dm04a0",
        (VowelMark.Circumflex, _) => "0004a0",
        (VowelMark.Breve, Tone.Grave) => "084he0",
        (VowelMark.Breve, Tone.Acute) => "024he0",
        (VowelMark.Breve, Tone.Hook) => "c24he0",
        (VowelMark.Breve, Tone.Tilde) => "dm0he0",
        (VowelMark.Breve, _) => "000he0",
        (_, Tone.Grave) => "000840",
        (_, Tone.Acute) => "000240",
        (_, Tone.Hook) => "00c240",
        (_, Tone.Tilde) => "000dm0",
        _ => "000000",
    };
}
