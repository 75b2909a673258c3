using System.Collections.Immutable;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>A command of the province that this centre has had.</summary>
/// <param name="State">As on the wire; see <see cref="CommandState"/>.</param>
/// <param name="Expires">By the province's clock.</param>
/// <param name="At">Wall time of the box when it came to that state.</param>
/// <param name="Seq">Sequence number of the event that says so; 0 when it stands in an older journal.</param>
public sealed record KnownCommand(string Id, string Kind, string State, string? Reason, DateTimeOffset Issued, DateTimeOffset Expires, DateTimeOffset At, long Seq)
{
    public bool IsOver => CommandState.IsFinal(State);
}

/// <summary>Which commands the centre has had, so that none is obeyed twice, whoever sends it again.</summary>
/// <param name="Latest">The newest time that the province has signed a command at: now is not before it.</param>
/// <remarks>
/// A command that is over is forgotten once the province itself has signed a later one at a time when the old one had long expired. So the box's own clock, which may be
/// years off, forgets nothing; and what was forgotten could no longer be obeyed.
/// </remarks>
public sealed record CommandMemory(ImmutableSortedDictionary<string, KnownCommand> Known, DateTimeOffset Latest)
{
    /// <summary>Some hundred commands a day; past it new ones are not taken until older ones have expired.</summary>
    public const int Most = 256;

    // A clock that people trust may still be a day behind; then a command that expired yesterday must be known as well.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(1);

    public static CommandMemory Empty { get; } = new(ImmutableSortedDictionary.Create<string, KnownCommand>(StringComparer.Ordinal), DateTimeOffset.UnixEpoch);

    /// <summary>No room for a command that was signed at this time: taking it forgets what is long over by then.</summary>
    public bool IsFullFor(DateTimeOffset issued)
    {
        var latest = issued > Latest ? issued : Latest;
        return Known.Count >= Most && Known.Values.Count(command => !IsForgotten(command, latest)) >= Most;
    }

    public static CommandMemory Of(IEnumerable<KnownCommand> known, DateTimeOffset latest) => Empty with
    {
        Known = Empty.Known.SetItems(known.Select(command => KeyValuePair.Create(command.Id, command))), Latest = latest,
    };

    internal CommandMemory With(CommandAnswered answered, long seq, DateTimeOffset at)
    {
        // A command that was refused may be so because its time of signing made no sense.
        var latest = answered.State == CommandState.Accepted && answered.Issued > Latest ? answered.Issued : Latest;
        var known = Known.SetItem(answered.Id, new KnownCommand(answered.Id, answered.Kind, answered.State, answered.Reason, answered.Issued, answered.Expires, at, seq));
        return new CommandMemory(
            latest == Latest ? known : known.RemoveRange(known.Values.Where(command => IsForgotten(command, latest)).Select(command => command.Id)), latest);
    }

    private static bool IsForgotten(KnownCommand command, DateTimeOffset latest) => command.IsOver && latest - command.Expires > Margin;

    /// <summary>Of a journal that was closed: its numbers mean other events now.</summary>
    internal CommandMemory InAnotherJournal() => Of(Known.Values.Select(command => command with { Seq = 0 }), Latest);
}
