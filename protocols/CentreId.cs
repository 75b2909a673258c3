namespace MotCua.Protocols;

/// <summary>A centre's name on the wire, also its certificate name and MQTT user name: 2 to 32 of <c>a–z 0–9 -</c>, starting with a letter.</summary>
public readonly record struct CentreId
{
    public string Value { get; }

    public CentreId(string value) => Value = IsValid(value) ? value
        : throw new ArgumentException($"'{value}' is not a centre id: 2 to 32 of a-z, 0-9 and '-', starting with a letter.", nameof(value));

    public static bool IsValid(string value) =>
        value.Length is >= 2 and <= 32 && value[0] is >= 'a' and <= 'z' && value.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    public override string ToString() => Value;
}
