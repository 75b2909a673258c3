using System.Globalization;

namespace MotCua.Edge.Queue;

/// <summary>A counter ("quầy"), 1 to 99.</summary>
public readonly record struct CounterId
{
    public int Value { get; }

    public CounterId(int value) => Value = value is >= 1 and <= 99 ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "Counters are numbered 1..99.");

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Code of a service ("lĩnh vực") as configured, such as <c>chung-thuc</c>: 1 to 32 of <c>a–z 0–9 -</c>.</summary>
public readonly record struct ServiceCode
{
    public string Value { get; }

    public ServiceCode(string value) => Value = IsValid(value) ? value
        : throw new ArgumentException($"'{value}' is not a service code: 1 to 32 of a-z, 0-9 and '-'.", nameof(value));

    public static bool IsValid(string value) =>
        value.Length is >= 1 and <= 32 && value.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    public override string ToString() => Value;
}

/// <summary>A ticket's number: series letter and a count from 1. Three digits at least, four beyond 999, as citizens read it: <c>A007</c>, <c>A1005</c>.</summary>
public readonly record struct TicketNumber
{
    /// <summary>Largest value.</summary>
    public const int Most = 9_999_999;

    public char Series { get; }

    public int Value { get; }

    public TicketNumber(char series, int value)
    {
        Series = series is >= 'A' and <= 'Z' ? series
            : throw new ArgumentOutOfRangeException(nameof(series), series, "A series is a letter A..Z.");
        Value = value is >= 1 and <= Most ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A number is 1..9,999,999.");
    }

    /// <exception cref="FormatException">Not a letter followed by three to seven digits.</exception>
    public static TicketNumber Parse(string text) =>
        text.Length is >= 4 and <= 8 && text[0] is >= 'A' and <= 'Z'
        && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1
            ? new TicketNumber(text[0], value)
            : throw new FormatException($"'{text}' is not a ticket number such as A105.");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Series}{Value:D3}");
}

/// <summary>Secret of the citizen's page: 128 random bits as 22 characters base64url.</summary>
public readonly record struct FollowToken
{
    public string Value { get; }

    public FollowToken(string value) => Value = value.Length == 22 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? value
        : throw new ArgumentException("A follow token has 22 characters of base64url.", nameof(value));

    public override string ToString() => Value;
}
