using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MotCua.Edge.Commands;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Health;
using MotCua.Edge.Hosting;
using MotCua.Edge.Journal;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Edge.Uplink;
using MotCua.Fleet.Days;
using MotCua.Protocols;
using MotCua.Protocols.Events;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.State;

namespace MotCua.Fleet.Centres;

/// <summary>A centre without hardware: the edge's own queue, journal, device book, uplink and command desk over a card in memory, and people who come by a seed.</summary>
/// <remarks>One thread drives it: <see cref="Advance"/> lets its days go by, <see cref="Step"/> runs its loops.</remarks>
internal sealed class VirtualCentre : ICentreHands, ICommitSink, IDisposable
{
    // A segment is a batch's worth, so that sending unpacks nothing twice; what is acknowledged goes at the next look.
    private static readonly JournalOptions CardOptions = new() { SegmentBytes = 64 * 1024, KeepAcknowledged = TimeSpan.Zero, SnapshotEvery = 400 };

    private readonly CentreProfile profile;
    private readonly WorldClock clock;
    private readonly MemoryCard card = new();
    private readonly EdgeLoop loop;
    private readonly JournalKeeper keeper;
    private readonly JournalReader reader;
    private readonly AckBook acks;
    private readonly EventFeed feed;
    private readonly Agenda agenda = new();
    private readonly CentreDays days;
    private readonly Random tokens;
    private readonly EdgeIdentity identity;
    private readonly List<SteppedPart> parts = [];
    private UplinkLoop? uplink;
    private Exception? failure;
    private bool cut;

    /// <param name="options">What is the same for all centres of a fleet.</param>
    /// <param name="epoch">Identity of its journal.</param>
    public VirtualCentre(CentreProfile profile, FleetOptions options, EpochId epoch)
    {
        this.profile = profile;
        clock = new WorldClock(options.Begin);
        tokens = DayChance.Of(options.Seed, profile.Number, "tokens");
        identity = new EdgeIdentity(profile.Id, $"{DayChance.Of(options.Seed, profile.Number, "boot").Next():x8}", new BatteryClock(), NewToken);
        var fold = new CentreFold(profile.Plan);
        Journal = EventJournal.Open(card, CardOptions with { BudgetBytes = options.CardBytes }, fold, () => epoch);
        Devices = new DeviceBook(clock, data => loop!.Record(data, light: false));
        feed = new EventFeed(e => failure ??= e);
        loop = new EdgeLoop(Journal, fold.State, identity, clock, feed, (code, error) => Devices.Fault("journal", code, error?.Message, error is not null));
        reader = new JournalReader(Journal);
        acks = new AckBook(reader);
        keeper = new JournalKeeper(Journal, () => loop.Durable, clock, acks.IsForgettable, (code, detail) => Devices.Fault("journal-keeper", code, detail, present: detail is not null));
        feed.Join(this);
        feed.Join(keeper);
        loop.Record(new JournalOpened("first", null, 0), light: false);
        loop.Record(new EdgeStarted(EdgeVersion.Current, 0), light: true);
        foreach (var (device, kind) in profile.Devices)
        {
            Devices.Enrol(device, kind, null);
            if (kind != "service")
            {
                Report(new DeviceReport(new DeviceId(device), DeviceState.Ready));
            }
        }

        days = new CentreDays(profile, options.Seed, options.Hours, agenda, this, options.Begin, options.Troubles);
        parts.Add(new SteppedPart(loop));
        parts.Add(new SteppedPart(keeper));
    }

    public int Number => profile.Number;

    public CentreId Id => profile.Id;

    public string Name => profile.Name;

    public int District => profile.District;

    public EventJournal Journal { get; }

    public DeviceBook Devices { get; }

    public QueueState Queue => loop.Durable.State.Queue;

    /// <summary>Told each event when it is durable, from the centre's thread.</summary>
    public Action<CommittedEvent>? Watch { get; set; }

    /// <summary>When something happens next in its days.</summary>
    public DateTimeOffset NextAct => agenda.Next;

    /// <summary>True while the broker holds its session. Any thread.</summary>
    public bool Online => uplink?.Online ?? false;

    /// <summary>Events that the province has not signed for. Any thread.</summary>
    public long Pending => uplink?.Pending ?? Journal.Committed.Seq;

    /// <summary>Bytes that its card takes in memory.</summary>
    public long CardBytes => card.Bytes;

    /// <summary>True while its line is cut for a test. Any thread.</summary>
    public bool IsCut
    {
        get => Volatile.Read(ref cut) || uplink?.Cut == true;
        set
        {
            Volatile.Write(ref cut, value);
            uplink?.Cut = value;
        }
    }

