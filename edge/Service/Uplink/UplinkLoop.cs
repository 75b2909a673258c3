using MotCua.Edge.Commands;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Journal;
using MotCua.Edge.Loop;
using MotCua.Edge.Trials;
using MotCua.Protocols;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.State;
using MotCua.Protocols.Trust;

namespace MotCua.Edge.Uplink;

/// <summary>
/// Ships the journal to the province: birth, one batch in flight, the next after its signed acknowledgement; without one the same again,
/// link up or not. What arrives meanwhile travels together, so load batches itself. Nothing here can make the journal forget but the province's signed word.
/// </summary>
public sealed partial class UplinkLoop : ISteppedLoop, ICommitSink, IDisposable
{
    private const string HistoryDiffers = "uplink.history-differs";

    private static readonly TimeSpan AckDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BirthAgain = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan HealthEvery = TimeSpan.FromSeconds(60);

    private readonly IMqttLink link;
    private readonly MqttConnection connection;
    private readonly ProvinceKey province;
    private readonly UplinkSource source;
    private readonly JournalReader reader;
    private readonly AckBook acks;
    private readonly TimeProvider time;
    private readonly ReconnectPace pace;
    private readonly ILogger<UplinkLoop> log;
    private readonly DeviceNews news;
    private long session;
    private bool online;
    private bool everLost;
    private (JournalMark End, int Handle)? inFlight;
    private long nextTryAt;
    private long birthAt;
    private long healthAt;
    private bool birthAnswered;

    /// <param name="connection">Where to; its will is set here, a fresh one for each session.</param>
    /// <param name="commands">Null where the province may command nothing.</param>
    /// <param name="budget">Null where the line is the uplink's alone.</param>
    /// <param name="configurations">Null where the province may send none.</param>
    /// <param name="pictures">Null where there are no cameras.</param>
    public UplinkLoop(
        IMqttLink link, MqttConnection connection, ProvinceKey province, UplinkSource source, JournalReader reader, AckBook acks, TimeProvider time, Random random, ILogger<UplinkLoop> log,
        CommandDesk? commands = null, LineBudget? budget = null, ConfigurationDesk? configurations = null, Snapshots.SnapshotDesk? pictures = null)
    {
        this.budget = budget ?? new LineBudget(time, kilobits: null);
        (this.link, this.connection, this.province, this.source, this.reader, this.acks, this.time, this.log, this.commands) = (link, connection, province, source, reader, acks, time, log, commands);
        (this.configurations, this.pictures) = (configurations, pictures);
        ListenTo(commands);
        ListenTo(pictures);
        pace = new ReconnectPace(time, random, Wake.Set);
        link.EventQueued += Wake.Set;
        news = new DeviceNews(source.Devices, Wake.Set);
        pace.Begin();
    }

    public string Name => "uplink";

    public WakeSignal Wake { get; } = new();

    /// <summary>True while the broker holds our session.</summary>
    public bool Online => Volatile.Read(ref online);

    /// <summary>Events that wait for an acknowledgement.</summary>
    public long Pending => reader.Epochs().Sum(e => e.End.Seq - Math.Min(e.End.Seq, acks.HeldOf(e.Epoch)?.Seq ?? e.First - 1));

    /// <summary>Cuts the line as a pulled network cable does (lab page and tests), or plugs it in again.</summary>
    public bool Cut
    {
        get => Volatile.Read(ref field);
        set
        {
            Volatile.Write(ref field, value);
            Wake.Set();
        }
    }

    public void Accept(Committed committed) => Wake.Set();

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        while (link.TryTake(out var happened))
        {
            Handle(happened);
        }

        if (Cut && online)
        {
            link.Disconnect();
            Handle(new MqttLinkEvent.Lost("Đường truyền bị ngắt để thử."));
        }

        if (pace.IsDue && !Cut)
        {
            Connect();
        }

