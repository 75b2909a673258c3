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
}

/// <summary>A hamlet or quarter ("khu 5", "xóm Đồng"): 1 to 40 characters of one line, and never three figures in a row, so that neither a phone number nor an identity paper gets into an event.</summary>
public readonly record struct HomeArea
{
    public string Value { get; }

    public HomeArea(string value) => Value = IsValid(value) ? value
        : throw new ArgumentException("An area has 1 to 40 characters on one line and no long figures.", nameof(value));

    public static bool IsValid(string value)
    {
        if (value.Length is < 1 or > 40 || string.IsNullOrWhiteSpace(value) || value.Any(char.IsControl))
        {
            return false;
        }

        // Blanks, dots and dashes are how people write phone numbers.
        var figures = 0;
        foreach (var c in value)
        {
            figures = char.IsDigit(c) ? figures + 1 : c is ' ' or '.' or '-' ? figures : 0;
            if (figures >= 3)
            {
                return false;
            }
        }

        return true;
    }

    public override string ToString() => Value;
}

/// <summary>A place that waits for the support team.</summary>
/// <param name="Area">Of <see cref="HelpKind.Home"/>: where about the citizen lives.</param>
/// <param name="TakenBy">Number of the member who is on the way, 1 to 99; who that is stands on the team's own list.</param>
public sealed record HelpAsk(DateTimeOffset Since, HelpKind Kind = HelpKind.Other, HomeArea? Area = null, int? TakenBy = null, DateTimeOffset? TakenAt = null);
