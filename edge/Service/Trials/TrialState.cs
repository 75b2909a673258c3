using System.Text.Json.Serialization;
using MotCua.Edge.Configuration;
using MotCua.Edge.Loop;
using MotCua.Protocols.Configuration;
using MotCua.Protocols.Events;
using MotCua.Protocols.Mqtt;

namespace MotCua.Edge.Trials;

/// <summary>A configuration of the province whose text lies on the card.</summary>
/// <param name="Hash">Of its text, and the name of its file.</param>
internal sealed record PushedRevision(long Revision, string Hash);

/// <param name="Starts">How often the program was started with it.</param>
internal sealed record RunningTrial(PushedRevision Which, int Starts);

/// <summary>How the box proves itself to the province and knows it again. Always as the box's own file says, whatever a pushed one does.</summary>
/// <param name="ProvinceKey">As in <see cref="MqttOptions"/>.</param>
internal sealed record BoxTrust(string ProvinceKey, MqttTls? Tls)
{
    public static BoxTrust? Of(CentreOptions options) => options.Mqtt is { } mqtt ? new BoxTrust(mqtt.ProvinceKey, mqtt.Tls) : null;

    public CentreOptions In(CentreOptions pushed) => pushed with { Mqtt = pushed.Mqtt! with { ProvinceKey = ProvinceKey, Tls = Tls } };
}

/// <summary>A line of the history.</summary>
/// <param name="At">Wall time of the box.</param>
internal sealed record TrialOutcome(long Revision, string Hash, string Outcome, string? Reason, IReadOnlyList<string> Errors, DateTimeOffset At)
{
    [JsonIgnore]
    public ConfigurationChanged Event => ConfigurationChanged.Of(Revision, Hash, Outcome, Reason, Errors);
}

/// <summary>Which configuration the box runs by, and what became of those of the province. Pure; the book keeps it on the card.</summary>
/// <param name="Seen">Newest revision that was decided about; only newer ones are looked at.</param>
/// <param name="Kept">The province's that is used while none is tried; null: the box's own file.</param>
/// <param name="Trial">The province's that is being tried; null: none.</param>
/// <param name="LocalHash">Of the box's own file when the province's took its place: another one was edited since, and is used.</param>
/// <param name="Trust">As the box's own file said it then.</param>
/// <param name="History">Oldest first, at most <see cref="MostHistory"/>.</param>
/// <param name="Unclean">Starts with <paramref name="Kept"/> that neither ran for <see cref="Calm"/> nor ended by order; what was good once may be so no more after an update of the program.</param>
internal sealed record TrialState(
    long Seen, PushedRevision? Kept, RunningTrial? Trial, string? LocalHash, BoxTrust? Trust, IReadOnlyList<TrialOutcome> History, int Unclean = 0)
{
    /// <summary>So often a configuration may be started before it has proved good: a power cut during the trial is not its fault, a second one may be.</summary>
    public const int MostStarts = 2;

    /// <summary>So many unclean starts in a row are a bad day of the mains; the next one is with the box's own file.</summary>
    public const int MostUnclean = 3;

    /// <summary>Whoever runs so long starts well.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromMinutes(10);

    private const int MostHistory = 10;

    public static TrialState Empty { get; } = new(0, null, null, null, null, []);

    [JsonIgnore]
    public TrialOutcome? Last => History.Count == 0 ? null : History[^1];

    /// <summary>The province's that is used now.</summary>
    [JsonIgnore]
    public PushedRevision? InUse => Trial?.Which ?? Kept;

    /// <summary>Files that are needed.</summary>
    [JsonIgnore]
    public IEnumerable<string> Hashes => new[] { Trial?.Which.Hash, Kept?.Hash }.OfType<string>();

    public TrialState Try(PushedRevision which, string? localHash, BoxTrust? trust, DateTimeOffset at) =>
        Decided(which, ConfigurationOutcome.Tried, null, [], at) with { Trial = new RunningTrial(which, 0), LocalHash = localHash, Trust = trust };

    public TrialState Refuse(PushedRevision which, string? reason, IReadOnlyList<string> errors, DateTimeOffset at) => Decided(which, ConfigurationOutcome.Refused, reason, errors, at);

    public TrialState Started() => Trial is { } trial ? this with { Trial = trial with { Starts = trial.Starts + 1 } } : this with { Unclean = Unclean + 1 };

    public TrialState Keep(PushedRevision which, string? reason, DateTimeOffset at) => Decided(which, ConfigurationOutcome.Kept, reason, [], at) with { Kept = which, Trial = null };

    public TrialState RollBack(string reason, DateTimeOffset at) => Decided(Trial!.Which, ConfigurationOutcome.RolledBack, reason, [], at) with { Trial = null };

    /// <summary>The box's own file is used from the next start on.</summary>
    public TrialState SetAside(string reason, DateTimeOffset at) => Decided(InUse!, ConfigurationOutcome.SetAside, reason, [], at) with { Kept = null, Trial = null };

    /// <summary>A kept one works no more: told as one that was rolled back, and the box's own file is used from the next start on.</summary>
    public TrialState GiveUp(string reason, DateTimeOffset at) => Decided(Kept!, ConfigurationOutcome.RolledBack, reason, [], at) with { Kept = null, Trial = null };

    /// <summary>Lines that a journal lacks, oldest first.</summary>
    /// <param name="mark">The newest that the journal holds; null: it holds none.</param>
    public IEnumerable<TrialOutcome> After(ConfigurationMark? mark)
    {
        if (mark is null)
        {
            return History;
        }

        var known = History.Select((one, index) => (one, index)).LastOrDefault(line => ConfigurationMark.Of(line.one.Event).SaysAs(mark), (null!, -1)).Item2;
        return known >= 0 ? History.Skip(known + 1) : Seen < mark.Newest ? [] : History;
    }

    private TrialState Decided(PushedRevision which, string outcome, string? reason, IReadOnlyList<string> errors, DateTimeOffset at) => this with
    {
        Seen = Math.Max(Seen, which.Revision),
        Unclean = 0,
        History = [.. History.Skip(Math.Max(0, History.Count - MostHistory + 1)), new TrialOutcome(which.Revision, which.Hash, outcome, reason, errors, at)],
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TrialState))]
internal sealed partial class TrialJson : JsonSerializerContext;
