using System.Buffers;
using System.Globalization;

namespace MotCua.Protocols.Events;

/// <summary>Random identity of one unbroken journal, 64 bits, written as 16 lower-case hexadecimal digits. A journal that lost its past opens a new one.</summary>
public readonly record struct EpochId(ulong Value)
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static bool TryParse(ReadOnlySpan<char> text, out EpochId epoch)
    {
        // The framework's parser alone would take capitals and trailing zero characters: two texts for one journal.
        epoch = default;
        if (text.Length != 16 || text.ContainsAnyExcept(Digits) || !ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        epoch = new EpochId(value);
        return true;
    }

    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
