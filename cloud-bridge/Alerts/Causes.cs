using MotCua.Protocols;
using MotCua.Protocols.Faults;

namespace MotCua.CloudBridge.Alerts;

/// <summary>Names one thing that is wrong at one place.</summary>
/// <param name="Centre">Null for the bridge itself.</param>
/// <param name="Subject">Device as wired; empty for the centre as a whole.</param>
/// <param name="Code">Of the fault catalogue, or of <see cref="ProvinceFaults"/>.</param>
public readonly record struct CauseKey(CentreId? Centre, string Subject, string Code);

/// <summary>Something that is wrong at the moment, as somebody says it.</summary>
/// <param name="Detail">For technicians; null when nothing was said.</param>
/// <param name="Since">When it began, by whoever said it; null when nobody knows. Never used to decide anything.</param>
public sealed record PresentCause(string Subject, string Code, string? Detail, DateTimeOffset? Since);

/// <summary>A cause in an alert, as it is stored and shown.</summary>
/// <param name="Since">When its last onset began.</param>
/// <param name="Ended">When it was last seen to be over; null while it is there.</param>
/// <param name="Onsets">How often it came, from 1.</param>
/// <param name="Moved">It belongs to another alert now, which explains it better.</param>
public sealed record AlertCause(CauseKey Key, string? Detail, DateTimeOffset Since, DateTimeOffset? Ended, long Onsets, bool Moved);

/// <summary>What explains the causes of an alert, the weakest explanation first: a cause goes over to a stronger one and never back.</summary>
public enum RootKind
{
    /// <summary>One declared fault, and those that depend on it.</summary>
    Fault,

    /// <summary>Several things of a centre fell silent together.</summary>
    Power,

    /// <summary>The province hears nothing of a centre.</summary>
    Centre,

    /// <summary>A good part of a region's centres went together.</summary>
    Region,

    /// <summary>A good part of the province went together: the broker, or the line to it.</summary>
    Province,

    /// <summary>The bridge itself.</summary>
    Bridge,

    /// <summary>There are more alerts than anybody can read; whatever comes beyond that is in this one.</summary>
    Flood,
}

/// <summary>What an alert is about; of all alerts that are open, no two have the same.</summary>
/// <param name="Scope">Id of the centre, name of the region, or empty.</param>
/// <param name="Subject">Device, or empty.</param>
public sealed record RootKey(RootKind Kind, string Scope, string Subject, string Code)
{
    /// <summary>The cause by itself.</summary>
    public static RootKey Of(CauseKey key) => key.Centre is not { } centre ? new RootKey(RootKind.Bridge, "", key.Subject, key.Code)
        : new RootKey(key.Code == ProvinceFaults.CentreLost ? RootKind.Centre : RootKind.Fault, centre.Value, key.Subject, key.Code);

    public static RootKey PowerOf(CentreId centre) => new(RootKind.Power, centre.Value, "", ProvinceFaults.CentrePower);

    public static RootKey LineOf(string region) => new(RootKind.Region, region, "", ProvinceFaults.RegionLine);

    public static RootKey Province { get; } = new(RootKind.Province, "", "", ProvinceFaults.ProvinceLine);

    public static RootKey Flood { get; } = new(RootKind.Flood, "", "", ProvinceFaults.Flood);
}

/// <summary>Words for severities at the wire: <c>notice</c>, <c>warning</c>, <c>critical</c>.</summary>
public static class SeverityWords
{
    public static string Of(Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.Warning => "warning",
        _ => "notice",
    };

    /// <returns>Null for a word that is none.</returns>
    public static Severity? TryRead(string? word) => word switch
    {
        "critical" => Severity.Critical,
        "warning" => Severity.Warning,
        "notice" => Severity.Notice,
        _ => null,
    };
}
