using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Ingest;
using MotCua.CloudBridge.Views;
using MotCua.Protocols.State;

namespace MotCua.CloudBridge.Alerts;

/// <summary>What is wrong at a centre, by how it stands. Pure.</summary>
public static class Conditions
{
    /// <summary>Causes of one centre; beyond that one cause stands for the rest.</summary>
    public const int MostOfACentre = 64;

    private const int MostWord = 64;
    private const int MostDetail = 200;
    private const long BytesOfMb = 1_000_000;
    private const double HotAgain = 5; // A limit that was passed holds until it is clearly kept again.

    // Said by the box within this time it may be true; anything else is a clock that is wrong.
    private static readonly TimeSpan Believable = TimeSpan.FromDays(7);
    private static readonly TimeSpan HealthIsOld = TimeSpan.FromMinutes(15);

    /// <param name="holds">Whether a cause of the centre as a whole was there before.</param>
    public static IReadOnlyList<PresentCause> Of(CentreSituation centre, AlertRules rules, Func<string, bool> holds, DateTimeOffset now)
    {
        var found = new List<PresentCause>();
        switch (centre.State)
        {
            case StateMessage.Lost:
                found.Add(new PresentCause("", ProvinceFaults.CentreLost, null, centre.Since));
                break;
            case StateMessage.Stopped when rules.Calendar.IsWorking(now):
                found.Add(new PresentCause("", ProvinceFaults.CentreStopped, null, centre.Since));
                break;
            case StateMessage.Online when centre.Health is { } health && now - health.Heard < HealthIsOld:
                found.AddRange(OfHealth(health, rules.Limits, holds));
                break;
        }

        var trusted = centre.Health?.Clock is not "unsynced";
        var faults = centre.Faults.OrderBy(device => device.Device, StringComparer.Ordinal).ToList();
        var room = MostOfACentre - found.Count - 1;
        found.AddRange(faults.Take(room).Select(device => new PresentCause(
            Clean(device.Device, MostWord), device.Fault is { Length: > 0 } code ? Clean(code, MostWord) : ProvinceFaults.Unnamed, Clean(device.Detail),
            trusted && device.Since <= now && now - device.Since < Believable ? device.Since : null)));
        if (faults.Count > room)
        {
            found.Add(new PresentCause("", ProvinceFaults.TooMany, $"{faults.Count}", null));
        }

        return found;
    }

    /// <summary>What is wrong with the bridge itself.</summary>
    public static IReadOnlyList<PresentCause> OfBridge(IngestSnapshot ingest, ProjectionSnapshot views) =>
    [
        .. ingest.LinkFault is { } link ? [new PresentCause("", ProvinceFaults.BridgeLink, Clean(link, MostDetail), ingest.LinkSince)] : Array.Empty<PresentCause>(),
        .. views.Fault is { } fault ? [new PresentCause("", ProvinceFaults.BridgeViews, Clean(fault, MostDetail), null)] : Array.Empty<PresentCause>(),
    ];

    private static IEnumerable<PresentCause> OfHealth(HealthSituation health, LimitRules limits, Func<string, bool> holds)
    {
        if (health.TemperatureC is { } hot && hot >= limits.HotC - (holds(ProvinceFaults.Hot) ? HotAgain : 0))
        {
            yield return new PresentCause("", ProvinceFaults.Hot, $"{hot:0.#} °C", null);
        }

        if (health.RoomTemperatureC is { } room && room >= limits.RoomHotC - (holds(ProvinceFaults.RoomHot) ? HotAgain / 2 : 0))
        {
            yield return new PresentCause("", ProvinceFaults.RoomHot, $"{room:0.#} °C", null);
        }

        if (health.DiskFreeBytes < limits.DiskFreeMb * BytesOfMb * (holds(ProvinceFaults.DiskLow) ? 1.2 : 1))
        {
            yield return new PresentCause("", ProvinceFaults.DiskLow, $"{health.DiskFreeBytes / BytesOfMb} MB", null);
        }

        if (health.Pending > limits.PendingEvents / (holds(ProvinceFaults.Backlog) ? 2 : 1))
        {
            yield return new PresentCause("", ProvinceFaults.Backlog, $"{health.Pending}", null);
        }

        var off = (health.At - health.Heard).Duration();
        if (health.Clock == "unsynced" || off > TimeSpan.FromMinutes(limits.ClockMinutes))
        {
            yield return new PresentCause("", ProvinceFaults.ClockWrong, health.Clock == "unsynced" ? null : $"{Math.Round(off.TotalMinutes)} phút", null);
        }
    }

    private static string? Clean(string? detail) => detail is null ? null : Clean(detail, MostDetail);

    // Words come from outside and go into keys, pages and messages.
    private static string Clean(string word, int most)
    {
        var kept = new string([.. word.Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))]);
        return kept.Length <= most ? kept : kept[..most];
    }
}
