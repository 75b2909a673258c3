using System.Text.RegularExpressions;

namespace MotCua.Protocols;

/// <summary>A centre's name on the wire, also its certificate name and MQTT user name: 2 to 32 of <c>a–z 0–9 -</c>, starting with a letter.</summary>
public readonly partial record struct CentreId
{
    public string Value { get; }

    public CentreId(string value) => Value = IsValid(value) ? value
        : throw new ArgumentException($"'{value}' is not a centre id: 2 to 32 of a-z, 0-9 and '-', starting with a letter.", nameof(value));

    public static bool IsValid(string value) => Pattern().IsMatch(value);

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{1,31}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
