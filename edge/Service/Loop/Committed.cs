using System.Collections.Immutable;
using MotCua.Edge.Journal;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>A durable event.</summary>
/// <param name="Canonical">The bytes in the journal and on the wire.</param>
public readonly record struct CommittedEvent(long Seq, DateTimeOffset At, EventData Data, ReadOnlyMemory<byte> Canonical);

/// <summary>What one commit made durable, with the state after it.</summary>
public sealed record Committed(CentreState State, JournalMark Mark, ImmutableArray<CommittedEvent> Events);

/// <summary>Takes what is durable. Called by the edge loop in order; returns at once (it enqueues or signals) and may throw without harm to the others.</summary>
public interface ICommitSink
{
    void Accept(Committed committed);
}

/// <summary>What came of a command.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    /// <param name="Events">Durable now; only those of this command.</param>
    public sealed record Accepted(ImmutableArray<CommittedEvent> Events) : Outcome;

    /// <param name="Code">See <see cref="Queue.Refused"/>.</param>
    public sealed record Refused(string Code, string Reason) : Outcome;

    /// <summary>The card refused; nothing happened, and the same command may be tried again.</summary>
    public sealed record NotDurable(string Reason) : Outcome;
}
