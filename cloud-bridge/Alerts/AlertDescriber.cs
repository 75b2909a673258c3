using System.Globalization;
using MotCua.CloudBridge.Alerts.Telling;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Alerts;

/// <summary>Adds to an alert what only the rest of the bridge knows: names of centres, and how many people wait there. Any thread.</summary>
/// <param name="publicUrls">Where browsers see us; the first is told in messages.</param>
public sealed class AlertDescriber(IBridgeStore store, FleetView fleet, IReadOnlyList<Uri> publicUrls, TimeProvider time)
{
    // Counting people at more centres than this would hold up a page; nobody reads the sum of a hundred.
    private const int MostCounted = 30;
    private const int MostRemembered = 10_000;

    // So often a page that looks every second is told anew.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<CentreId, (long At, long Waiting)> counts = [];

    public string NameOf(CentreId centre) => fleet.NameOf(centre);

    /// <summary>People who wait at the centres of an alert now; null when it is about none, or about too many to count.</summary>
    /// <exception cref="BridgeStoreException">The store cannot be read.</exception>
    public long? WaitingAt(IReadOnlyList<CentreId> centres) => centres.Count is 0 or > MostCounted ? null : centres.Sum(WaitingAt);

    /// <summary>What people are told.</summary>
    public AlertMessage MessageOf(Alert alert, AlertMoment moment, DateTimeOffset at)
    {
        var centres = alert.Centres;
        return new AlertMessage(
            alert.Id, moment.ToString().ToLowerInvariant(), AlertWords.Of(moment), SeverityWords.Of(alert.Severity), AlertWords.Of(alert.Severity), AlertWords.Title(alert.Root),
            AlertWords.Place(alert.Root, centres, NameOf), alert.Since, at, AlertWords.Harm(alert.Root, WaitingAt(centres)), AlertWords.WhatToDo(alert.Root),
            [.. centres.Take(MostCounted).Select(NameOf)], alert.Care.AssignedTo, LinkTo(alert.Id));
    }

    private string? LinkTo(long alert) =>
        publicUrls.Count == 0 ? null : new Uri(publicUrls[0], string.Create(CultureInfo.InvariantCulture, $"/alerts?alert={alert}")).ToString();

    private long WaitingAt(CentreId centre)
    {
        lock (gate)
        {
            if (counts.TryGetValue(centre, out var known) && time.GetElapsedTime(known.At) < Fresh)
            {
                return known.Waiting;
            }
        }

        var waiting = store.Alerts.ReadWaiting(centre);
        lock (gate)
        {
            if (counts.Count >= MostRemembered)
            {
                counts.Clear();
            }

            counts[centre] = (time.GetTimestamp(), waiting);
            return waiting;
        }
    }
}
