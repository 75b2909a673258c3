using System.Text.Json.Serialization;

namespace MotCua.Edge.Pages;

/// <param name="Service">Service code, such as <c>chung-thuc</c>.</param>
/// <param name="Priority">Code of a group of the priority table; null for everyone else.</param>
/// <param name="Language">In which the ticket is called as well, such as <c>en</c> or <c>mtq</c>; null for the centre's languages alone.</param>
/// <param name="Request">Id of the wish, 16 to 64 letters, digits, '-' and '_' that nobody can guess: the same id always gets the same ticket, however often it is asked. Null: every request is a wish of its own.</param>
/// <param name="Procedure">Code of the procedure that was looked up for it; its papers are printed on the ticket.</param>
/// <param name="From">What asks: <c>api</c> (also when null), <c>kiosk</c> or <c>lookup</c>.</param>
public sealed record TicketRequest(string Service, string? Priority = null, string? Language = null, string? Request = null, string? From = null, string? Procedure = null);

/// <param name="Number">As printed: <c>A105</c>.</param>
/// <param name="Token">Secret of the citizen's page.</param>
/// <param name="Ahead">Waiting for the same service before this one.</param>
/// <param name="Seq">Sequence number of the durable event.</param>
public sealed record TicketAnswer(string Number, string Service, string Token, int Ahead, DateTimeOffset IssuedAt, long Seq);

/// <param name="Ready">Tickets can be issued and made durable.</param>
/// <param name="Epoch">Identity of the journal.</param>
/// <param name="Seq">Newest durable event.</param>
public sealed record HealthAnswer(bool Ready, string Centre, string Name, string Version, string Epoch, long Seq, UplinkHealth Uplink, IReadOnlyList<DeviceHealthAnswer> Devices, Protocols.State.HealthMessage Host);

/// <param name="Pending">Events that wait for the province's acknowledgement.</param>
public sealed record UplinkHealth(bool Configured, bool Online, long Pending);

/// <param name="Title">What is wrong, Vietnamese; null when ready.</param>
/// <param name="WhatToDo">What a person should do, Vietnamese; null when ready.</param>
/// <param name="SinceSeconds">Age of this state, monotonic.</param>
/// <param name="Failures">How often it stopped working since the program started.</param>
/// <param name="Recoveries">How often it worked again after that, by itself.</param>
public sealed record DeviceHealthAnswer(string Device, string Kind, string State, string? Fault, string? Title, string? WhatToDo, string? Detail, double SinceSeconds, long Failures, long Recoveries);

public sealed record FaultsAnswer(IReadOnlyList<FaultAnswer> Faults);

/// <param name="Code">Stable name, such as <c>device.not-answering</c>.</param>
/// <param name="Title">What is wrong, Vietnamese.</param>
/// <param name="WhatToDo">What a person should do, Vietnamese.</param>
public sealed record FaultAnswer(string Code, string Title, string WhatToDo);

/// <param name="HoldMs">How long the finger stays, 20 to 60,000 ms.</param>
public sealed record PressRequest(int HoldMs = 120);

public sealed record LabBoards(IReadOnlyList<LabBoard> Boards);

/// <param name="Lines">Of an LCD: four lines of 20 characters, as the glass shows them.</param>
/// <param name="Text">Of any other board: what people read on it; on an OLED the number alone.</param>
/// <param name="Segments">Of a MAX7219 sign: lit segments of each digit, bits DP A B C D E F G.</param>
/// <param name="Violations">Illegal sequences the chip has seen; zero for a correct driver.</param>
/// <param name="Unplugged">Fault knob: its cable is out.</param>
/// <param name="Nack">Fault knob: it stops acknowledging in each transaction.</param>
/// <param name="Counter">The counter that it hangs over; null for a board of the hall.</param>
/// <param name="Picture">The PNG of its glass; another address whenever the glass changes.</param>
public sealed record LabBoard(
    string Id, string Chip, bool On, IReadOnlyList<string>? Lines, string? Text, IReadOnlyList<int>? Segments, bool Backlight, int Violations, bool Unplugged, bool Nack, int? Counter,
    string Picture);

/// <param name="Unplugged">Fault knob: its cable is out.</param>
/// <param name="InterruptCut">Fault knob: its interrupt wire is broken.</param>
public sealed record LabExpander(string Id, bool Unplugged, bool InterruptCut);

/// <param name="Unplugged">Fault knob: no device there.</param>
/// <param name="Hangs">Fault knob: sounds never end.</param>
/// <param name="Silent">Fault knob: everything plays and nobody hears it, as when the amplifier is off.</param>
/// <param name="Heard">What it played last, newest last.</param>
public sealed record LabSpeaker(bool Unplugged, bool Hangs, bool Silent, IReadOnlyList<LabSound> Heard);

/// <param name="Unplugged">Fault knob: no device there.</param>
/// <param name="Deaf">Fault knob: it records, and hears nothing of the room.</param>
public sealed record LabMicrophone(bool Unplugged, bool Deaf);

/// <param name="CallSeq">Sequence number of the call it belongs to; null for other speech.</param>
/// <param name="At">When it began.</param>
/// <param name="Playing">It is heard now.</param>
/// <param name="Url">The WAV.</param>
public sealed record LabSound(long Id, string Text, long? CallSeq, DateTimeOffset At, double Seconds, bool Playing, string Url);

