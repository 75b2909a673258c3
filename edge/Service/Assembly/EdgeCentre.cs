using System.Collections.Immutable;
using MotCua.Edge.Announcing;
using MotCua.Edge.Commands;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Climate;
using MotCua.Edge.Devices.Neighbours;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Enrolment;
using MotCua.Edge.Health;
using MotCua.Edge.Hosting;
using MotCua.Edge.Journal;
using MotCua.Edge.Loop;
using MotCua.Edge.Media;
using MotCua.Edge.Outlook;
using MotCua.Edge.Printing;
using MotCua.Edge.SelfTest;
using MotCua.Edge.Trials;
using MotCua.Edge.Uplink;
using MotCua.Protocols.Events;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Trust;

namespace MotCua.Edge.Assembly;

/// <summary>A whole centre, put together. Its loops are run by the host or stepped by a test; nothing in here starts a thread.</summary>
public sealed partial class EdgeCentre : IDisposable
{
    /// <summary>Its faults stand apart from those of writing itself: a snapshot that fails keeps no ticket from being issued.</summary>
    private const string KeeperPart = "journal-keeper";

    // Told for as long as the damaged journal stands on the card: the card should be changed.
    private const string Damaged = "journal.damaged";

    private const string BadProcedures = "lookup.bad-file";

    private readonly EdgeSeams seams;
    private readonly HallDevices hall;
    private readonly ClockKeeper? clock;
    private readonly BoardFeed boards;
    private readonly CentreVoice voice;
    private Pages.TvStream? tvPictures;
    private readonly QueueTimer timer;
    private readonly RoomClimate? climate;
    private readonly NeighbourWatch? neighbours;
    private readonly CameraParts? cameras;
    private readonly CertificateWatch? certificate;

    /// <param name="province">The province's public key; null when the centre has no province configured.</param>
    /// <exception cref="IOException">The journal's folder cannot be used at all.</exception>
    public EdgeCentre(CentreOptions options, ProvinceKey? province, Func<EdgeCentre, Protocols.State.HealthMessage> health, EdgeSeams seams)
    {
        (Options, this.seams, HostHealth) = (options, seams, () => WithClimate(health(this)));
        var (time, identity) = (seams.Time, seams.Identity);
        var fold = new CentreFold(options.Plan);
        Journal = EventJournal.Open(seams.Journal, seams.JournalOptions, fold, seams.NewEpoch);
        var found = fold.State;
        // Before the first event, which should say the right time.
        clock = ClockKeeper.Of(options, seams, found.Clock is { Trusted: true } mark ? mark.At : null);
        Devices = new DeviceBook(time, data => Loop!.Record(data, light: false));
        Feed = new EventFeed(e => Devices.Fault("edge", "loop.failed", e.Message, present: true));
        Loop = new EdgeLoop(Journal, found, identity, time, Feed, (code, error) => Devices.Fault("journal", code, error?.Message, error is not null));
        Statistics = new DayStatistics(Journal, () => Loop.Durable);
        timer = new QueueTimer(Loop);
        Outlook = new WaitOutlook(Journal, options.Plan, () => Loop.Durable, identity.Clock, time, new MemoryFile(seams.Journal, why => LogMemory(seams.Logs.CreateLogger<WaitOutlook>(), why)));
        EnrolDevices(found);
        RecordOpening();
        ForgetOldFaults();

        var receipts = new DeliveryLog(Loop, Journal.Committed.Seq);
        Buttons = new ButtonParts(options, found.Buttons, seams, Loop, Devices, () => hall!);
        hall = new HallDevices(options, seams.Hardware, time, identity, Buttons.Ledger, Devices, receipts);
        clock?.ReportTo(Devices);
        climate = options.Climate is { } wired ? new RoomClimate(wired.Id, DriverTable.OfThisBuild.Sensor(wired, seams.Hardware.I2c), time, Devices) : null;
        neighbours = NeighbourParts.Of(options, seams, Devices);
        cameras = CameraParts.Of(options, seams, Loop, Devices, found, hasProvince: options.Mqtt is not null && province is not null && seams.Link is not null);
        cameras?.Follow(Feed);
        boards = new BoardFeed(hall.Boards, time);
        foreach (var tv in hall.Tvs)
        {
            boards.HallChanged += tv.Screen.Post;
        }

        voice = new CentreVoice(this, seams, receipts, boards, why => LogMemory(seams.Logs.CreateLogger<CentreTexts>(), why));
        Clerks = new Clerks.ClerkDesk(seams.Clerks, time);
        Reasons = new Pages.CallReasons(found, new JournalReader(Journal), Journal.Epoch);
        Feed.Join(Reasons);
        Feed.Join(boards);
        Feed.Join(voice.Calls);
        JoinSnapshots();
        SelfTest = new SelfTestRunner(time, voice.Announcer, data => Loop.Record(data, light: true), () => SelfTestSteps.Of(this, hall, boards, Buttons.Tested, voice.Heard, voice.Announcer));
        Buttons.Tested.Start = button => SelfTest.TryStart($"button:{button}");
        Feed.Join(SelfTest);
        Feed.Join(Rating = new Pages.RatingDoor(time));
        Unprinted = new UnprintedTickets(Journal, () => Loop.Durable);
        if ((Printing = PrinterParts.Assemble(this, seams.Hardware, boards, voice.Announcer)) is { } printing)
        {
            Feed.Join(printing);
        }

        // Calls of a damaged journal are shown and spoken, but answer to nobody: their numbers mean other events in the new one.
        var sameJournal = Journal.Opening.Found != JournalFound.Damaged;
        boards.Show(sameJournal ? found : found with { Calls = [] }, Journal.Committed.Seq);
        voice.Calls.CatchUp(found, time.GetUtcNow(), sameJournal);

        var reader = new JournalReader(Journal);
        var acks = new AckBook(reader);
        Keeper = new JournalKeeper(
            Journal, () => Loop.Durable, time, acks.IsForgettable, (code, detail) => Devices.Fault(KeeperPart, code, detail, present: detail is not null));
        Feed.Join(Keeper);
        if (options.Mqtt is { } mqtt && province is not null && seams.Link is { } link)
        {
            if (seams.Trials is { } trials)
            {
                Configurations = new ConfigurationDesk(options, trials, province, Loop, time, (code, detail) => Devices.Fault("edge", code, detail, present: detail is not null));
                Feed.Join(Configurations);
            }

            var source = new UplinkSource(options.Centre, options.Name, EdgeVersion.Current, options.Hash, Devices, HostHealth) { Pushed = () => Configurations?.Said };
            var provinceClock = new ProvinceClock(time, identity.Clock);
            Commands = new CommandDesk(
                options.Centre, province, [new AnnounceKind(Texts), new SelfTestKind(SelfTest), new AppointmentsKind(Loop, Statistics), new SnapshotKind(Snapshots)], Loop, new CommandFiles(seams.Journal), provinceClock, time,
                (code, detail) => Devices.Fault("uplink", code, detail, present: detail is not null));
            Feed.Join(Commands);
            Uplink = new UplinkLoop(
                link, new MqttConnection(mqtt.Host, mqtt.Port, options.Centre.Value, Will: null, KeepAlive: TimeSpan.FromSeconds(20), mqtt.Tls), province, source, reader, acks, time,
                seams.Random, seams.Logs.CreateLogger<UplinkLoop>(), Commands, new LineBudget(time, mqtt.MaxKbit), Configurations, Snapshots);
            Feed.Join(Uplink);
            certificate = mqtt.Tls is { } files ? new CertificateWatch(files, options.Centre, provinceClock, (code, detail) => Devices.Fault("uplink", code, detail, present: detail is not null)) : null;
        }
    }

