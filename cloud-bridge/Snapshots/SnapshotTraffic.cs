using System.Text.Json;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;
using MotCua.Protocols.Snapshots;

namespace MotCua.CloudBridge.Snapshots;

/// <summary>Pictures on their way into the store: announced by the log, asked for by a command or the emergency button, and only then taken. A part of the ingest loop: called by its thread only.</summary>
/// <remarks>A centre sends a picture after the province has signed for the event that announces it, so that event is stored before the picture comes, whichever bridge took it.</remarks>
public sealed class SnapshotTraffic(IBridgeStore store, FleetView fleet, TimeProvider time)
{
    /// <summary>Pictures that wait for one commit, or for a store that is away, some 6 MB.</summary>
    public const int MostWaiting = 32;

    /// <summary>
    /// Pictures of one centre that are held or came within an hour. An honest one sends 12 an hour of each of 16 cameras, and after a broken line 16 that waited; more is a centre that
    /// presses its button by program, and fills no disk of the province.
    /// </summary>
    public const int MostOfCentre = (16 * 12) + 16;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Dictionary<SnapshotKey, AnnouncedSnapshot> announced = [];
    private readonly Dictionary<SnapshotKey, EndedSnapshot> ended = [];
    private readonly Dictionary<SnapshotKey, ArrivedSnapshot> arrived = [];

    // The store was away when they came, so nobody could say whether they were asked for.
    private readonly Queue<(SnapshotKey Key, SnapshotMessage Message)> unjudged = new();

    private int dropped;

    /// <summary>Those that wait have to be committed before another is taken; while the store is away it is dropped: its row says that it is not here, and whoever wants it asks again.</summary>
    public bool IsFull => arrived.Count + unjudged.Count >= MostWaiting;

    /// <summary>Pictures that found no room since this was asked last.</summary>
    public int TakeDropped()
    {
        var count = dropped;
        dropped = 0;
        return count;
    }

    public bool HasWrites => announced.Count + ended.Count + arrived.Count > 0;

    /// <summary>Judges what came while the store was away; what was not asked for is dropped then.</summary>
    /// <exception cref="BridgeStoreException">It is away again.</exception>
    public void Collect(bool storeIsDown)
    {
        while (!storeIsDown && unjudged.TryPeek(out var one))
        {
            Judge(one.Key, one.Message);
            unjudged.Dequeue();
        }
    }

    /// <returns>Why it belongs in quarantine; null when it does not.</returns>
    public string? Take(CentreId centre, string id, ReadOnlyMemory<byte> payload)
    {
        if (SnapshotMessage.TryRead(payload, out var reason) is not { } message)
        {
            return reason;
        }

        if (message.Head.Id != id)
        {
            return "The picture names another id than its topic.";
        }

        if (IsFull)
        {
            dropped++;
            return null;
        }

        var key = new SnapshotKey(centre, id);
        try
        {
            return Judge(key, message);
        }
        catch (BridgeStoreException)
        {
            unjudged.Enqueue((key, message)); // The broker has had its answer, and sends nothing twice.
            return null;
        }
    }

    /// <summary>Takes what stands in logs.</summary>
    public void TakeLogs(IReadOnlyList<LogAppend> appends)
    {
        foreach (var append in appends)
        {
            foreach (var one in append.Events)
            {
                // Looked for before it is parsed: of a hundred thousand events a second hardly any is about a picture.
                if (one.Span.IndexOf("\"camera.snapshot\""u8) >= 0 && Read(one) is var (header, told))
                {
                    Take(new SnapshotKey(append.Log.Centre, told.Id), header, told);
                }
            }
        }
    }

    public BridgeWrites Into(BridgeWrites writes) => HasWrites ? writes with { Snapshots = new SnapshotWrites([.. announced.Values], [.. arrived.Values], [.. ended.Values]) } : writes;

    /// <summary>What was handed into the writes is on disk. Nothing is to be done where it is not: it is kept, and to write it twice changes nothing.</summary>
    public void Committed()
    {
        foreach (var centre in announced.Keys.Concat(ended.Keys).Concat(arrived.Keys).Select(key => key.Centre).Distinct())
        {
            fleet.Touched(centre);
        }

        announced.Clear();
        ended.Clear();
        arrived.Clear();
    }

