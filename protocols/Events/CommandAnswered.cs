namespace MotCua.Protocols.Events;

/// <summary>How far a command of the province has come. Written before it is acted upon and once it is over, so that a power cut neither loses nor doubles it.</summary>
/// <param name="Id">Name of the command.</param>
/// <param name="Kind">As it was commanded.</param>
/// <param name="State"><c>accepted</c>, <c>running</c>, <c>done</c>, <c>failed</c> or <c>refused</c>.</param>
/// <param name="Reason">Vietnamese, for an operator; never what was to be said, since people type names. Null when there is nothing to say.</param>
/// <param name="Issued">When the province signed it, by its own clock.</param>
/// <param name="Expires">Not begun after this, by the province's clock.</param>
public sealed record CommandAnswered(string Id, string Kind, string State, string? Reason, DateTimeOffset Issued, DateTimeOffset Expires) : EventData;
