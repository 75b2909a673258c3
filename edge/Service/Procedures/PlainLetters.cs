using System.Collections.Frozen;
using System.Text;

namespace MotCua.Edge.Procedures;

/// <summary>Texts as people search for them: small letters without marks, one blank between words and one before the first.</summary>
/// <remarks>The box runs without ICU, whose normalisation leaves such text as it is. The table is our own.</remarks>
internal static class PlainLetters
{
    private static readonly FrozenDictionary<char, char> Plain = new[]
    {
        "aàáảãạăằắẳẵặâầấẩẫậ", "eèéẻẽẹêềếểễệ", "iìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữự", "yỳýỷỹỵ", "dđ",
    }.SelectMany(row => row.Skip(1).Select(letter => KeyValuePair.Create(letter, row[0]))).ToFrozenDictionary();

    /// <returns>Such as " chung thuc ban sao"; empty for a text without letters and figures.</returns>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length + 1);
        var apart = true;
        foreach (var raw in text)
        {
            // A mark that stands beside its letter, as some phones and files write it.
            if (raw is >= '\u0300' and <= '\u036F')
            {
                continue;
            }

            var letter = char.ToLowerInvariant(raw);
            letter = Plain.GetValueOrDefault(letter, letter);
            if (!char.IsLetterOrDigit(letter))
            {
                apart = true;
                continue;
            }

            if (apart)
            {
                plain.Append(' ');
                apart = false;
            }

            plain.Append(letter);
        }

        return plain.ToString();
    }
}
