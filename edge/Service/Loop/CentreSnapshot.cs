using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>The state as a snapshot file holds it: plain values, its own version, so that the state's types may change freely.</summary>
/// <param name="Day">What version 2 added; null in a snapshot of version 1, which had none of it.</param>
/// <param name="Clock">Null in older snapshots; then a step of the clock is seen from the next event on.</param>
/// <param name="Buttons">Null in a snapshot that was written before buttons were counted.</param>
/// <param name="Commands">Null in a snapshot that was written before the province could command.</param>
/// <param name="Configuration">Null while the province has sent none.</param>
/// <param name="Incidents">Null in a snapshot that was written before incidents were kept.</param>
/// <param name="Pictures">What is known of pictures that were asked for; null in a snapshot that was written before there were any.</param>
internal sealed record CentreSnapshot(
    int Version, DateOnly? Date, SortedDictionary<string, int> LastNumbers, List<SnapshotTicket> Waiting, List<SnapshotTicket> AtCounters,
    DayTally Tally, long NextArrival, int SkipAtNextDay, List<SnapshotCall> Calls, SortedDictionary<string, DeviceCondition> Devices, SnapshotDay? Day = null,
    ClockMark? Clock = null, List<ButtonCount>? Buttons = null, SnapshotCommands? Commands = null, ConfigurationMark? Configuration = null,
    List<OpenIncident>? Incidents = null, List<SnapshotMark>? Pictures = null)
{
    private const int First = 1;
    private const int Current = 2;

    public static byte[] Write(CentreState state)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(state, output);
        return output.WrittenSpan.ToArray();
    }

    public static void Write(CentreState state, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output);
        JsonSerializer.Serialize(json, Of(state), SnapshotJson.Default.CentreSnapshot);
    }

    /// <exception cref="InvalidDataException">Another version, or not what <see cref="Write(CentreState)"/> wrote.</exception>
    public static CentreState Read(ReadOnlySpan<byte> bytes, QueuePlan plan)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, SnapshotJson.Default.CentreSnapshot) is { Version: First or Current } snapshot
                ? snapshot.ToState(plan)
                : throw new InvalidDataException("The snapshot is of another version.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException("The snapshot cannot be read.", e);
        }
    }

    /// <summary>By key, so that equal states have equal bytes.</summary>
    public static SortedDictionary<string, T> Sorted<T>(IEnumerable<(string Key, T Value)> pairs) =>
        new(pairs.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal), StringComparer.Ordinal);

    private static CentreSnapshot Of(CentreState state) => new(
        Current, state.Queue.Date, Sorted(state.Queue.LastNumbers.Select(n => (n.Key.ToString(), n.Value))),
        [.. state.Queue.AllWaiting.OrderBy(t => t.Arrival).Select(t => SnapshotTicket.Of(t))],
        [.. state.Queue.AtCounters.Select(c => SnapshotTicket.Of(c.Value, c.Key))],
        state.Queue.Tally, state.Queue.NextArrival, state.Queue.SkipAtNextDay,
        [.. state.Calls.Select(c => new SnapshotCall(c.Seq, c.Ticket.ToString(), c.Counter.Value, c.Times, c.At, c.Spoken))],
        Sorted(state.Devices.Select(d => (d.Key, d.Value))), SnapshotDay.Of(state), state.Clock, [.. state.Buttons.Values],
        new SnapshotCommands([.. state.Commands.Known.Values], state.Commands.Latest), state.Configuration, [.. state.Incidents.Values], [.. state.Snapshots]);

    private CentreState ToState(QueuePlan plan)
    {
        var empty = CentreState.Empty(plan);
        var queue = empty.Queue with
        {
            Date = Date,
            LastNumbers = LastNumbers.ToImmutableDictionary(n => n.Key[0], n => n.Value),
            AtCounters = empty.Queue.AtCounters.AddRange(AtCounters.Select(t => KeyValuePair.Create(new CounterId(t.Counter!.Value), t.ToTicket()))),
            Tally = Tally,
            NextArrival = NextArrival,
            SkipAtNextDay = SkipAtNextDay,
        };
        var waiting = Waiting.Select(t => t.ToTicket()).ToLookup(t => t.Direct is not null);
        queue = queue with
        {
            Waiting = waiting[false].GroupBy(t => t.Service).ToImmutableDictionary(s => s.Key, s => WaitingLine.Of(s, plan.OvertakingCap)),
            Direct = queue.Direct.AddRange(waiting[true].GroupBy(t => t.Direct!.Value).Select(c => KeyValuePair.Create(c.Key, WaitingLine.Of(c, plan.OvertakingCap)))),
        };
        return new CentreState(
            Day?.Onto(queue) ?? queue,
            [.. Calls.Select(c => new RecentCall(c.Seq, TicketNumber.Parse(c.Ticket), new CounterId(c.Counter), c.Times, c.At, c.Spoken))],
            Devices.ToImmutableSortedDictionary())
        {
            Clock = Clock,
            DayBeginsAt = Day?.BeginsAt ?? 0,
            BootBeginsAt = Day?.BootBeginsAt ?? 0,
            FiguresBeginAt = Day?.FiguresBeginAt ?? 0,
            Buttons = CentreState.ByName(Buttons ?? []),
            Configuration = Configuration,
            Incidents = OpenIncidents.Of(Incidents ?? []),
            Snapshots = [.. Pictures ?? []],
            Commands = Commands is { } had ? CommandMemory.Of(had.Known, had.Latest) : CommandMemory.Empty,
        };
    }
}

internal sealed record SnapshotCall(long Seq, string Ticket, int Counter, int Times, DateTimeOffset At, bool Spoken);

internal sealed record SnapshotCommands(List<KnownCommand> Known, DateTimeOffset Latest);

// Nulls are written: a field that its own reader requires must never be left out.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CentreSnapshot))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
