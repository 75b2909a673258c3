using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Health;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.Configuration;
using MotCua.Protocols.Events;
using MotCua.Protocols.State;

namespace MotCua.CloudBridge.Ingest;

/// <summary>Takes what centres say about themselves: state, birth, devices, health. The latest wins; the view learns at once, the store with the next commit.</summary>
public sealed class FactIntake(FleetView fleet, HealthSampler sampler)
{
    /// <summary>Epochs that one birth may ask about; an honest box has a few.</summary>
    public const int MaxEpochs = 64;

    private const int MaxBirthBytes = 64 * 1024;
    private const int MaxOtherBytes = 8 * 1024;
    private const int MaxDeviceName = 64;
    private const int MaxAsked = 20_000;
    private const long MostSeq = 1L << 53; // What every program that reads JSON can count to.

    private readonly Dictionary<FactKey, Fact> unsaved = [];
    private readonly HashSet<LogId> asked = [];

    /// <summary>Facts that no commit has taken yet, one for each key.</summary>
    public IReadOnlyCollection<Fact> Unsaved => unsaved.Values;

    /// <summary>Logs that a birth asked about and nobody answered yet.</summary>
    public IReadOnlyCollection<LogId> Asked => asked;

    public void Saved()
    {
        unsaved.Clear();
        asked.Clear();
    }

    /// <returns>Null when it was taken, else the reason for quarantine.</returns>
    public string? Take(CentreId centre, FactKind kind, string id, ReadOnlyMemory<byte> payload, DateTimeOffset now)
    {
        if (id.Length > MaxDeviceName)
        {
            return $"A device name has at most {MaxDeviceName} characters.";
        }

        var key = new FactKey(centre, kind, id);
        if (payload.IsEmpty)
        {
            Keep(new Fact(key, now, null), null);
            return null;
        }

        var most = kind == FactKind.Birth ? MaxBirthBytes : MaxOtherBytes;
        return payload.Length > most ? $"{payload.Length} bytes; at most {most} are taken." : kind switch
        {
            FactKind.State => TakeState(key, payload, now),
            FactKind.Birth => TakeBirth(key, payload, now),
            FactKind.Device => Parse(payload, StateJson.Default.DeviceMessage, out var device)
                ?? (device!.Device != id ? "The device names another one than its topic."
                    : device.State is not ("ready" or "degraded" or "failed" or "absent") ? "A device is ready, degraded, failed or absent."
                    : Keep(new Fact(key, now, payload), device)),
            _ => TakeHealth(key, payload, now),
        };
    }

    private string? TakeHealth(FactKey key, ReadOnlyMemory<byte> payload, DateTimeOffset now)
    {
        if ((Parse(payload, StateJson.Default.HealthMessage, out var health) ?? Keep(new Fact(key, now, payload), health)) is { } refused)
        {
            return refused;
        }

        sampler.Add(key.Centre, health!, now);
        return null;
    }

    private string? TakeState(FactKey key, ReadOnlyMemory<byte> payload, DateTimeOffset now)
    {
        if (Parse(payload, StateJson.Default.StateMessage, out var state) is { } malformed)
        {
            return malformed;
        }

        if (state!.State is not (StateMessage.Online or StateMessage.Stopped or StateMessage.Lost))
        {
            return "A centre is online, stopped or lost.";
        }

        // The will of a connection that the centre has long replaced: the broker noticed late.
        var isStaleWill = state.State == StateMessage.Lost && fleet.StateOf(key.Centre) is { State: StateMessage.Online } current && state.Session < current.Session;
        return isStaleWill ? null : Keep(new Fact(key, now, payload), state);
    }

    private string? TakeBirth(FactKey key, ReadOnlyMemory<byte> payload, DateTimeOffset now)
    {
        if (Parse(payload, StateJson.Default.BirthMessage, out var birth) is { } malformed)
        {
            return malformed;
        }

        if (birth!.Epochs.Count > MaxEpochs)
        {
            return $"A birth names at most {MaxEpochs} epochs.";
        }

        if (birth.Devices.Count > FleetView.MaxDevices)
        {
            return $"A centre has at most {FleetView.MaxDevices} devices.";
        }

        if (birth.Pushed is { } pushed && (pushed.Revision is < 1 or > MostSeq || pushed.Hash.Length != 64 || !pushed.Hash.All(char.IsAsciiHexDigit) || !ConfigurationOutcome.IsKnown(pushed.State)))
        {
            return $"pushed has a revision of 1 to {MostSeq}, a hash of 64 hexadecimal digits and a state of this contract.";
        }

        var epochs = new List<EpochId>();
        foreach (var one in birth.Epochs)
        {
            if (!EpochId.TryParse(one.Epoch, out var epoch))
            {
                return "epoch is 16 hexadecimal digits.";
            }

            if (one.From is < 0 or > MostSeq || one.To is < 0 or > MostSeq)
            {
                return $"from and to are 0 to {MostSeq}.";
            }

            epochs.Add(epoch);
        }

        var refused = Keep(new Fact(key, now, payload), birth);
        // While the store is down the questions wait; past the bound a centre asks again with its next birth.
        if (refused is null && asked.Count < MaxAsked)
        {
            asked.UnionWith(epochs.Select(epoch => new LogId(key.Centre, epoch)));
        }

        return refused;
    }

    private string? Keep(Fact fact, object? parsed)
    {
        var refused = fleet.Apply(fact, parsed);
        if (refused is null)
        {
            unsaved[fact.Key] = fact;
        }

        return refused;
    }

    private static string? Parse<T>(ReadOnlyMemory<byte> payload, JsonTypeInfo<T> info, out T? value)
        where T : class
    {
        value = null;
        try
        {
            value = JsonSerializer.Deserialize(payload.Span, info);
            return value is null ? "null says nothing." : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return e.Message.Length <= 200 ? e.Message : e.Message[..200];
        }
    }
}
