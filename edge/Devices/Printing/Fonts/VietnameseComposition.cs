using System.Collections.Frozen;
using System.Text;

namespace MotCua.Edge.Devices.Printing.Fonts;

/// <summary>Joins a letter and its combining marks into the one letter that a font has drawn (NFC), in whatever order the marks come.</summary>
/// <remarks>The box runs without ICU, whose normalisation leaves such text as it is. The table is our own: twelve vowels, five tones, two cases.</remarks>
internal static class VietnameseComposition
{
    private const string Tones = "\u0300\u0301\u0309\u0303\u0323";

    private static readonly FrozenDictionary<(char Letter, char Mark), char> Joined = Table(
        "aàáảãạ", "eèéẻẽẹ", "iìíỉĩị", "oòóỏõọ", "uùúủũụ", "yỳýỷỹỵ", "\u0306aăằắẳẵặ", "\u0302aâầấẩẫậ", "\u0302eêềếểễệ", "\u0302oôồốổỗộ", "\u031Boơờớởỡợ", "\u031Buưừứửữự");

    public static string Compose(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder? composed = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is >= '\u0300' and <= '\u036F')
            {
                composed ??= new StringBuilder(text, 0, i, text.Length);
                if (composed.Length > 0 && Joined.TryGetValue((composed[^1], text[i]), out var whole))
                {
                    composed[^1] = whole;
                    continue;
                }
            }

            composed?.Append(text[i]);
        }

        return composed?.ToString() ?? text;
    }

    // A row begins with its mark and plain letter where the vowel wears one.
    private static FrozenDictionary<(char Letter, char Mark), char> Table(params string[] rows)
    {
        var joined = new Dictionary<(char, char), char>();
        var plain = rows.Where(row => row[0] < '\u0300').ToDictionary(row => row[0]);
        foreach (var row in rows)
        {
            var marked = row[0] >= '\u0300';
            var letters = marked ? row[2..] : row;
            for (var tone = 0; tone <= Tones.Length; tone++)
            {
                if (tone > 0)
                {
                    Add(letters[0], Tones[tone - 1], letters[tone]);
                }

                if (marked)
                {
                    Add(plain[row[1]][tone], row[0], letters[tone]);
                }
            }
        }

        return joined.ToFrozenDictionary();

        void Add(char letter, char mark, char whole)
        {
            joined[(letter, mark)] = whole;
            joined[(char.ToUpperInvariant(letter), mark)] = char.ToUpperInvariant(whole);
        }
    }
}
