using System.Text.Json.Serialization;

namespace MotCua.Edge.Clerks;

/// <summary>What somebody with a PIN may do.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClerkRole>))]
public enum ClerkRole
{
    /// <summary>Works at counters ("cán bộ quầy").</summary>
    Clerk,

    /// <summary>Everything of a clerk, and sees the day ("giám đốc").</summary>
    Director,

    /// <summary>Answers help requests ("đội hỗ trợ").</summary>
    Team,
}

/// <summary>Somebody who logs in with a PIN. Stands in a file of the box and never in an event.</summary>
/// <param name="Name">As it is chosen from the list at the log-in: 1 to 40 characters of one line.</param>
/// <param name="Salt">Fresh with each PIN, so it also tells one PIN of the clerk from the next.</param>
/// <param name="Iterations">Of PBKDF2-SHA256, kept with each so that the cost can grow.</param>
public sealed record Clerk(string Name, ClerkRole Role, string Salt, string Hash, int Iterations)
{
    public static bool IsName(string name) => name.Length is >= 1 and <= 40 && !string.IsNullOrWhiteSpace(name) && name.Trim() == name && !name.Any(char.IsControl);
}

/// <summary>The file's content.</summary>
internal sealed record ClerkList(IReadOnlyList<Clerk> Clerks);

/// <summary>Wrong PINs in a row, by clerk; kept so that pulling the plug gives nobody new tries.</summary>
/// <param name="Salt">Of the PIN that was guessed at: a reset PIN begins without failures.</param>
/// <param name="Locked">A lock was on when this was written. Nobody knows how long the box was off, so after a start it begins again.</param>
internal sealed record ClerkFailures(string Name, string Salt, int Failures, bool Locked);

internal sealed record ClerkFailureList(IReadOnlyList<ClerkFailures> Clerks);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, WriteIndented = true)]
[JsonSerializable(typeof(ClerkList))]
[JsonSerializable(typeof(ClerkFailureList))]
internal sealed partial class ClerkJson : JsonSerializerContext;