    /// <summary>Plugs it in. Before its thread runs.</summary>
    public void Connect(IMqttLink link, FleetLine line, Random chance)
    {
        var time = TimeProvider.System;
        var source = new UplinkSource(Id, Name, EdgeVersion.Current, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Id.Value))), Devices, Health);
        List<ICommandKind> kinds = [.. VirtualCommand.All(time, fact => loop.Record(fact, light: true), () => Devices.Inventory), new AppointmentsKind(loop, new DayStatistics(Journal, () => loop.Durable)), new SnapshotKind(desk: null)];
        var desk = new CommandDesk(
            Id, line.Province, kinds, loop, new CommandFiles(card), new ProvinceClock(time, identity.Clock), time, (code, detail) => Devices.Fault("uplink", code, detail, present: detail is not null));
        feed.Join(desk);
        uplink = new UplinkLoop(
            link, new MqttConnection(line.Host, line.Port, Id.Value, Will: null, KeepAlive: TimeSpan.FromSeconds(60), line.TlsOf?.Invoke(Id)), line.Province, source, reader, acks, time, chance,
            NullLogger<UplinkLoop>.Instance, desk)
        {
            Cut = cut,
        };
        feed.Join(uplink);
        parts.Add(new SteppedPart(desk));
        parts.Add(new SteppedPart(uplink));
    }

    /// <summary>Lets its days go by until a moment, act by act.</summary>
    /// <param name="most">Stops when the journal holds so many events.</param>
    public void Advance(DateTimeOffset until, long most = long.MaxValue)
    {
        while (agenda.Next <= until && Journal.Committed.Seq < most)
        {
            clock.MoveTo(agenda.Next);
            days.Do(agenda.Take(), clock.Now);
            Settle();
        }

        if (until < DateTimeOffset.MaxValue)
        {
            clock.MoveTo(until);
        }
    }

    /// <summary>Makes durable what still rests.</summary>
    public void Flush()
    {
        clock.MoveTo(clock.Now + TimeSpan.FromSeconds(3));
        Run(loop);
        Settle();
    }

    /// <summary>Runs what is due of its loops.</summary>
    /// <param name="now">Stamp of the system's monotonic clock.</param>
    /// <returns>When the next is due by itself.</returns>
    public long Step(long now)
    {
        var next = long.MaxValue;
        foreach (var part in parts)
        {
            next = Math.Min(next, part.StepIfDue(now));
        }

        ThrowIfFailed();
        return next;
    }

    /// <summary>Canonical bytes of all that its card still holds, in order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> ReadAll()
    {
        var own = new JournalReader(Journal);
        var at = new JournalMark(Journal.Epoch, 0, ChainHash.Genesis);
        while (own.ReadAfter(at, EventBatch.MaxEvents, EventBatch.MaxBytes) is { } stretch)
        {
            foreach (var one in stretch.Events)
            {
                yield return one;
            }

            at = stretch.End;
        }
    }

    /// <summary>Says goodbye. After its thread has ended.</summary>
    public void Goodbye() => uplink?.Goodbye();

    public void Dispose()
    {
        uplink?.Dispose();
        Journal.Dispose();
    }

    public bool Submit(QueueCommand command)
    {
        loop.TrySubmit(command, out var answer);
        Run(loop);
        return answer is { IsCompleted: true } && answer.GetAwaiter().GetResult() is Outcome.Accepted;
    }

    public void Record(EventData fact, bool light) => loop.Record(fact, light);

    public void Report(DeviceReport report) => Devices.Report(report);

    public void CutLine(bool isCut) => IsCut = isCut;

    public FollowToken NewToken()
    {
        Span<byte> random = stackalloc byte[16];
        tokens.NextBytes(random);
        return new FollowToken(Base64Url.EncodeToString(random));
    }

    public void Accept(Committed committed)
    {
        foreach (var happened in committed.Events)
        {
            days.Happened(happened, clock.Now);
            Watch?.Invoke(happened);
        }
    }

    private static TimeSpan Run(ISteppedLoop part) => part.StepAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();

    // Facts that may not rest, then what the keeper has to do: so a week of days leaves the same bytes as a week of real time.
    private void Settle()
    {
        if (loop.Wake.TryTake())
        {
            Run(loop);
        }

        if (keeper.Wake.TryTake())
        {
            while (Run(keeper) == TimeSpan.Zero)
            {
            }
        }

        ThrowIfFailed();
    }

    // A sink that throws leaves the others told; here it is a defect of the fleet, and nobody should count on its figures.
    private void ThrowIfFailed()
    {
        if (failure is not null)
        {
            throw new InvalidOperationException($"{Id}: {failure.Message}", failure);
        }
    }

    private HealthMessage Health() => new(
        TimeProvider.System.GetUtcNow(), Pending, CardBytes, 82L * 1024 * 1024, 44 + (profile.Number % 13), 22L * 1024 * 1024 * 1024, "synced");

    /// <summary>A loop, and when it wants to be stepped next.</summary>
    private sealed class SteppedPart(ISteppedLoop part)
    {
        private long dueAt;

        public long StepIfDue(long now)
        {
            if (part.Wake.TryTake() || now >= dueAt)
            {
                var rest = Run(part);
                dueAt = rest == Timeout.InfiniteTimeSpan ? long.MaxValue : now + (long)(rest.TotalSeconds * TimeProvider.System.TimestampFrequency);
            }

            return dueAt;
        }
    }
}
