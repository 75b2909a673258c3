using System.Text.Json;
using MotCua.Edge.Loop;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Commands;

/// <summary>A command on its way through the desk.</summary>
internal sealed class CommandOrder(CommandId id, string kind, JsonElement? body, DateTimeOffset issued, DateTimeOffset expires)
{
    public CommandId Id => id;

    public string Kind => kind;

    /// <summary>Null when the card lost it.</summary>
    public JsonElement? Body => body;

    public DateTimeOffset Expires => expires;

    /// <summary>Its place in the order in which they were accepted.</summary>
    public long Turn { get; set; }

    /// <summary>What the journal says of it; null before it says anything.</summary>
    public string? Written { get; set; }

    /// <summary>What was handed to the journal and is not durable yet.</summary>
    public CommandAnswered? Writing { get; set; }

    /// <summary>What was said last of a running command, so that only changes are told.</summary>
    public CommandProgress? Told { get; set; }

    public CommandAnswered Now(string state, string? reason) => new(id.Value, kind, state, CommandAnswer.Fitting(reason), issued, expires);

    public static CommandOrder Of(Command command) => new(command.Id, command.Kind, command.Body, command.Issued, command.Expires);

    /// <summary>One that an earlier run of the program left open.</summary>
    public static CommandOrder Of(KnownCommand known, JsonElement? body) =>
        new(new CommandId(known.Id), known.Kind, body, known.Issued, known.Expires) { Written = known.State };
}
