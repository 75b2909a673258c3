using MotCua.CloudBridge.Alerts;
using MotCua.CloudBridge.Fleet;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Tests.Alerts;

/// <summary>The engine over a simulated province: a test says what breaks, lets time pass, and sees the alerts.</summary>
internal sealed class AlertRig
{
    private readonly Dictionary<string, (string Region, string State, SortedDictionary<string, string> Faults)> centres = new(StringComparer.Ordinal);
    private AlertEngine engine;

    public AlertRig(AlertRules? rules = null)
    {
        Rules = rules ?? AlertRules.Default;
        engine = new AlertEngine(Rules, [], 1);
        engine.Hear(true, Now);
        Pass(TimeSpan.FromMinutes(5));
    }

    /// <summary>A Monday morning at work.</summary>
    public DateTimeOffset Now { get; private set; } = new(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7));

    public AlertRules Rules { get; }

    public List<AlertNote> Notes { get; } = [];

    /// <summary>Every alert that there ever was, as it was last told.</summary>
    public SortedDictionary<long, Alert> All { get; } = [];

    public IReadOnlyList<Alert> Open => [.. engine.Open];

    public HealthSituation? Health { get; set; }

    public AlertRig With(string centre, string region = "")
    {
        centres[centre] = (region, "online", new SortedDictionary<string, string>(StringComparer.Ordinal));
        See(centre);
        return this;
    }

    public void Lose(params string[] ids) => Change("lost", ids);

    public void Return(params string[] ids) => Change("online", ids);

    public void Stop(params string[] ids) => Change("stopped", ids);

    public void Break(string centre, string device, string fault)
    {
        centres[centre].Faults[device] = fault;
        See(centre);
    }

    public void Mend(string centre, string device)
    {
        centres[centre].Faults.Remove(device);
        See(centre);
    }

    /// <summary>Time passes; the engine is stepped as often as its keeper does it.</summary>
    public void Pass(TimeSpan span, TimeSpan? every = null)
    {
        var end = Now + span;
        while (Now < end)
        {
            Now += every ?? TimeSpan.FromSeconds(1);
            Step();
        }
    }

    public AlertChanges Step()
    {
        foreach (var centre in centres.Keys)
        {
            See(centre);
        }

        var changes = engine.Step(Now);
        Notes.AddRange(changes.Notes);
        foreach (var alert in changes.Changed)
        {
            All[alert.Id] = alert;
        }

        return changes;
    }

    public void Decide(long id, AlertCare care) => engine.Decided(id, care);

    public void Hear(bool hears) => engine.Hear(hears, Now);

    /// <summary>The program ends and another begins with what was stored.</summary>
    public void Restart(TimeSpan off)
    {
        var kept = All.Values.Where(alert => alert.IsOpen || Now - alert.Ended < TimeSpan.FromMinutes(Rules.Hold.ReopenMinutes)).Select(Copy).ToList();
        var next = All.Count == 0 ? 1 : All.Keys.Max() + 1;
        Now += off;
        engine = new AlertEngine(Rules, kept, next);
        engine.Hear(true, Now);
    }

    private static Alert Copy(Alert alert) => new(alert.Id, alert.Root, alert.Opened)
    {
        Since = alert.Since, Ended = alert.Ended, Changed = alert.Changed, Severity = alert.Severity, Told = alert.Told, Openings = alert.Openings, MergedInto = alert.MergedInto,
        Steps = alert.Steps, Channels = new SortedSet<string>(alert.Channels, StringComparer.Ordinal), Care = alert.Care, Causes = new(alert.Causes),
    };

    private void Change(string state, string[] ids)
    {
        foreach (var id in ids)
        {
            centres[id] = centres[id] with { State = state };
            See(id);
        }
    }

    private void See(string id)
    {
        var (region, state, faults) = centres[id];
        var devices = faults.Select(fault => new DeviceFault(fault.Key, "device", fault.Value, null, Now)).ToList();
        engine.See(new CentreSituation(new CentreId(id), id, state, Now, devices, Health), region, Now);
    }
}
