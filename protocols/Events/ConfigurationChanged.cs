using MotCua.Protocols.Configuration;

namespace MotCua.Protocols.Events;

/// <summary>What became of a configuration that the province sent. Written before it is tried, and once it is decided.</summary>
/// <param name="Revision">As the province numbered it.</param>
/// <param name="Hash">SHA-256 of its text, 64 hexadecimal digits.</param>
/// <param name="Outcome"><c>tried</c>, <c>kept</c>, <c>refused</c>, <c>rolled-back</c> or <c>set-aside</c>.</param>
/// <param name="Reason">Vietnamese, at most <see cref="MaxReason"/> characters; null when there is nothing to say.</param>
/// <param name="Errors">Of a refused one: each error with line, path, what was found and what is needed; at most <see cref="MostErrors"/>, the last of which counts the rest. Else empty.</param>
public sealed record ConfigurationChanged(long Revision, string Hash, string Outcome, string? Reason, IReadOnlyList<string> Errors) : EventData
{
    public const int MaxReason = 300;

    /// <summary>So many of <see cref="MaxError"/> characters fit an event, whatever letters they have.</summary>
    public const int MostErrors = 12;

    public const int MaxError = 180;

    /// <summary>Makes one whose texts fit the wire, on a line each.</summary>
    public static ConfigurationChanged Of(long revision, string hash, string outcome, string? reason, IReadOnlyList<string> errors) => new(
        revision, hash, outcome, reason is null ? null : Line(reason, MaxReason),
        errors.Count <= MostErrors
            ? [.. errors.Select(error => Line(error, MaxError))]
            : [.. errors.Take(MostErrors - 1).Select(error => Line(error, MaxError)), $"… và {errors.Count - MostErrors + 1} lỗi khác"]);

    /// <summary>Whether a reader can keep and show it.</summary>
    public bool IsFitting() => Revision > 0 && Hash.Length == 64 && ConfigurationOutcome.IsKnown(Outcome) && (Reason?.Length ?? 0) <= MaxReason && Errors.Count <= MostErrors && Errors.All(error => error is { Length: <= MaxError });

    public bool Equals(ConfigurationChanged? other) =>
        other is not null && (Revision, Hash, Outcome, Reason) == (other.Revision, other.Hash, other.Outcome, other.Reason) && Errors.SequenceEqual(other.Errors);

    public override int GetHashCode() => HashCode.Combine(Revision, Hash, Outcome, Reason, Errors.Count);

    // Never cut through a letter of two halves.
    private static string Line(string text, int most)
    {
        var line = new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
        return line.Length <= most ? line : line[..(most - (char.IsHighSurrogate(line[most - 2]) ? 2 : 1))] + "…";
    }
}
