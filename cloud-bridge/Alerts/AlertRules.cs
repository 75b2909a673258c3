using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using MotCua.Protocols.Faults;

namespace MotCua.CloudBridge.Alerts;

/// <summary>What the province says of a fault, where it wants something else than is declared.</summary>
/// <param name="Code">Of the catalogue.</param>
/// <param name="Severity"><c>notice</c>, <c>warning</c> or <c>critical</c>; null: as declared.</param>
/// <param name="OffHours">The same outside working hours; null: as within them.</param>
/// <param name="HoldSeconds">How long it must last before an alert opens; null: as declared.</param>
/// <param name="DependsOn">Code of a fault at the same centre that explains it; null: as declared.</param>
/// <param name="Ignore">It never makes an alert.</param>
public sealed record FaultRule(string Code, string? Severity = null, string? OffHours = null, int? HoldSeconds = null, string? DependsOn = null, bool Ignore = false);

/// <summary>How alerts hold still.</summary>
/// <param name="ClearSeconds">A cause counts as over when it has been away for so long.</param>
/// <param name="ReopenMinutes">What comes again so soon after its alert ended opens that alert again.</param>
/// <param name="FlapCount">So many onsets within <paramref name="FlapMinutes"/> are one cause that flaps, however short each is.</param>
/// <param name="QuietMinutes">A flapping cause counts as over when it has been away for so long.</param>
/// <param name="SettleSeconds">After the bridge starts or its link comes back nothing opens for so long: centres are still saying how they are.</param>
public sealed record HoldRules(int ClearSeconds, int ReopenMinutes, int FlapCount, int FlapMinutes, int QuietMinutes, int SettleSeconds);

/// <summary>When many causes are one.</summary>
/// <param name="RegionLeast">Centres that must be lost together, at the least.</param>
/// <param name="RegionPercent">And so much of the region's centres.</param>
/// <param name="TogetherMinutes">Lost together means: begun within so many minutes.</param>
/// <param name="PowerLeast">Devices of a centre that must fall silent within <paramref name="PowerSeconds"/>, one of them without a network.</param>
public sealed record GroupRules(int RegionLeast, int RegionPercent, int ProvinceLeast, int ProvincePercent, int TogetherMinutes, int PowerLeast, int PowerSeconds);

/// <summary>Limits of what centres say of their health.</summary>
/// <param name="HotC">Of the processor, degrees Celsius.</param>
/// <param name="RoomHotC">Of the room.</param>
/// <param name="DiskFreeMb">Free on the card, millions of bytes.</param>
/// <param name="PendingEvents">Events that wait for an acknowledgement while the centre is connected.</param>
/// <param name="ClockMinutes">By how much its clock may be off.</param>
public sealed record LimitRules(double HotC, double RoomHotC, int DiskFreeMb, int PendingEvents, int ClockMinutes);

/// <summary>Who is told when.</summary>
/// <param name="AfterMinutes">Minutes after the alert opened; working minutes unless <paramref name="Always"/>.</param>
/// <param name="At">Least severity: <c>notice</c>, <c>warning</c> or <c>critical</c>.</param>
/// <param name="Always">At night, on weekends and at Tết as well.</param>
/// <param name="Channels">Names of channels; one that is not set up is left out.</param>
public sealed record EscalationStep(int AfterMinutes, string At, bool Always, IReadOnlyList<string> Channels);

/// <summary>Everything about alerts that the province may change. A version is stored whole; a try-out shows what it would have done before it goes live.</summary>
public sealed record AlertRules(
    IReadOnlyList<FaultRule> Faults, HoldRules Hold, GroupRules Group, LimitRules Limits, IReadOnlyList<EscalationStep> Steps, WorkCalendar Calendar)
{
    /// <summary>As the program brings them.</summary>
    public static AlertRules Default { get; } = Load();

    private static readonly TimeSpan LongestHold = TimeSpan.FromDays(1);

    /// <summary>What holds for a fault: as declared, where no rule says otherwise.</summary>
    public FaultTerms TermsOf(string code)
    {
        var (declared, rule) = (ProvinceFaults.Find(code), Faults.LastOrDefault(one => one.Code == code));
        var usual = SeverityWords.TryRead(rule?.Severity) ?? declared.Severity;
        var hold = rule?.HoldSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : declared.TimeToVisible;
        return new FaultTerms(usual, SeverityWords.TryRead(rule?.OffHours) ?? usual, hold < LongestHold ? hold : LongestHold, rule?.DependsOn ?? declared.DependsOn, rule?.Ignore == true);
    }

    /// <exception cref="JsonException">It is no JSON of rules; the message says where.</exception>
    public static AlertRules Parse(string json)
    {
        var rules = JsonSerializer.Deserialize(json, AlertJson.Default.AlertRules) ?? throw new JsonException("null says nothing.");
        object?[] parts = [.. rules.Faults, .. rules.Steps, .. rules.Steps.SelectMany(step => step?.Channels ?? []), .. rules.Calendar.Weekly, .. rules.Calendar.Off];
        return parts.Contains(null) ? throw new JsonException("A list holds null.") : rules;
    }

    public string ToJson() => JsonSerializer.Serialize(this, AlertJson.Default.AlertRules);

    private static AlertRules Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("alerts/rules.json") ?? throw new InvalidOperationException("The program was built without rules.json.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }
}

/// <summary>What holds for one fault.</summary>
/// <param name="Usual">Severity while people work.</param>
/// <param name="OffHours">Severity while nobody does.</param>
/// <param name="Hold">How long it must last before an alert opens.</param>
/// <param name="DependsOn">Code that explains it; null when nothing does.</param>
/// <param name="Ignored">It never makes an alert.</param>
public sealed record FaultTerms(Severity Usual, Severity OffHours, TimeSpan Hold, string? DependsOn, bool Ignored);

/// <summary>How rules are written and read.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlertRules))]
internal sealed partial class AlertJson : JsonSerializerContext;
