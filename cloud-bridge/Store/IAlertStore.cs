using MotCua.CloudBridge.Alerts;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Store;

/// <summary>Alerts, their history, their rules, and what is told of them. What is written here survives a power cut: it can be made again from nothing else.</summary>
/// <remarks>Every operation throws <see cref="BridgeStoreException"/> when the engine fails.</remarks>
public interface IAlertStore
{
    AlertMarks ReadMarks();

    /// <param name="endedAfter">Alerts that ended before are left out.</param>
    AlertMemory Load(DateTimeOffset endedAfter);

    /// <summary>Writes a step of the engine, or nothing.</summary>
    /// <returns>The marks after it.</returns>
    /// <exception cref="AlertsMovedException">The turn is another: a second engine is at work.</exception>
    AlertMarks Save(AlertMarks seen, AlertWrites writes);

    /// <summary>What people decided about alerts whose history grew after a line.</summary>
    IReadOnlyList<(long Alert, AlertCare Care)> ReadCareSince(long line);

    /// <summary>Does what somebody wants, with its line in the alert's history and, where the alert is about a centre, in the audit.</summary>
    /// <returns>Null when there is no such alert, it is over and no longer takes that, or its history is full.</returns>
    AlertLine? Do(AlertAct act);

    IReadOnlyList<Alert> Read(AlertQuery query);

    /// <returns>How many are open, by severity as in <see cref="MotCua.Protocols.Faults.Severity"/>.</returns>
    IReadOnlyDictionary<int, long> CountOpen();

    /// <returns>Null when there is none, or it is long gone.</returns>
    Alert? Find(long id);

    /// <summary>What happened to an alert, oldest first.</summary>
    IReadOnlyList<AlertLine> ReadLines(long alert, int limit);

    /// <summary>When centres were lost, by the alerts of a time; of alerts that are over and open.</summary>
    IReadOnlyList<(CentreId Centre, DateTimeOffset From, DateTimeOffset? To)> ReadLost(DateTimeOffset from, DateTimeOffset to, int limit);

    /// <summary>People who wait at a centre, as far as its log tells.</summary>
    long ReadWaiting(CentreId centre);

    /// <returns>Null while the rules of the program hold.</returns>
    RuleVersion? ReadRules();

    /// <summary>Newest first, without their contents.</summary>
    IReadOnlyList<RuleVersion> ReadRuleVersions(int limit);

    /// <returns>Null when it was never given.</returns>
    RuleVersion? FindRules(long version);

    /// <summary>Other rules hold from now on.</summary>
    /// <param name="based">The version that whoever gives them has seen.</param>
    /// <returns>Null when another version holds meanwhile.</returns>
    RuleVersion? SetRules(long based, string content, string who, string reason, DateTimeOffset at);

    /// <summary>Centres that have a region.</summary>
    IReadOnlyDictionary<CentreId, string> ReadRegions();

    /// <param name="region">Empty: none.</param>
    void SetRegion(IReadOnlyCollection<CentreId> centres, string region, string who, string reason, DateTimeOffset at);

    /// <summary>What is to be told by now, the longest due first.</summary>
    IReadOnlyList<AlertDelivery> ReadDue(DateTimeOffset now, int limit);

    /// <summary>An attempt was made.</summary>
    /// <param name="after">As it stands after it.</param>
    void Tried(AlertDelivery after, DeliveryAttempt attempt);

    /// <summary>The newest first.</summary>
    /// <param name="state">One of <see cref="DeliveryStates"/>; null for all.</param>
    /// <param name="alert">Null for all.</param>
    IReadOnlyList<AlertDelivery> ReadDeliveries(string? state, long? alert, int limit);

    /// <returns>Null when there is none, or it is long gone.</returns>
    AlertDelivery? FindDelivery(long id);

    /// <summary>Of one delivery, oldest first.</summary>
    IReadOnlyList<DeliveryAttempt> ReadAttempts(long delivery, int limit);

    /// <summary>What was given up is tried again, with its line in the history.</summary>
    /// <returns>False when there is no such one, or it was not given up.</returns>
    bool TryAgain(long delivery, string who, string reason, DateTimeOffset at);

    /// <summary>Removes alerts that ended before a moment, with all that belongs to them, and what was told before; in pieces.</summary>
    void Forget(DateTimeOffset before);

    /// <summary>Copies all of it into another store, whatever its engine; done again, it changes nothing.</summary>
    void CopyTo(IAlertStore target);
}