    public CentreOptions Options { get; }

    public EventJournal Journal { get; }

    public EdgeLoop Loop { get; }

    public PressCommands Presses => Buttons.Commands;

    public DayStatistics Statistics { get; }

    public WaitOutlook Outlook { get; }

    /// <summary>Null when the centre has no printer.</summary>
    public TicketPrinting? Printing { get; }

    public UnprintedTickets Unprinted { get; }

    public EventFeed Feed { get; }

    /// <summary>Texts of clerks and of the province for the loudspeakers.</summary>
    public CentreTexts Texts => voice.Texts;

    /// <summary>Where the centre records a voice of its own.</summary>
    internal VoiceBooth Booth => voice.Booth;

    /// <summary>One for the centre, whichever web server shows it: a server that cannot start is made anew every few seconds.</summary>
    internal Pages.TvStream TvPictures => tvPictures ??= new Pages.TvStream(this);

    /// <summary>Which ticket may be rated at which counter.</summary>
    internal Pages.RatingDoor Rating { get; }

    public IReadOnlyList<string> GuidanceFiles => seams.Guidance?.Names() ?? [];

    public DeviceBook Devices { get; }

    /// <summary>What is known of each camera that is watched.</summary>
    internal IReadOnlyList<CameraStatus> Cameras => cameras?.Status ?? [];

    /// <summary>The watch over the cameras; null in a centre without any.</summary>
    internal CameraParts? CameraWatch => cameras;

    internal ButtonParts Buttons { get; }

    internal HallDevices Hall => hall;

    /// <summary>What the boards say.</summary>
    internal BoardFeed Boards => boards;

    /// <summary>Pictures and films for the televisions; null when the centre has no folder for them.</summary>
    public MediaShelf? Media => seams.Media;

    /// <summary>What people come for and what it takes; empty without a list.</summary>
    internal Procedures.ProcedureIndex Procedures
    {
        get
        {
            var (index, trouble) = seams.Procedures?.Look() ?? (MotCua.Edge.Procedures.ProcedureIndex.Empty, null);
            Devices.Fault("edge", BadProcedures, trouble, present: trouble is not null);
            return index;
        }
    }

    public JournalKeeper Keeper { get; }

    /// <summary>Where clerks log in.</summary>
    public Clerks.ClerkDesk Clerks { get; }

    /// <summary>Why the ticket at each counter was called.</summary>
    internal Pages.CallReasons Reasons { get; }