        return ValueTask.FromResult(online ? SendWhatIsDue() : Timeout.InfiniteTimeSpan);
    }

    /// <summary>Says goodbye, so that the province sees "stopped" and not "lost".</summary>
    public void Goodbye()
    {
        if (online)
        {
            Say(source.State(StateMessage.Stopped, session));
            link.Disconnect();
            Volatile.Write(ref online, false);
        }
    }

    public void Dispose()
    {
        news.Dispose();
        link.Dispose();
        Wake.Dispose();
    }

    private void Connect()
    {
        pace.Attempted();
        session = Math.Max(session + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
        link.Connect(connection with { Will = source.State(StateMessage.Lost, session) });
    }

    private void Handle(MqttLinkEvent happened)
    {
        switch (happened)
        {
            case MqttLinkEvent.Connected:
                Greet();
                break;
            case MqttLinkEvent.Lost lost:
                LoseLink(lost);
                break;
            case MqttLinkEvent.Received received when received.Topic == Topics.Ack(source.Centre):
                TakeAck(received.Payload.Span);
                break;
            case MqttLinkEvent.Received received when received.Topic == Topics.Command(source.Centre):
                commands?.Post.Put(received.Payload);
                break;
            case MqttLinkEvent.Received received when received.Topic == Topics.Configuration(source.Centre):
                configurations?.Put(received.Payload);
                break;
            case MqttLinkEvent.Published answered when IsOfPicture(answered):
                break;
            case MqttLinkEvent.Published { Refused: true } published:
                Refused(published.ReasonCode);
                break;
            case MqttLinkEvent.Subscribed { ReasonCodes: var codes } when codes.Any(code => code >= 0x80):
                Refused(codes.First(code => code >= 0x80));
                break;
        }
    }

    private void Greet()
    {
        Volatile.Write(ref online, true);
        LogOnline(connection.Host, connection.Port, Pending);
        link.Subscribe([Topics.Down(source.Centre)]);
        commands?.Post.Connected();
        budget.Forget();
        Say(source.State(StateMessage.Online, session));
        news.Take(); // All are told now, however often they changed while the line was down.
        foreach (var device in source.Devices.All)
        {
            Say(source.Device(device));
        }

        SayBirth();
        LosePicture();
        inFlight = null;
        // A broker that restarted has us back before the bridge subscribes; a batch sent into that hole would cost a whole deadline.
        // The birth is retained, so its answer says that the bridge is there.
        (nextTryAt, healthAt) = (time.After(AckDeadline), time.GetTimestamp());
        birthAnswered = false;
        TellConnected();
    }

    private void SayBirth()
    {
        Say(source.Birth(session, reader.Epochs()));
        birthAt = time.After(BirthAgain);
    }

    private void TakeAck(ReadOnlySpan<byte> token)
    {
        if (Ack.TryVerify(province, source.Centre, token, out var signedAt, out var reason) is not { } ack)
        {
            LogBadAck(reason);
            return;
        }

        var verdict = acks.Take(ack);
        if (verdict == AckVerdict.Believed)
        {
            TellCommands(ack, signedAt);
        }

        switch (verdict)
        {
            case AckVerdict.Believed or AckVerdict.HoldsMore:
                pace.Succeeded();
                birthAnswered = true;
                source.Devices.Fault(Name, "uplink.refused", null, present: false);
                source.Devices.Fault("journal", HistoryDiffers, null, present: acks.AnyDiffers);

                // A word about less than what is in flight is the answer to something older, or a refusal: then the deadline sends again.
                if (inFlight is { } sent && sent.End.Epoch == ack.Epoch && ack.UpTo >= sent.End.Seq)
                {
                    (inFlight, nextTryAt) = (null, 0);
                }

                break;
            case AckVerdict.HistoryDiffers:
                LogHistoryDiffers(ack.Epoch.ToString(), ack.UpTo);
                (inFlight, nextTryAt) = inFlight?.End.Epoch == ack.Epoch ? (null, 0) : (inFlight, nextTryAt);
                source.Devices.Fault("journal", HistoryDiffers, $"Epoch {ack.Epoch}, event {ack.UpTo}.", present: true);
                break;
            default:
                break;
        }
    }
}
