using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.Events;
using MotCua.Protocols.Faults;
using MotCua.Protocols.State;

namespace MotCua.CloudBridge.Fleet;

/// <summary>What is known of one centre at the moment. Guarded by the view that owns it.</summary>
internal sealed class Centre(CentreId id)
{
    private const int MaxLastEvents = 8;
    private const int MaxFaultsOnSummary = 4;
    private const int MaxName = 100;
    private const int MaxDetail = 200;

    private readonly SortedDictionary<string, DeviceMessage> devices = new(StringComparer.Ordinal);
    private readonly Dictionary<EpochId, LogEnd> logs = [];
    private readonly Queue<byte[]> lastEvents = new();
    private BirthMessage? birth;
    private HealthMessage? health;
    private DateTimeOffset healthHeard;
    private DateTimeOffset? since;

    public StateMessage? State { get; private set; }

    public RunningConfiguration? Configuration => birth is { } said ? new RunningConfiguration(said.Configuration, said.Pushed) : null;

    /// <summary>Number of the view's last change that touched this centre.</summary>
    public long Revision { get; set; }

    public bool HasRoomFor(string device) => devices.Count < FleetView.MaxDevices || devices.ContainsKey(device);

    public void Apply(Fact fact, object? parsed)
    {
        switch (fact.Key.Kind)
        {
            case FactKind.State:
                since = State?.State == (parsed as StateMessage)?.State ? since : fact.At;
                State = (StateMessage?)parsed;
                break;
            case FactKind.Birth:
                birth = (BirthMessage?)parsed;
                break;
            case FactKind.Health:
                (health, healthHeard) = ((HealthMessage?)parsed, fact.At);
                break;
            case FactKind.Device when parsed is DeviceMessage device:
                devices[fact.Key.Id] = device;
                break;
            case FactKind.Device:
                devices.Remove(fact.Key.Id);
                break;
        }
    }

    public long HeldOf(EpochId epoch) => logs.GetValueOrDefault(epoch).UpTo;

    public void Held(EpochId epoch, LogEnd end) => logs[epoch] = end;

    public void Add(IReadOnlyList<ReadOnlyMemory<byte>> events)
    {
        // Copied, since a slice would keep the whole message alive; put into words only when somebody looks.
        for (var i = Math.Max(0, events.Count - MaxLastEvents); i < events.Count; i++)
        {
            if (lastEvents.Count == MaxLastEvents)
            {
                lastEvents.Dequeue();
            }

            lastEvents.Enqueue(events[i].ToArray());
        }
    }

    public CentreSummary Summarise()
    {
        var faults = devices.Values.Where(device => device.State != "ready").Select(Summarise).OrderByDescending(device => device.Attention).ToList();
        var state = State?.State ?? "unknown";
        var worst = faults.Count > 0 ? faults[0].Attention : Attention.None;
        var own = state switch { StateMessage.Lost => Attention.Critical, StateMessage.Online => Attention.None, _ => Attention.Quiet };
        var last = lastEvents.Count > 0 ? EventSentence.TryRead(lastEvents.Last()) : null;
        return new CentreSummary(
            id.Value, NameForPeople, state, since, worst > own ? worst : own,
            health?.Pending, devices.Count, [.. faults.Take(MaxFaultsOnSummary)], faults.Count, logs.Values.Sum(end => end.UpTo), last);
    }

    public CentreDetail Detail() => new(
        Summarise(),
        Short(birth?.Version, MaxDetail),
        [.. logs.Select(log => new LogSummary(log.Key.ToString(), log.Value.UpTo.ToString(), log.Value.Hash.ToString()))],
        [.. devices.Values.Select(Summarise).OrderByDescending(device => device.Attention)],
        health is null ? null : new HealthSummary(health.At, health.Pending, health.JournalBytes, health.MemoryBytes, health.TemperatureC, health.DiskFreeBytes, health.Clock),
        [.. lastEvents.Reverse().Select(bytes => EventSentence.TryRead(bytes)).OfType<EventLine>()]);

    public CentreSituation Situation() => new(
        id, NameForPeople, State?.State ?? "unknown", since,
        [.. devices.Values.Where(device => device.State != "ready").Select(one => new DeviceFault(one.Device, Short(one.Kind, MaxName)!, Short(one.Fault, MaxName), Short(one.Detail, MaxDetail), one.Since))],
        health is null ? null : new HealthSituation(health.At, healthHeard, health.Pending, health.TemperatureC, health.RoomTemperatureC, health.DiskFreeBytes, health.Clock));

    public string NameForPeople => Short(birth?.Name is { Length: > 0 } name ? name : id.Value, MaxName)!;

    private static DeviceSummary Summarise(DeviceMessage device)
    {
        var declared = device.Fault is null ? null : FaultCatalogue.Find(device.Fault);
        var attention = device.State == "ready" ? Attention.None : declared?.Severity switch
        {
            Severity.Critical => Attention.Critical,
            Severity.Notice => Attention.Quiet,
            _ => Attention.Warning,
        };
        return new DeviceSummary(
            device.Device, Short(device.Kind, MaxName)!, device.State, Short(device.Fault, MaxName), Short(EventSentence.FaultTitle(device.Fault), MaxDetail),
            declared?.WhatToDo, attention, Short(device.Detail, MaxDetail), device.Since);
    }

    private static string? Short(string? text, int length) => text is null || text.Length <= length ? text : text[..length];
}