    private string? Judge(SnapshotKey key, SnapshotMessage message)
    {
        var now = time.GetUtcNow();
        var known = store.Snapshots.Find(key);
        if ((known?.Announced ?? announced.GetValueOrDefault(key)) is not { } asked)
        {
            return "A picture that no event of this centre announced.";
        }

        if (known?.ReceivedAt is not null || arrived.ContainsKey(key))
        {
            return null; // Sent again, since the centre did not hear that it came.
        }

        var reason = message.Head switch
        {
            _ when now >= asked.Expires => "A picture whose time is over.",
            var head when head.Camera != asked.Camera || head.Blur != asked.Blur => "The picture is not the one that was announced.",
            _ when store.Snapshots.Count(key.Centre, now - Hour) + arrived.Keys.Count(one => one.Centre == key.Centre) >= MostOfCentre => $"The centre has sent {MostOfCentre} pictures already.",
            _ when asked.Cause == SnapshotCause.Command => WhyNotCommanded(key, asked),
            _ => null,
        };
        if (reason is null && JpegPicture.TryMeasure(message.Jpeg.Span, SnapshotMessage.LongestSide, out _) is var (width, height))
        {
            arrived[key] = new ArrivedSnapshot(key, message.Jpeg.ToArray(), width, height, message.Head.TakenAt, now);
        }

        return reason;
    }

    // The province's own word is what counts: a centre may send less than was asked, never more.
    private string? WhyNotCommanded(SnapshotKey key, AnnouncedSnapshot asked)
    {
        var given = store.FindCommand(new CommandKey(key.Centre, key.Id))?.Given;
        return given is not { Kind: CommandKinds.Snapshot } || CommandKinds.TryRead<SnapshotBody>(JsonElement.Parse(given.Body), out _) is not { } body
            ? "A picture that no command asked for."
            : body.Camera != asked.Camera || (body.Blur && !asked.Blur) || asked.Expires > asked.Known + TimeSpan.FromMinutes(body.TtlMinutes) ? "The picture is not the one that was commanded." : null;
    }

    private void Take(SnapshotKey key, EventHeader header, CameraSnapshot told)
    {
        if (told.Phase != SnapshotPhase.Asked)
        {
            ended[key] = new EndedSnapshot(key, told.Phase, CommandAnswer.Fitting(told.Note));
            return;
        }

        // By whichever clock is behind: a box that thinks it is tomorrow keeps no picture longer.
        var now = time.GetUtcNow();
        var from = header.Clock != ClockTrust.Unsynced && header.Time < now ? header.Time : now;
        // An emergency nobody commanded: no centre says by itself that a picture stays longer than a day. A command's own word is asked when the picture comes.
        var minutes = told.Cause == SnapshotCause.Emergency ? Math.Min(told.TtlMinutes, SnapshotBody.UsualTtlMinutes) : told.TtlMinutes;
        announced[key] = new AnnouncedSnapshot(key, told.Camera, told.Cause, told.Reason, told.Role, told.Counter, told.Blur, header.Time, now, from + TimeSpan.FromMinutes(minutes));
    }

    private static (EventHeader Header, CameraSnapshot Told)? Read(ReadOnlyMemory<byte> one)
    {
        try
        {
            var read = EventCodec.Read(one.Span);
            return read.Data is CameraSnapshot told && IsSound(told) ? (read.Header, told) : null;
        }
        catch (JsonException)
        {
            return null; // The log keeps what this version does not understand.
        }
    }

    // What a row cannot hold, or a newer version says, is passed over; the log has it.
    private static bool IsSound(CameraSnapshot told) =>
        CommandId.IsValid(told.Id) && told.Camera.Length is > 0 and <= 64 && SnapshotPhase.IsKnown(told.Phase) && told.Cause is SnapshotCause.Command or SnapshotCause.Emergency
        && SnapshotReason.IsKnown(told.Reason) && told.Role is null or { Length: <= 40 } && told.TtlMinutes is >= 1 and <= SnapshotBody.MostTtlMinutes
        && !(told.Camera + told.Role + told.Note).Any(char.IsControl);
}
