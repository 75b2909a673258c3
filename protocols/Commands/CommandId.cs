namespace MotCua.Protocols.Commands;

/// <summary>A command's name (<c>jti</c>), the same in its topic, its answers and the journal: 1 to 32 of <c>a–z 0–9 -</c>.</summary>
public readonly record struct CommandId
{
    public string Value { get; }

    public CommandId(string value) => Value = IsValid(value) ? value
        : throw new ArgumentException($"'{value}' is not a command id: 1 to 32 of a-z, 0-9 and '-'.", nameof(value));

    public static bool IsValid(string value) => value.Length is >= 1 and <= 32 && value.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    public override string ToString() => Value;
}
