namespace MotCua.Protocols.Events;

/// <summary>A citizen has a number.</summary>
/// <param name="Number">Series letter and at least three digits, such as <c>A105</c>; unique within <paramref name="Date"/>.</param>
/// <param name="Service">Service code of the centre's configuration.</param>
/// <param name="Token">Secret of the citizen's page, 22 characters base64url (128 random bits); tells nothing about the person.</param>
/// <param name="Origin">What issued it, such as <c>button:chung-thuc</c> or <c>api</c>.</param>
/// <param name="Ahead">Tickets of the same service that are called before it, as things stood.</param>
/// <param name="Priority">Code of a group of the province's priority table; null for everyone else. Never shown in public.</param>
/// <param name="CreditSeconds">How much earlier than its arrival the ticket counts, 0 to 14,400 s.</param>
/// <param name="Appointment">Id of the appointment that was checked in; null without one.</param>
/// <param name="Slot">When that appointment was to be; null as well when the citizen came too late to keep it.</param>
/// <param name="Language">In which it is called as well, such as <c>en</c> or <c>mtq</c> (ISO 639); null for the centre's languages alone.</param>
/// <param name="Procedure">Code of the procedure that was looked up for it, 1 to 48 of <c>a–z 0–9 . -</c>; null for a service alone.</param>
public sealed record TicketIssued(
    DateOnly Date, string Number, string Service, string Token, string Origin, int Ahead,
    string? Priority = null, int CreditSeconds = 0, string? Appointment = null, DateTimeOffset? Slot = null, string? Language = null, string? Procedure = null) : EventData;

/// <summary>A ticket is called to a counter for the first time.</summary>
/// <param name="Why">Why this ticket now, one Vietnamese sentence for staff.</param>
/// <param name="Grounds">The same as data; null in events of the first version, which called in order.</param>
public sealed record TicketCalled(DateOnly Date, string Number, int Counter, string Why, CallGrounds? Grounds = null) : EventData;

/// <summary>Why a ticket was called now, as data.</summary>
/// <param name="Kind"><c>in-order</c>, <c>priority</c>, <c>due</c>, <c>appointment</c>, <c>returned</c>, <c>direct</c> or <c>chosen</c>.</param>
/// <param name="Priority">Group whose credit counted; null for none.</param>
/// <param name="Passed">How many who came earlier, and whom the counter could have served, this call went past.</param>
/// <param name="Over">Services in which someone was overtaken by it.</param>
/// <param name="Because">A clerk's reason for a chosen call or a transfer; null otherwise.</param>
public sealed record CallGrounds(string Kind, string? Priority, int Passed, IReadOnlyList<string> Over, string? Because)
{
    public bool Equals(CallGrounds? other) =>
        other is not null && (Kind, Priority, Passed, Because) == (other.Kind, other.Priority, other.Passed, other.Because) && Over.SequenceEqual(other.Over, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Kind, Priority, Passed, Because, Over.Count);
}

/// <summary>The same ticket is called again to the same counter.</summary>
/// <param name="Call">2 for the first repetition, and so on.</param>
public sealed record TicketRecalled(DateOnly Date, string Number, int Counter, int Call) : EventData;

/// <summary>The citizen is at the counter.</summary>
public sealed record TicketServing(DateOnly Date, string Number, int Counter) : EventData;

/// <summary>Service of a ticket ended.</summary>
/// <param name="Inferred">True when it was concluded from the clerk's call of the next one, or from time at a self-service counter; statistics report these apart.</param>
public sealed record TicketDone(DateOnly Date, string Number, int Counter, bool Inferred) : EventData;

/// <summary>The citizen did not come after enough calls.</summary>
/// <param name="ReturnUntil">Until when the ticket may come back; null: all day, since the clock is not trusted.</param>
/// <param name="Inferred">Concluded from the clerk's call of the next one.</param>
public sealed record TicketMissed(DateOnly Date, string Number, int Counter, DateTimeOffset? ReturnUntil, bool Inferred) : EventData;

/// <summary>Set aside at the counter, such as for a missing copy.</summary>
public sealed record TicketParked(DateOnly Date, string Number, int Counter, string Why) : EventData;

/// <summary>A missed or parked ticket is in line again at its old place.</summary>
public sealed record TicketReturned(DateOnly Date, string Number) : EventData;

/// <summary>Sent on from a counter; it keeps its number and its arrival.</summary>
/// <param name="Service">The service it waits for now.</param>
/// <param name="To">The counter that calls it before anyone else; null when it waits in the service's line.</param>
public sealed record TicketTransferred(DateOnly Date, string Number, int From, string Service, int? To, string Why) : EventData;

/// <summary>Given up before it was served.</summary>
/// <param name="By">The counter that cancelled it; null for a citizen or a page without a counter.</param>
public sealed record TicketCancelled(DateOnly Date, string Number, string Why, int? By) : EventData;

/// <summary>A ticket of a past day that nobody served; never counted as served.</summary>
public sealed record TicketExpired(DateOnly Date, string Number) : EventData;

/// <summary>A clerk took the last action at the counter back: the ticket is where it was before.</summary>
/// <param name="Action"><c>finish</c>, <c>miss</c>, <c>park</c>, <c>transfer</c> or <c>cancel</c>.</param>
public sealed record ActionUndone(DateOnly Date, string Number, int Counter, string Action) : EventData;

/// <summary>Printed once more.</summary>
/// <param name="Copy">2 for the first print after the original.</param>
/// <param name="Origin">As in <see cref="TicketIssued"/>.</param>
public sealed record TicketReprinted(DateOnly Date, string Number, int Copy, string Origin) : EventData;

/// <summary>A ticket is on paper: the printer took all of it and reported no error.</summary>
/// <param name="Copy">1 for the original.</param>
/// <param name="Printer">Device of the centre's configuration.</param>
/// <param name="Millimetres">Paper used; added up, it tells how old the head is and how much is left of a roll.</param>
public sealed record TicketPrinted(DateOnly Date, string Number, int Copy, string Printer, int Millimetres) : EventData;

/// <summary>A ticket got no paper, or nobody knows; an original was shown and spoken instead. It is not printed again by itself.</summary>
/// <param name="Copy">1 for the original.</param>
/// <param name="Fault">Code of the fault catalogue, such as <c>printer.paper-out</c>.</param>
public sealed record TicketUnprinted(DateOnly Date, string Number, int Copy, string Printer, string Fault) : EventData;

/// <summary>The citizen's word on the service.</summary>
/// <param name="Rating"><c>very-satisfied</c>, <c>satisfied</c> or <c>not-satisfied</c>.</param>
/// <param name="Reasons">Of one who was not satisfied, from a closed list: <c>long-wait</c>, <c>unclear-guidance</c>, <c>attitude</c>, <c>extra-papers</c>, <c>late-result</c>, <c>other</c>; null for none.</param>
public sealed record TicketRated(DateOnly Date, string Number, int Counter, string Rating, IReadOnlyList<string>? Reasons = null) : EventData
{
    public bool Equals(TicketRated? other) =>
        other is not null && (Date, Number, Counter, Rating) == (other.Date, other.Number, other.Counter, other.Rating) && (Reasons ?? []).SequenceEqual(other.Reasons ?? [], StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Date, Number, Counter, Rating, Reasons?.Count ?? 0);
}
