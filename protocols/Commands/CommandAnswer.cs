using System.Text.Json.Serialization;

namespace MotCua.Protocols.Commands;

/// <summary>How far a command has come, as the centre says it on <c>up/res/{id}</c>. The journal says the same with <c>command.answered</c>, so nothing is lost with a message.</summary>
/// <param name="Id">As in the topic.</param>
/// <param name="State">One of <see cref="CommandState"/>.</param>
/// <param name="Reason">Vietnamese, for an operator, at most <see cref="MaxReason"/> characters: why not, how far, or what came out; null when there is nothing to say.</param>
/// <param name="At">Wall time of the box.</param>
/// <param name="Step">Of a running command: how many of its steps are done; null when nobody can say.</param>
/// <param name="Steps">How many it has.</param>
public sealed record CommandAnswer(string Id, string State, string? Reason, DateTimeOffset At, int? Step = null, int? Steps = null)
{
    public const int MaxReason = 300;

    /// <summary>Cuts a reason to what fits, never through a letter.</summary>
    public static string? Fitting(string? reason) => reason is { Length: > MaxReason } ? reason[..(MaxReason - (char.IsHighSurrogate(reason[MaxReason - 2]) ? 2 : 1))] + "…" : reason;
}

/// <summary>The states of a command, as they travel.</summary>
public static class CommandState
{
    /// <summary>It is in the centre's journal and will be carried out.</summary>
    public const string Accepted = "accepted";

    public const string Running = "running";

    public const string Done = "done";

    /// <summary>It was begun, or should have been, and did not come to its end.</summary>
    public const string Failed = "failed";

    /// <summary>The centre will not do it, and did nothing of it.</summary>
    public const string Refused = "refused";

    public static bool IsKnown(string state) => state is Accepted or Running || IsFinal(state);

    /// <summary>Nothing comes after it.</summary>
    public static bool IsFinal(string state) => state is Done or Failed or Refused;
}

/// <summary>How answers are written and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CommandAnswer))]
public sealed partial class AnswerJson : JsonSerializerContext;
