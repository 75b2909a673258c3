using System.Text.RegularExpressions;

namespace MotCua.Edge.Devices.Speech;

/// <summary>Names of the letters that start a ticket number, as a Vietnamese reader says them.</summary>
public static partial class LetterNames
{
    /// <returns>The name, such as "e-lờ" for L; null for a letter that has none here.</returns>
    public static string? Of(char letter) => letter switch
    {
        'A' => "a",
        'B' => "bê",
        'C' => "xê",
        'D' => "dê",
        'Đ' => "đê",
        'E' => "e",
        'G' => "giê",
        'H' => "hát",
        'K' => "ca",
        'L' => "e-lờ",
        'M' => "em-mờ",
        'N' => "en-nờ",
        'P' => "pê",
        'Q' => "quy",
        'S' => "ét-sì",
        'T' => "tê",
        'V' => "vê",
        'X' => "ích-xì",
        _ => null,
    };

    /// <summary>Writes out capitals that stand alone: "số thứ tự S, bảy" becomes "số thứ tự ét-sì, bảy".</summary>
    /// <remarks>
    /// A synthesiser reads a bare letter by its own rules: espeak-ng 1.51 says D with an English d, S as "ét" and X as "ích".
    /// Recorded voices have a clip a letter and need none of this.
    /// </remarks>
    public static string SpellOut(string text) => LoneCapital().Replace(text, static m => Of(m.ValueSpan[0]) ?? m.Value);

    [GeneratedRegex(@"(?<![\p{L}\p{N}\p{M}])[A-ZĐ](?![\p{L}\p{N}\p{M}])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LoneCapital();
}