    public UplinkLoop? Uplink { get; }

    /// <summary>Null when the centre has no province.</summary>
    public CommandDesk? Commands { get; }

    /// <summary>Null when the centre has no province, or takes no configurations of it.</summary>
    public ConfigurationDesk? Configurations { get; }

    public SelfTestRunner SelfTest { get; }

    public Func<Protocols.State.HealthMessage> HostHealth { get; }

    public EdgeIdentity Identity => seams.Identity;

    public IHardware Hardware => seams.Hardware;

    public TimeProvider Time => seams.Time;

    /// <summary>Every loop of the centre, the writer first.</summary>
    public IReadOnlyList<ISteppedLoop> Loops =>
        [Loop, .. hall.Loops, Buttons.Ledger, .. voice.Loops, .. Uplink is null ? [] : (ISteppedLoop[])[Uplink], .. Commands is null ? [] : (ISteppedLoop[])[Commands], .. Configurations is null ? [] : (ISteppedLoop[])[Configurations], .. climate is null ? [] : (ISteppedLoop[])[climate], .. neighbours is null ? [] : (ISteppedLoop[])[neighbours], .. cameras?.Loops ?? [], .. clock is null ? [] : (ISteppedLoop[])[clock], .. certificate is null ? [] : (ISteppedLoop[])[certificate], .. Printing is null ? [] : (ISteppedLoop[])[Printing.Printer], Keeper, timer, Outlook, SelfTest];

    /// <summary>The loops have ended: the last facts are made durable, the province is told, the hardware is given back.</summary>
    public void Dispose()
    {
        Buttons.Ledger.Tell();
        voice.Dispose();
        Loop.Finish();
        Uplink?.Goodbye();
        Uplink?.Dispose();
        certificate?.Dispose();
        SelfTest.Dispose();
        Clerks.Dispose();
        boards.Dispose();
        hall.Dispose();
        climate?.Dispose();
        neighbours?.Dispose();
        cameras?.Dispose();
        clock?.Dispose();
        Printing?.Dispose();
        Journal.Dispose();
        seams.Hardware.Dispose();
    }

    private Protocols.State.HealthMessage WithClimate(Protocols.State.HealthMessage host) => climate?.Latest is { } room
        ? host with { RoomTemperatureC = room.TemperatureC, RoomHumidityPercent = room.HumidityPercent }
        : host;

    private void RecordOpening()
    {
        var opening = Journal.Opening;
        if (opening.Found == JournalFound.Nothing)
        {
            Loop.Record(new JournalOpened("first", null, 0), light: false);
        }
        else if (opening.Found == JournalFound.Damaged)
        {
            var previous = opening.Previous is { Seq: > 0 } mark ? new JournalEnd(mark.Epoch.ToString(), mark.Seq, mark.Hash.ToString()) : null;
            Loop.Record(new JournalOpened("damage", previous, opening.Skip), light: false);
            Devices.Fault("journal", Damaged, $"Verified up to event {previous?.UpTo ?? 0}; every series skips {opening.Skip} numbers.", present: true);
        }
        else if (!Journal.Older.IsEmpty)
        {
            Devices.Fault("journal", Damaged, "A damaged journal stands on this card beside the one in use.", present: true);
        }

        Loop.Record(new EdgeStarted(EdgeVersion.Current, opening.CutBytes), light: true);
    }

    private void EnrolDevices(CentreState found)
    {
        var kinds = HallDevices.Kinds(Options)
            .Concat(clock is null ? [] : [(ClockKeeper.Device, "ds3231")])
            .Concat(Options.Climate is { } sensor ? [(sensor.Id.Value, sensor.Chip.ToString().ToLowerInvariant())] : [])
            .Concat(Options.Neighbours.Select(n => (n.Neighbour.Id.Value, NeighbourParts.NameOf(n.Neighbour.Kind))))
            .Concat(CameraParts.Kinds(Options))
            .Concat(Options.Printer is { } printer ? [(printer.Id.Value, "printer")] : [])
            .Append((CentreFold.SpeakerOutput, "speaker"))
            .Concat(!Options.Speech.HasMicrophone ? [] : [(CentreVoice.Microphone, "microphone")])
            .Concat([("speech", "service"), (SpeechParts.Device, "service"), ("journal", "service"), (KeeperPart, "service"), ("uplink", "service"), ("edge", "service")]);
        foreach (var (device, kind) in kinds)
        {
            Devices.Enrol(device, kind, found.Devices.GetValueOrDefault(device));
        }
    }

    // What was wrong with a part of the program before this start is judged anew; only what still holds is raised again.
    private void ForgetOldFaults()
    {
        foreach (var part in (string[])["edge", "uplink", "speech", SpeechParts.Device, KeeperPart, "journal"])
        {
            Devices.ForgetFaults(part, exceptFor: Journal.Older.IsEmpty ? null : Damaged);
        }
    }

    [LoggerMessage(1101, LogLevel.Warning, "{Why} Nothing else is affected")]
    private static partial void LogMemory(ILogger log, string why);
}
