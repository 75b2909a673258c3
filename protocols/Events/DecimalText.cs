using System.Globalization;

namespace MotCua.Protocols.Events;

/// <summary>64-bit numbers as they travel: decimal digits in a string, since CloudEvents integers have 32 bits and JavaScript's 53.</summary>
internal static class DecimalText
{
    /// <returns>False for signs, blanks, leading zeros, anything but digits, and what is over 63 bits.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out long value)
    {
        // The framework's parser alone would take leading zeros and trailing zero characters.
        value = 0;
        return !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9') && (text[0] != '0' || text.Length == 1)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
