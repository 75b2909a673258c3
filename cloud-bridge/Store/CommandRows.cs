using MotCua.Protocols;

namespace MotCua.CloudBridge.Store;

/// <summary>Names a command: ids of two centres may be the same.</summary>
public readonly record struct CommandKey(CentreId Centre, string Id);

/// <summary>A command as an operator gave it, with its line in the audit.</summary>
/// <param name="Body">JSON object.</param>
/// <param name="Who">Whoever gave it, as he says himself.</param>
/// <param name="Reason">Why, in his words.</param>
public sealed record GivenCommand(CommandKey Key, string Kind, string Body, string Who, string Reason, DateTimeOffset Given, DateTimeOffset Expires);

/// <summary>A command has come further. A step that leads back, or comes again, changes nothing.</summary>
/// <param name="State">One of <see cref="CommandStages"/>.</param>
/// <param name="Note">What the centre says to it; null when nothing.</param>
/// <param name="Done">Of a running command: how many of <paramref name="Of"/> steps are done; null when nobody can say.</param>
/// <param name="At">When the bridge learned of it.</param>
public sealed record CommandStep(CommandKey Key, string State, string? Note, int? Done, int? Of, DateTimeOffset At);

/// <summary>A command with all that became of it.</summary>
/// <param name="History">The states it had, oldest first, each with when the bridge first learned of it and what was last said to it.</param>
public sealed record CommandRecord(GivenCommand Given, string State, string? Note, int? Done, int? Of, IReadOnlyList<CommandMoment> History);

/// <summary>What somebody did, for ever.</summary>
/// <param name="Action">Such as <c>command:announce</c>.</param>
/// <param name="Subject">What it was done to: the command's id.</param>
public sealed record AuditLine(DateTimeOffset At, string Who, string Action, CentreId Centre, string Subject, string Reason);

public sealed record CommandMoment(string State, string? Note, DateTimeOffset At);

/// <summary>The states of a command as the bridge tells them, in the order in which they may come.</summary>
public static class CommandStages
{
    /// <summary>Stored, and the centre was not there to be sent it.</summary>
    public const string Waiting = "waiting";

    public const string Sent = "sent";

    /// <summary>It expired before the centre answered. An answer that was only late comes after it all the same.</summary>
    public const string Expired = "expired";

    private const int RunningRank = 4;
    private const int FinalRank = 5;

    /// <returns>Higher comes later; a centre's word outweighs what the bridge thinks.</returns>
    public static int RankOf(string state) => state switch
    {
        Waiting => 0,
        Sent => 1,
        Expired => 2,
        Protocols.Commands.CommandState.Accepted => 3,
        Protocols.Commands.CommandState.Running => RunningRank,
        _ => FinalRank,
    };

    /// <summary>Whether the bridge still sends it.</summary>
    public static bool IsUnanswered(string state) => state is Waiting or Sent;

    /// <summary>Whether the step leads on from a state: forward, or the same running command with newer progress.</summary>
    public static bool LeadsOn(string from, CommandStep step) =>
        RankOf(step.State) is var to && RankOf(from) is var rank && (to > rank || (to == rank && to == RunningRank && step.Done is not null));
}
