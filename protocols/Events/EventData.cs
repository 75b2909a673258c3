using System.Text.Json.Serialization;

namespace MotCua.Protocols.Events;

/// <summary>Data of an event. One record, one schema and one example for each; the table that names them is <see cref="EventTypes"/>.</summary>
/// <remarks>Every field is always written, null where there is nothing. A field that a later minor version adds has a default, so that older events are still read.</remarks>
public abstract record EventData;

/// <summary>A journal begins: the first of this box, or one that follows a damaged one.</summary>
/// <param name="Reason"><c>first</c> or <c>damage</c>.</param>
/// <param name="Previous">The verified end of the journal before; null for the first.</param>
/// <param name="Skip">How many numbers each series skips, so that none is given twice; 0 for the first.</param>
public sealed record JournalOpened(string Reason, JournalEnd? Previous, int Skip) : EventData;

/// <summary>The last event of a journal that is known to be whole.</summary>
/// <param name="Epoch">16 hexadecimal digits.</param>
/// <param name="UpTo">0 when nothing of it could be saved.</param>
/// <param name="Hash">64 hexadecimal digits.</param>
public sealed record JournalEnd(string Epoch, long UpTo, string Hash);

/// <summary>The edge program started.</summary>
/// <param name="CutBytes">Torn bytes of an unfinished write that were cut from the journal's tail; never acknowledged to anyone.</param>
public sealed record EdgeStarted(string Version, long CutBytes) : EventData;

/// <summary>An output answered for a call.</summary>
/// <param name="CallSeq">Sequence number of the call's event.</param>
/// <param name="Output">Device name of the board or speaker.</param>
/// <param name="Result"><c>done</c>, <c>failed</c>, <c>expired</c>, or <c>muted</c> of a voice in hours of silence.</param>
/// <param name="SoundedMs">Of a voice: how many milliseconds the sound card really let out; null when nothing began.</param>
/// <param name="Heard">Of a voice: whether a microphone in the hall heard it; null when none listened or its answer says nothing.</param>
public sealed record CallDelivered(long CallSeq, string Output, string Result, int? SoundedMs = null, bool? Heard = null) : EventData;

/// <summary>A text that is no call was spoken, or was not. What it said stays in the centre: people type names.</summary>
/// <param name="Id">Name of the text in the centre.</param>
/// <param name="Kind"><c>notice</c> or <c>guidance</c>.</param>
/// <param name="File">Of guidance: name of its file; null for words.</param>
/// <param name="Result">As of <see cref="CallDelivered"/>; <c>done</c> when all of it was spoken.</param>
/// <param name="SoundedMs">How many milliseconds the sound card let out.</param>
public sealed record AnnouncementSaid(string Id, string Kind, string? File, string Result, int SoundedMs) : EventData;

/// <summary>A device changed its state.</summary>
/// <param name="State"><c>ready</c>, <c>degraded</c>, <c>failed</c> or <c>absent</c>.</param>
/// <param name="Fault">Code of the fault catalogue; null when ready.</param>
/// <param name="Detail">For technicians, at most 200 characters.</param>
public sealed record DeviceChanged(string Device, string State, string? Fault, string? Detail) : EventData;

/// <summary>All devices of the centre were tried, by a person or on somebody's order.</summary>
/// <param name="By"><c>command</c>, <c>page</c>, <c>province</c>, or <c>button:</c> with the name of the button.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Devices">A row a trial, at most <see cref="MostDevices"/>; a button with a lamp has two.</param>
public sealed record SelfTestFinished(string By, double Seconds, IReadOnlyList<SelfTestDevice> Devices) : EventData
{
    /// <summary>So that the event fits the wire: a row is at most 110 bytes.</summary>
    public const int MostDevices = 128;

    public bool Equals(SelfTestFinished? other) => other is not null && (By, Seconds) == (other.By, other.Seconds) && Devices.SequenceEqual(other.Devices);

    public override int GetHashCode() => HashCode.Combine(By, Seconds, Devices.Count);
}

/// <param name="Result"><c>ok</c>, <c>failed</c> or <c>not-tried</c>.</param>
/// <param name="Code">Code of the fault catalogue; null when it did not fail.</param>
public sealed record SelfTestDevice(string Device, string Result, string? Code);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(JournalOpened))]
[JsonSerializable(typeof(EdgeStarted))]
[JsonSerializable(typeof(DayOpened))]
[JsonSerializable(typeof(TicketIssued))]
[JsonSerializable(typeof(TicketCalled))]
[JsonSerializable(typeof(TicketRecalled))]
[JsonSerializable(typeof(TicketDone))]
[JsonSerializable(typeof(TicketExpired))]
[JsonSerializable(typeof(DayClosed))]
[JsonSerializable(typeof(DayReopened))]
[JsonSerializable(typeof(DayConfirmed))]
[JsonSerializable(typeof(ClockCorrected))]
[JsonSerializable(typeof(TicketPrinted))]
[JsonSerializable(typeof(TicketUnprinted))]
[JsonSerializable(typeof(TicketServing))]
[JsonSerializable(typeof(TicketMissed))]
[JsonSerializable(typeof(TicketParked))]
[JsonSerializable(typeof(TicketReturned))]
[JsonSerializable(typeof(TicketTransferred))]
[JsonSerializable(typeof(TicketCancelled))]
[JsonSerializable(typeof(ActionUndone))]
[JsonSerializable(typeof(TicketReprinted))]
[JsonSerializable(typeof(TicketRated))]
[JsonSerializable(typeof(HelpRequested))]
[JsonSerializable(typeof(HelpAnswered))]
[JsonSerializable(typeof(HelpWithdrawn))]
[JsonSerializable(typeof(CounterPaused))]
[JsonSerializable(typeof(CounterResumed))]
[JsonSerializable(typeof(ServicePaused))]
[JsonSerializable(typeof(ServiceResumed))]
[JsonSerializable(typeof(CentrePaused))]
[JsonSerializable(typeof(CentreResumed))]
[JsonSerializable(typeof(AppointmentBooked))]
[JsonSerializable(typeof(AppointmentCancelled))]
[JsonSerializable(typeof(CallDelivered))]
[JsonSerializable(typeof(AnnouncementSaid))]
[JsonSerializable(typeof(DeviceChanged))]
[JsonSerializable(typeof(SelfTestFinished))]
[JsonSerializable(typeof(ButtonsCounted))]
[JsonSerializable(typeof(CommandAnswered))]
[JsonSerializable(typeof(ConfigurationChanged))]
[JsonSerializable(typeof(HelpTaken))]
[JsonSerializable(typeof(CameraOffline))]
[JsonSerializable(typeof(CameraOnline))]
[JsonSerializable(typeof(CameraUnsure))]
[JsonSerializable(typeof(CameraCovered))]
[JsonSerializable(typeof(CameraFrozen))]
[JsonSerializable(typeof(CameraBlurred))]
[JsonSerializable(typeof(CameraMoved))]
[JsonSerializable(typeof(CameraClock))]
[JsonSerializable(typeof(CameraMotion))]
[JsonSerializable(typeof(CameraTamper))]
[JsonSerializable(typeof(CameraDeaf))]
[JsonSerializable(typeof(CameraSnapshot))]
internal sealed partial class EventJson : JsonSerializerContext;
