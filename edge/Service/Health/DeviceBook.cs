using System.Collections.Concurrent;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Loop;
using MotCua.Protocols.Events;
using MotCua.Protocols.Faults;

namespace MotCua.Edge.Health;

/// <summary>What is known of a device now.</summary>
/// <param name="Since">Monotonic moment of the change, for ages.</param>
/// <param name="At">Wall time of the change, for people.</param>
public sealed record KnownDevice(string Device, string Kind, DeviceReport Report, long Since, DateTimeOffset At)
{
    /// <summary>False: the journal's word of an earlier run of the program, and nobody has seen the device since.</summary>
    public bool IsOfThisRun { get; init; } = true;

    /// <summary>How often it stopped working since the program started: a bus or cable that fails and heals by itself shows here, long after its fault has ended.</summary>
    public long Failures { get; init; }

    /// <summary>How often it worked again by itself after one of those.</summary>
    public long Recoveries { get; init; }

    public bool IsDown => Report.State is DeviceState.Failed or DeviceState.Absent;

    public string StateName => Report.State switch
    {
        DeviceState.Ready => "ready",
        DeviceState.Degraded => "degraded",
        DeviceState.Failed => "failed",
        _ => "absent",
    };
}

/// <summary>The newest state of every device, for pages and uplink; each change becomes an event.</summary>
/// <param name="record">Where changes go to be made durable; returns at once.</param>
public sealed class DeviceBook(TimeProvider time, Action<EventData> record) : IDeviceReports
{
    private const int LongestDetail = 200;

    private readonly ConcurrentDictionary<string, KnownDevice> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> kinds = new(StringComparer.Ordinal);

    // Changes are told in the order in which they are seen here, so that the newest event says the newest state.
    private readonly Lock gate = new();
    private readonly Dictionary<string, DeviceReport> told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<DeviceReport>> faults = new(StringComparer.Ordinal);

    /// <summary>Raised after a change, from any thread; handlers return at once.</summary>
    public event Action<KnownDevice>? Changed;

    public IReadOnlyList<KnownDevice> All => [.. known.Values.OrderBy(d => d.Device, StringComparer.Ordinal)];

    /// <summary>Devices of the configuration, with their kinds.</summary>
    public IReadOnlyList<(string Device, string Kind)> Inventory => [.. kinds.Select(k => (k.Key, k.Value)).OrderBy(k => k.Key, StringComparer.Ordinal)];

    /// <summary>Names a device of the configuration before it reports anything.</summary>
    /// <param name="last">What the journal last said of it, so that a restart repeats no event.</param>
    public void Enrol(string device, string kind, DeviceCondition? last)
    {
        kinds[device] = kind;
        if (last is not null)
        {
            var state = last.State switch { "ready" => DeviceState.Ready, "degraded" => DeviceState.Degraded, "failed" => DeviceState.Failed, _ => DeviceState.Absent };
            var report = new DeviceReport(new DeviceId(device), state, last.Fault is { } fault ? new FaultCode(fault) : null, last.Detail);
            lock (gate)
            {
                told[device] = report;
                known[device] = new KnownDevice(device, kind, report, time.GetTimestamp(), last.Since) { IsOfThisRun = false };
                faults[device] = report.Fault is null ? [] : [report];
            }
        }
    }

    public void Report(DeviceReport report)
    {
        lock (gate)
        {
            Tell(report);
        }
    }

    /// <summary>Raises or clears a fault of a part of the program, told as a device of that name. Of several the gravest is told, so that one that ends hides no other.</summary>
    public void Fault(string part, string code, string? detail, bool present)
    {
        lock (gate)
        {
            var all = faults.TryGetValue(part, out var found) ? found : faults[part] = [];
            var index = all.FindIndex(fault => fault.Fault?.Value == code);
            var report = new DeviceReport(new DeviceId(part), DeviceState.Degraded, new FaultCode(code), detail);
            if (present && index < 0)
            {
                all.Add(report);
            }
            else if (present)
            {
                all[index] = report; // It stands; its detail may tell more by now.
            }
            else if (index >= 0)
            {
                all.RemoveAt(index);
            }

            Tell(all.MaxBy(GravityOf) ?? new DeviceReport(new DeviceId(part), DeviceState.Ready));
        }
    }

    /// <summary>Drops what an earlier run of the program said of a part; a fault that still holds is raised again by whoever sees it.</summary>
    /// <param name="exceptFor">A fault code that stays; null when none does.</param>
    public void ForgetFaults(string part, string? exceptFor)
    {
        lock (gate)
        {
            if (known.ContainsKey(part))
            {
                var kept = faults[part] = [.. faults.GetValueOrDefault(part, []).Where(fault => fault.Fault?.Value == exceptFor)];
                Tell(kept.MaxBy(GravityOf) ?? new DeviceReport(new DeviceId(part), DeviceState.Ready));
            }
        }
    }

    private static int GravityOf(DeviceReport fault) => FaultCatalogue.Find(fault.Fault!.Value.Value) is { } declared ? (int)declared.Severity : -1;

    private void Tell(DeviceReport report)
    {
        var device = report.Device.Value;
        report = report.Detail is { Length: > LongestDetail } detail ? report with { Detail = detail[..LongestDetail] } : report;
        var before = known.GetValueOrDefault(device);

        // A detail that grew is no news, but whoever looks should see the newest.
        var now = known[device] = Counted(before, report.SaysTheSameAs(before?.Report)
            ? before! with { Report = report, IsOfThisRun = true }
            : new KnownDevice(device, kinds.GetValueOrDefault(device, "service"), report, time.GetTimestamp(), time.GetUtcNow()));
        if (report.IsPassing || report.SaysTheSameAs(told.GetValueOrDefault(device)))
        {
            return;
        }

        told[device] = report;
        record(new DeviceChanged(device, now.StateName, report.Fault?.Value, report.Detail));
        Changed?.Invoke(now);
    }

    // Drivers tell the first failure and the first success after it at once, so each of both passes here; the tries between are no news of the device.
    private static KnownDevice Counted(KnownDevice? before, KnownDevice now)
    {
        var wasDown = before is { IsOfThisRun: true, IsDown: true };
        return now with
        {
            Failures = (before?.Failures ?? 0) + (now.IsDown && !wasDown ? 1 : 0),
            Recoveries = (before?.Recoveries ?? 0) + (!now.IsDown && wasDown ? 1 : 0),
        };
    }
}
