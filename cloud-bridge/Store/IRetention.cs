using MotCua.CloudBridge.Views;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Store;

/// <summary>The part of the log that somebody had the province forget.</summary>
/// <param name="Row">Newest stretch of it, as <see cref="EventPosition.Row"/>.</param>
/// <param name="Before">What was received before this.</param>
/// <param name="At">When it was ordered.</param>
/// <param name="Logs">Up to where each log is forgotten; the chain goes on from there.</param>
public sealed record ForgottenPart(long Row, DateTimeOffset Before, DateTimeOffset At, IReadOnlyList<(LogId Log, LogEnd End)> Logs);

/// <summary>What would be forgotten.</summary>
/// <param name="Row">Newest stretch of it; 0 when there is nothing.</param>
/// <param name="IsBeginning">False when stretches that stay lie among those that go: the clock of a bridge was wrong, and another bound is needed.</param>
public sealed record ForgetPlan(DateTimeOffset Before, long Row, long Stretches, long Events, bool IsBeginning);

/// <summary>Forgets old parts of the log, whole months by their receipt, and remembers that it did.</summary>
/// <remarks>Every operation throws <see cref="BridgeStoreException"/> when the engine fails.</remarks>
public interface IRetention
{
    /// <returns>Null while nothing was ever forgotten.</returns>
    ForgottenPart? Read();

    /// <param name="before">Beginning of a month in UTC.</param>
    ForgetPlan Plan(DateTimeOffset before);

    /// <summary>Remembers first, then removes, in pieces that hold up neither ingest nor pages. Broken off, the same call goes on.</summary>
    /// <exception cref="BridgeStoreException">The engine failed, or the views do not have all of it; then nothing was forgotten.</exception>
    void Forget(ForgetPlan plan, DateTimeOffset at);

    /// <summary>Goes on removing what was forgotten, where that was broken off.</summary>
    void Finish();

    /// <summary>An empty store takes over what another one has forgotten, so that logs go on from there.</summary>
    void Adopt(ForgottenPart part);
}

/// <summary>Views of the forgotten part, which nobody can make again.</summary>
public interface IOldViews
{
    /// <summary>Tickets of the whole generation that were issued up to a row, in the order in which they were issued.</summary>
    IReadOnlyList<TicketView> ReadTicketsUpTo(long row, CentreId centre, long after, int limit);

    /// <summary>Faults of the whole generation that were told up to a row.</summary>
    IReadOnlyList<FaultView> ReadFaultsUpTo(long row, CentreId centre, long after, int limit);
}
