using System.Text.Json;
using MotCua.Protocols.Commands;

namespace MotCua.Edge.Commands;

/// <summary>What has become of a command that was begun.</summary>
/// <param name="State">Running, done or failed, as on the wire.</param>
/// <param name="Reason">Vietnamese: how far, or what came out.</param>
/// <param name="Step">How many of <paramref name="Steps"/> are done; null when nobody can say.</param>
public readonly record struct CommandProgress(string State, string? Reason, int? Step = null, int? Steps = null)
{
    /// <summary>Nothing of this run of the program knows it: the box went off in the middle, and to begin again might do it twice.</summary>
    public static CommandProgress Interrupted { get; } = new(CommandState.Failed, "Máy tại trung tâm khởi động lại trong lúc thực hiện; không rõ đã xong chưa.");
}

/// <summary>A kind of command: goes through the same door as a clerk who wants the same. A new kind is one class and one line where the centre is put together.</summary>
/// <remarks>The desk's loop calls it; each call returns at once.</remarks>
public interface ICommandKind
{
    /// <summary>As on the wire.</summary>
    string Name { get; }

    /// <returns>Null when it may be accepted now; otherwise why not, Vietnamese.</returns>
    string? Check(JsonElement body);

    /// <summary>Begins. Called once for each command, after the journal says that it runs.</summary>
    /// <returns>Null when it has begun; otherwise why not, Vietnamese.</returns>
    string? Begin(CommandId id, JsonElement body);

    /// <returns><see cref="CommandProgress.Interrupted"/> for a command that an earlier run of the program began and nothing remembers.</returns>
    CommandProgress Look(CommandId id);
}
