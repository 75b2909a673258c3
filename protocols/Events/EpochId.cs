using System.Globalization;

namespace MotCua.Protocols.Events;

/// <summary>Random identity of one unbroken journal, 64 bits, written as 16 lower-case hexadecimal digits. A journal that lost its past opens a new one.</summary>
public readonly record struct EpochId(ulong Value)
{
    public static bool TryParse(ReadOnlySpan<char> text, out EpochId epoch)
    {
        var ok = text.Length == 16 && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? (true, value) : (false, 0UL);
        epoch = new EpochId(ok.Item2);
        return ok.Item1;
    }

    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
