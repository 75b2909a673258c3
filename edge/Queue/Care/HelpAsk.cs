using System.Collections.Frozen;

namespace MotCua.Edge.Queue;

/// <summary>What the support team is called for.</summary>
public enum HelpKind
{
    /// <summary>Somebody needs a person; a button cannot say more.</summary>
    Other,

    /// <summary>Computer, network or printer of a counter.</summary>
    Technical,

    /// <summary>A device of the box that is at fault.</summary>
    Device,

    /// <summary>A citizen who cannot come is to be served at home. It outlives the day.</summary>
    Home,

    /// <summary>Somebody is in danger at a counter: the button that no other call hides.</summary>
    Emergency,
}

/// <summary>A hamlet or quarter ("Khu 5", "Xóm Bãi", "Tổ dân phố 7"): what such a place is called by, then at most three words, on one line of at most 40 characters.</summary>
/// <remarks>It goes to the province and stays there, so neither a phone number, an identity paper nor a person gets into it: never three figures in a row, and no form of address.</remarks>
public readonly record struct HomeArea
{
    private const int Longest = 40;
    private const int MostWords = 3;

    // With and without marks, as people type them.
    private static readonly FrozenSet<string> Beginnings = new[] { "khu", "xóm", "xom", "thôn", "thon", "bản", "ban", "tổ", "to" }.ToFrozenSet(StringComparer.Ordinal);

    // Without marks only what names no place either: «Chu Hóa» is one, «Bắc Sơn» another.
    private static readonly FrozenSet<string> Addresses =
        new[] { "ông", "ong", "bà", "anh", "chị", "cụ", "cô", "chú", "bác", "em", "nhà", "nha" }.ToFrozenSet(StringComparer.Ordinal);

    public string Value { get; }

    public HomeArea(string value) => Value = IsValid(value) ? value
        : throw new ArgumentException("An area begins with khu, xóm, thôn, bản or tổ, then at most three words without a person or long figures.", nameof(value));

    public static bool IsValid(string value)
    {
        if (value.Length is < 1 or > Longest || value.Any(char.IsControl) || HasLongFigures(value))
        {
            return false;
        }

        var words = value.Split([' ', ',', '.', '-'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length is >= 2 and <= 1 + MostWords && Beginnings.Contains(Small(words[0]))
            && !words.Skip(1).Any(word => Addresses.Contains(Small(word)) || !word.All(char.IsLetterOrDigit));
    }

    public override string ToString() => Value;

    // Blanks, dots and dashes are how people write phone numbers.
    private static bool HasLongFigures(string value)
    {
        var figures = 0;
        foreach (var c in value)
        {
            figures = char.IsDigit(c) ? figures + 1 : c is ' ' or '.' or '-' ? figures : 0;
            if (figures >= 3)
            {
                return true;
            }
        }

        return false;
    }

    private static string Small(string word) => word.ToLowerInvariant();
}

/// <summary>A place that waits for the support team.</summary>
/// <param name="Area">Of <see cref="HelpKind.Home"/>: where about the citizen lives.</param>
/// <param name="TakenBy">Number of the member who is on the way, 1 to 99; who that is stands on the team's own list.</param>
public sealed record HelpAsk(DateTimeOffset Since, HelpKind Kind = HelpKind.Other, HomeArea? Area = null, int? TakenBy = null, DateTimeOffset? TakenAt = null);
