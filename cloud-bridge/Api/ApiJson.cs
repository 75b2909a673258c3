using System.Text.Json;
using System.Text.Json.Serialization;
using MotCua.CloudBridge.Alerts;
using MotCua.CloudBridge.Commands;
using MotCua.CloudBridge.Configurations;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Views;

namespace MotCua.CloudBridge.Api;

/// <summary>The list of all centres.</summary>
/// <param name="At">Wall time of the bridge.</param>
/// <param name="Centres">Worst first.</param>
public sealed record CentreList(DateTimeOffset At, IReadOnlyList<CentreSummary> Centres);

/// <summary>Events of a centre, in the order in which the bridge committed them.</summary>
/// <param name="Centre">Id of the centre.</param>
/// <param name="Events">CloudEvents 1.0, each with exactly the bytes that the centre wrote and that its hash chain covers.</param>
/// <param name="Next">Give this as <c>after</c> to go on.</param>
public sealed record EventList(string Centre, IReadOnlyList<JsonElement> Events, string Next);

/// <param name="Ok">True when the link is up and the store takes writes.</param>
/// <param name="Reasons">What is wrong, in words; empty when all is well.</param>
public sealed record HealthReport(bool Ok, IReadOnlyList<string> Reasons);

/// <summary>What changed since the last message of the stream.</summary>
/// <param name="At">Wall time of the bridge.</param>
/// <param name="Whole">True for the first message: these are all centres, and what is not here is gone.</param>
/// <param name="Problems">As in <c>/healthz</c>.</param>
/// <param name="Centres">Those that changed, worst first.</param>
/// <param name="Views">How far tickets, figures and faults are behind the log.</param>
public sealed record FleetNews(DateTimeOffset At, bool Whole, IReadOnlyList<string> Problems, IReadOnlyList<CentreSummary> Centres, ProjectionSnapshot Views);

/// <summary>How the API writes.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CentreList))]
[JsonSerializable(typeof(CentreDetail))]
[JsonSerializable(typeof(EventList))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(FleetNews))]
[JsonSerializable(typeof(ProjectionSnapshot))]
[JsonSerializable(typeof(HealthHistory))]
[JsonSerializable(typeof(LedgerOverview))]
[JsonSerializable(typeof(LedgerOfCentre))]
[JsonSerializable(typeof(RefusedList))]
[JsonSerializable(typeof(CommandRequest))]
[JsonSerializable(typeof(CommandView))]
[JsonSerializable(typeof(CommandList))]
[JsonSerializable(typeof(ConfigurationRequest))]
[JsonSerializable(typeof(WithdrawRequest))]
[JsonSerializable(typeof(ConfigurationView))]
[JsonSerializable(typeof(ConfigurationList))]
[JsonSerializable(typeof(ConfigurationGiven))]
[JsonSerializable(typeof(SnapshotList))]
[JsonSerializable(typeof(LookRequest))]
[JsonSerializable(typeof(LookAnswer))]
[JsonSerializable(typeof(byte[]))]
[JsonSerializable(typeof(VideoLinkAnswer))]
[JsonSerializable(typeof(AlertList))]
[JsonSerializable(typeof(AlertMark))]
[JsonSerializable(typeof(AlertDetail))]
[JsonSerializable(typeof(AlertRequest))]
[JsonSerializable(typeof(DeliveryList))]
[JsonSerializable(typeof(DeliveryDetail))]
[JsonSerializable(typeof(AgainRequest))]
[JsonSerializable(typeof(RulesView))]
[JsonSerializable(typeof(RulesHistory))]
[JsonSerializable(typeof(RulesRequest))]
[JsonSerializable(typeof(TryOutView))]
[JsonSerializable(typeof(RegionList))]
[JsonSerializable(typeof(RegionRequest))]
[JsonSerializable(typeof(bool?))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(string))]
internal sealed partial class ApiJson : JsonSerializerContext;
