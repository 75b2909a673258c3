using System.Collections.Frozen;
using System.Text;

namespace MotCua.Edge.Devices.Boards;

/// <summary>Vietnamese for displays that know ASCII only: letters lose their marks (đ→d, Ă→A, ệ→e), everything else that is not ASCII becomes '?'.</summary>
/// <remarks>
/// The table is our own because the service runs with invariant globalization, where the runtime promises no decomposition.
/// Precomposed (NFC) and combining (NFD) input give the same answer.
/// </remarks>
public static class VietnameseFolding
{
    private static readonly FrozenDictionary<char, char> Plain = Table(
        ('a', "àáảãạăằắẳẵặâầấẩẫậ"),
        ('d', "đ"),
        ('e', "èéẻẽẹêềếểễệ"),
        ('i', "ìíỉĩị"),
        ('o', "òóỏõọôồốổỗộơờớởỡợ"),
        ('u', "ùúủũụưừứửữự"),
        ('y', "ỳýỷỹỵ"));

    /// <summary>Folds text to the characters 0x20 to 0x7E.</summary>
    /// <param name="text">Any text. Control characters become spaces.</param>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Where(letter => !IsCombining(letter)))
        {
            folded.Append(FoldOne(letter));
        }

        return folded.ToString();
    }

    private static char FoldOne(char letter) => letter switch
    {
        < ' ' or '\x7F' or '\u00A0' => ' ',
        <= '~' => letter,
        '–' or '—' or '·' or '•' => '-',
        '‘' or '’' => '\'',
        '“' or '”' => '"',
        _ => Plain.GetValueOrDefault(letter, '?'),
    };

    /// <summary>Combining diacritical marks, among them the five tones, breve, circumflex and horn.</summary>
    private static bool IsCombining(char letter) => letter is >= '\u0300' and <= '\u036F';

    private static FrozenDictionary<char, char> Table(params (char Plain, string Marked)[] rows) => rows
        .SelectMany(row => row.Marked.SelectMany(marked => new[]
        {
            KeyValuePair.Create(marked, row.Plain),
            KeyValuePair.Create(char.ToUpperInvariant(marked), char.ToUpperInvariant(row.Plain)),
        }))
        .ToFrozenDictionary();
}