/// <param name="Device">A device of the configuration, <c>speaker</c>, <c>microphone</c> or <c>uplink</c>.</param>
/// <param name="Fault">Of a board: <c>unplugged</c>, <c>nack</c>, <c>brown-out</c>, <c>garbage</c>; of a button: <c>stuck</c>, <c>noise</c> (on the box's own lines); of an expander: <c>unplugged</c>, <c>interrupt-cut</c>, <c>brown-out</c>, <c>garbage</c>; of the clock: <c>unplugged</c>, <c>battery-empty</c>; of the speaker: <c>unplugged</c>, <c>hangs</c>, <c>silent</c>; of the microphone: <c>unplugged</c>, <c>deaf</c>; of the uplink: <c>cut</c>; of a television: <c>unplugged</c>; of the printer: the names of its knobs in <see cref="LabPrinter"/>.</param>
public sealed record LabFault(string Device, string Fault, bool On);

public sealed record LabCentre(string Centre, string Name, IReadOnlyList<LabButton> Buttons, IReadOnlyList<LabBoard> Boards, IReadOnlyList<LabExpander> Expanders, LabSpeaker Speaker, bool UplinkCut, IReadOnlyList<LabNeighbour> Neighbours)
{
    /// <summary>Null when the centre has no printer.</summary>
    public LabPrinter? Printer { get; init; }

    public IReadOnlyList<LabTv> Tvs { get; init; } = [];

    /// <summary>Null when the centre has none.</summary>
    public LabMicrophone? Microphone { get; init; }

    public IReadOnlyList<LabCamera> Cameras { get; init; } = [];

    public IReadOnlyList<LabRecorder> Recorders { get; init; } = [];
}

/// <param name="Page">The address that it opens.</param>
/// <param name="Unplugged">Fault knob: nobody opens its page.</param>
public sealed record LabTv(string Id, string Page, bool Unplugged);

/// <param name="Kind">Such as <c>router</c> or <c>office-printer</c>.</param>
/// <param name="Name">Vietnamese.</param>
public sealed record LabNeighbour(string Id, string Kind, string Name);

/// <param name="Line">As the file names it: <c>5</c>, or <c>mo-rong-1/A3</c>.</param>
/// <param name="Action">Such as <c>ticket</c> or <c>next</c>.</param>
/// <param name="Label">Vietnamese.</param>
/// <param name="Service">Of a ticket button: code of its service.</param>
/// <param name="Counter">Of a counter's key: number of the counter.</param>
/// <param name="Down">The contact is closed now.</param>
/// <param name="Lit">Its lamp; null when it has none.</param>
/// <param name="Stuck">Fault knob: its contact is welded together.</param>
/// <param name="Refusal">Why its newest press did nothing, for the ten seconds after it; otherwise null.</param>
/// <param name="Hold">Vietnamese, what holding it down does; null for a button that is only pressed.</param>
public sealed record LabButton(string Id, string Line, string Action, string Label, string? Service, int? Counter, bool Down, bool? Lit, bool Stuck, string? Refusal, string? Hold);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TicketRequest))]
[JsonSerializable(typeof(TicketAnswer))]
[JsonSerializable(typeof(KioskAnswer))]
[JsonSerializable(typeof(KioskCheckIn))]
[JsonSerializable(typeof(KioskGiveUp))]
[JsonSerializable(typeof(ProceduresAnswer))]
[JsonSerializable(typeof(ProcedureAnswer))]
[JsonSerializable(typeof(RatingAnswer))]
[JsonSerializable(typeof(RatingRequest))]
[JsonSerializable(typeof(ChangeRequest))]
[JsonSerializable(typeof(CounterRequest))]
[JsonSerializable(typeof(AppointmentRequest))]
[JsonSerializable(typeof(DoneAnswer))]
[JsonSerializable(typeof(AnnouncementRequest))]
[JsonSerializable(typeof(AnnouncementAnswer))]
[JsonSerializable(typeof(AnnouncementsAnswer))]
[JsonSerializable(typeof(VoicesAnswer))]
[JsonSerializable(typeof(VoiceClipsAnswer))]
[JsonSerializable(typeof(VoiceTakeAnswer))]
[JsonSerializable(typeof(VoicePackRequest))]
[JsonSerializable(typeof(VoiceUseRequest))]
[JsonSerializable(typeof(VoiceRecordRequest))]
[JsonSerializable(typeof(TicketNow))]
[JsonSerializable(typeof(StatisticsAnswer))]
[JsonSerializable(typeof(CounterAnswer))]
[JsonSerializable(typeof(QueueAnswer))]
[JsonSerializable(typeof(UnprintedAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(SelfTestAnswer))]
[JsonSerializable(typeof(FaultsAnswer))]
[JsonSerializable(typeof(ButtonUses))]
[JsonSerializable(typeof(ButtonEdges))]
[JsonSerializable(typeof(CamerasAnswer))]
[JsonSerializable(typeof(PressRequest))]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(LogInRequest))]
[JsonSerializable(typeof(PageBeat))]
[JsonSerializable(typeof(CounterPicture))]
[JsonSerializable(typeof(CountersAnswer))]
[JsonSerializable(typeof(EmergencyAnswer))]
[JsonSerializable(typeof(HelpPicture))]
[JsonSerializable(typeof(HelpRequest))]
[JsonSerializable(typeof(HomeRequest))]
[JsonSerializable(typeof(HomeAnswer))]
[JsonSerializable(typeof(TakeRequest))]
[JsonSerializable(typeof(TodayPicture))]
[JsonSerializable(typeof(TvPicture))]
[JsonSerializable(typeof(TvBeat))]
[JsonSerializable(typeof(TvShown))]
[JsonSerializable(typeof(TvShownAnswer))]
[JsonSerializable(typeof(MediaAnswer))]
[JsonSerializable(typeof(LabBoards))]
[JsonSerializable(typeof(LabSpeaker))]
[JsonSerializable(typeof(LabFault))]
[JsonSerializable(typeof(LabCentre))]
[JsonSerializable(typeof(Microsoft.AspNetCore.Mvc.ProblemDetails))]
internal sealed partial class ApiJson : JsonSerializerContext;
