using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>Why a ticket was called now, as data.</summary>
/// <param name="Passed">How many who came earlier, and whom the counter could have served, this call went past.</param>
/// <param name="Over">The services in which an ordinary call went past someone: each of those tickets counts it. Empty for calls that are counted apart.</param>
/// <param name="Because">A clerk's reason for a chosen call or a transfer.</param>
public sealed record CallGrounds(CallKind Kind, PriorityCode? Priority, int Passed, ImmutableArray<ServiceCode> Over, Reason? Because)
{
    public bool Equals(CallGrounds? other) =>
        other is not null && (Kind, Priority, Passed, Because) == (other.Kind, other.Priority, other.Passed, other.Because) && Over.AsSpan().SequenceEqual(other.Over.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Kind, Priority, Passed, Because, Over.Length);
}

/// <summary>What let a ticket be called. <see cref="InOrder"/>, <see cref="Priority"/> and <see cref="Due"/> are ordinary; the others are counted apart.</summary>
public enum CallKind
{
    /// <summary>The earliest effective arrival, without a credit's help.</summary>
    InOrder,

    /// <summary>The earliest effective arrival, by the credit of its group.</summary>
    Priority,

    /// <summary>It was overtaken as often as anyone may be, so it goes before every credit.</summary>
    Due,

    /// <summary>An appointment at its slot.</summary>
    Appointment,

    /// <summary>Back in line after it was missed or parked.</summary>
    Returned,

    /// <summary>Sent straight to this counter by another, or to one that keeps nobody now (<see cref="Reservation"/>).</summary>
    Direct,

    /// <summary>A clerk chose the number and said why.</summary>
    Chosen,
}
