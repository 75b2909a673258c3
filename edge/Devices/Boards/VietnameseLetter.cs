using System.Collections.Frozen;

namespace MotCua.Edge.Devices.Boards;

/// <summary>What a Vietnamese vowel wears besides its tone.</summary>
internal enum VowelMark
{
    None,
    Circumflex,
    Breve,
    Horn,
}

/// <summary>The tones that are written: huyền, sắc, hỏi, ngã, nặng.</summary>
internal enum Tone
{
    None,
    Grave,
    Acute,
    Hook,
    Tilde,
    Dot,
}

/// <summary>A capital letter taken apart, for fonts that compose it: Ệ is E with circumflex and dot. Đ is a letter of its own.</summary>
/// <remarks>The table is our own, as in <see cref="VietnameseFolding"/>. Precomposed (NFC) and combining (NFD) input give the same letters.</remarks>
internal readonly record struct VietnameseLetter(char Base, VowelMark Mark, Tone Tone)
{
    // Each row in the order of the tones.
    private static readonly FrozenDictionary<char, VietnameseLetter> Marked = Table(
        (VowelMark.None, "AÀÁẢÃẠ"), (VowelMark.Breve, "AẰẮẲẴẶ"), (VowelMark.Circumflex, "AẦẤẨẪẬ"), (VowelMark.None, "EÈÉẺẼẸ"), (VowelMark.Circumflex, "EỀẾỂỄỆ"),
        (VowelMark.None, "IÌÍỈĨỊ"), (VowelMark.None, "OÒÓỎÕỌ"), (VowelMark.Circumflex, "OỒỐỔỖỘ"), (VowelMark.Horn, "OỜỚỞỠỢ"), (VowelMark.None, "UÙÚỦŨỤ"),
        (VowelMark.Horn, "UỪỨỬỮỰ"), (VowelMark.None, "YỲÝỶỸỴ"));

    private static readonly FrozenDictionary<char, (VowelMark Mark, Tone Tone)> Combining = new Dictionary<char, (VowelMark, Tone)>
    {
        ['\u0300'] = (VowelMark.None, Tone.Grave),
        ['\u0301'] = (VowelMark.None, Tone.Acute),
        ['\u0309'] = (VowelMark.None, Tone.Hook),
        ['\u0303'] = (VowelMark.None, Tone.Tilde),
        ['\u0323'] = (VowelMark.None, Tone.Dot),
        ['\u0302'] = (VowelMark.Circumflex, Tone.None),
        ['\u0306'] = (VowelMark.Breve, Tone.None),
        ['\u031B'] = (VowelMark.Horn, Tone.None),
    }.ToFrozenDictionary();

    public bool IsMarked => Mark != VowelMark.None || Tone != Tone.None || Base == 'Đ';

    /// <summary>Takes a text apart, in capitals.</summary>
    public static List<VietnameseLetter> Of(string text)
    {
        var letters = new List<VietnameseLetter>(text.Length);
        foreach (var character in text)
        {
            if (!Combining.TryGetValue(character, out var worn))
            {
                if (character is >= '\u0300' and <= '\u036F')
                {
                    continue; // A mark of another language.
                }

                var capital = char.ToUpperInvariant(character);
                letters.Add(Marked.GetValueOrDefault(capital, new VietnameseLetter(capital, VowelMark.None, Tone.None)));
            }
            else if (letters.Count > 0)
            {
                var last = letters[^1];
                letters[^1] = new VietnameseLetter(last.Base, worn.Mark == VowelMark.None ? last.Mark : worn.Mark, worn.Tone == Tone.None ? last.Tone : worn.Tone);
            }
        }

        return letters;
    }

    private static FrozenDictionary<char, VietnameseLetter> Table(params (VowelMark Mark, string Letters)[] rows)
    {
        var table = new Dictionary<char, VietnameseLetter>();
        foreach (var (mark, letters) in rows)
        {
            for (var tone = Tone.Grave; tone <= Tone.Dot; tone++)
            {
                table[letters[(int)tone]] = new VietnameseLetter(letters[0], mark, tone);
            }
        }

        foreach (var (plain, letter) in new (char, VietnameseLetter)[]
        {
            ('Ă', new('A', VowelMark.Breve, Tone.None)), ('Â', new('A', VowelMark.Circumflex, Tone.None)), ('Ê', new('E', VowelMark.Circumflex, Tone.None)),
            ('Ô', new('O', VowelMark.Circumflex, Tone.None)), ('Ơ', new('O', VowelMark.Horn, Tone.None)), ('Ư', new('U', VowelMark.Horn, Tone.None)),
        })
        {
            table[plain] = letter;
        }

        return table.ToFrozenDictionary();
    }
}
