using System.Globalization;
using System.Text;

namespace MotCua.Edge.Devices.Speech;

/// <summary>Names of the letters that start a ticket number, as a Vietnamese reader says them.</summary>
public static class LetterNames
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
        'F' => "ép",
        'G' => "giê",
        'H' => "hát",
        'I' => "i",
        'J' => "gi",
        'K' => "ca",
        'L' => "e-lờ",
        'M' => "em-mờ",
        'N' => "en-nờ",
        'O' => "o",
        'P' => "pê",
        'Q' => "quy",
        'S' => "ét-sì",
        'T' => "tê",
        'U' => "u",
        'V' => "vê",
        'W' => "vê kép",
        'X' => "ích-xì",
        'Y' => "i dài",
        'Z' => "dét",
        _ => null,
    };

    /// <summary>Writes out capitals that stand alone: "số thứ tự S, bảy" becomes "số thứ tự ét-sì, bảy".</summary>
    /// <remarks>
    /// A synthesiser reads a bare letter by its own rules: espeak-ng 1.51 says D with an English d, S as "ét" and X as "ích".
    /// Recorded voices have a clip a letter and need none of this.
    /// </remarks>
    public static string SpellOut(string text)
    {
        StringBuilder? spelled = null;
        for (var i = 0; i < text.Length; i++)
        {
            var name = (i == 0 || !IsPartOfWord(text[i - 1])) && (i + 1 == text.Length || !IsPartOfWord(text[i + 1])) ? Of(text[i]) : null;
            if (name is not null)
            {
                spelled ??= new StringBuilder(text, 0, i, text.Length + 32);
            }

            _ = name is not null ? spelled!.Append(name) : spelled?.Append(text[i]);
        }

        return spelled?.ToString() ?? text;
    }

    // Marks count: a letter may carry its accent as a character of its own.
    private static bool IsPartOfWord(char c) => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
