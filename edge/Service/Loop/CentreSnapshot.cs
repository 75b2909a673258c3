using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Loop;

/// <summary>The state as a snapshot file holds it: plain values, its own version, so that the state's types may change freely.</summary>
internal sealed record CentreSnapshot(
    int Version, DateOnly? Date, Dictionary<string, int> LastNumbers, List<SnapshotTicket> Waiting, List<SnapshotTicket> AtCounters,
    DayTally Tally, long NextArrival, int SkipAtNextDay, List<SnapshotCall> Calls, Dictionary<string, DeviceCondition> Devices)
{
    private const int Current = 1;

    public static byte[] Write(CentreState state) => JsonSerializer.SerializeToUtf8Bytes(
        new CentreSnapshot(
            Current, state.Queue.Date, state.Queue.LastNumbers.ToDictionary(n => n.Key.ToString(), n => n.Value),
            [.. state.Queue.Waiting.Values.SelectMany(w => w.InArrival).Select(t => SnapshotTicket.Of(t, null))],
            [.. state.Queue.AtCounters.Select(c => SnapshotTicket.Of(c.Value, c.Key))],
            state.Queue.Tally, state.Queue.NextArrival, state.Queue.SkipAtNextDay,
            [.. state.Calls.Select(c => new SnapshotCall(c.Seq, c.Ticket.ToString(), c.Counter.Value, c.Times, c.At, c.Spoken))],
            state.Devices.ToDictionary()),
        SnapshotJson.Default.CentreSnapshot);

    /// <exception cref="InvalidDataException">Another version, or not what <see cref="Write"/> wrote.</exception>
    public static CentreState Read(ReadOnlySpan<byte> bytes, QueuePlan plan)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, SnapshotJson.Default.CentreSnapshot) is { Version: Current } snapshot
                ? snapshot.ToState(plan)
                : throw new InvalidDataException("The snapshot is of another version.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException)
        {
            throw new InvalidDataException("The snapshot cannot be read.", e);
        }
    }

    private CentreState ToState(QueuePlan plan)
    {
        var empty = CentreState.Empty(plan);
        return new CentreState(
            empty.Queue with
            {
                Date = Date,
                LastNumbers = LastNumbers.ToImmutableDictionary(n => n.Key[0], n => n.Value),
                Waiting = Waiting.Select(t => t.ToTicket()).GroupBy(t => t.Service).ToImmutableDictionary(s => s.Key, s => WaitingLine.Of(s, plan.OvertakingCap)),
                AtCounters = empty.Queue.AtCounters.AddRange(AtCounters.Select(t => KeyValuePair.Create(new CounterId(t.Counter!.Value), t.ToTicket()))),
                Tally = Tally,
                NextArrival = NextArrival,
                SkipAtNextDay = SkipAtNextDay,
            },
            [.. Calls.Select(c => new RecentCall(c.Seq, TicketNumber.Parse(c.Ticket), new CounterId(c.Counter), c.Times, c.At, c.Spoken))],
            Devices.ToImmutableSortedDictionary());
    }
}

internal sealed record SnapshotTicket(string Number, string Service, string Token, DateTimeOffset IssuedAt, long Arrival, int Calls, DateTimeOffset? CalledAt, int? Counter)
{
    public static SnapshotTicket Of(Ticket ticket, CounterId? counter) => new(
        ticket.Number.ToString(), ticket.Service.Value, ticket.Token.Value, ticket.IssuedAt, ticket.Arrival, ticket.Calls, ticket.CalledAt, counter?.Value);

    public Ticket ToTicket() => new(TicketNumber.Parse(Number), new ServiceCode(Service), new FollowToken(Token), IssuedAt, Arrival, Calls, CalledAt);
}

internal sealed record SnapshotCall(long Seq, string Ticket, int Counter, int Times, DateTimeOffset At, bool Spoken);

// Nulls are written: a field that its own reader requires must never be left out.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CentreSnapshot))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
