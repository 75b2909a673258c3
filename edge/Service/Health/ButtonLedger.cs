using System.Collections.Immutable;
using MotCua.Edge.Devices.Buttons;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Health;

/// <summary>Counts what the buttons of a centre go through, for ageing: presses, holds, bounces since the installation, and who has not been pressed for long.</summary>
/// <remarks>
/// It stands between the panel and the commands. What is counted becomes one light event an hour, and one at the end, when anything was pressed: no sync of its own,
/// and a power cut costs at most an hour of counting. The journal keeps it, so a button counts on after a restart; a new one is given a new name.
/// </remarks>
/// <param name="next">Where presses go.</param>
/// <param name="found">What the journal knew at the start.</param>
/// <param name="bounces">Of each button since the start.</param>
/// <param name="record">Where counts go to be made durable, lightly.</param>
public sealed class ButtonLedger(
    IReadOnlyCollection<DeviceId> buttons, IReadOnlyDictionary<string, ButtonCount> found, IButtonSink next, Func<IEnumerable<(DeviceId Button, long Bounces)>> bounces,
    TimeProvider time, Action<ButtonsCounted> record) : IButtonSink, ISteppedLoop
{
    /// <summary>From one event to the next.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>So many presses would have been usual before a quiet button is worth a hint.</summary>
    private const int ExpectedBeforeHint = 20;

    /// <summary>The same, of all the others, for a button of which nobody knows what is usual.</summary>
    private const int OthersBeforeHint = 500;

    private readonly Lock gate = new();
    private readonly Dictionary<DeviceId, ButtonCount> counts = buttons.ToDictionary(
        id => id, id => found.GetValueOrDefault(id.Value) ?? new ButtonCount(id.Value, 0, 0, 0, null, 0));

    private readonly Dictionary<DeviceId, long> bouncesBefore = buttons.ToDictionary(id => id, id => found.GetValueOrDefault(id.Value)?.Bounces ?? 0);
    private long? dueAt;
    private bool changed;

    public string Name => "button-ledger";

    public WakeSignal Wake { get; } = new();

    /// <summary>The counts now, by name. Any thread.</summary>
    public ImmutableArray<ButtonCount> Now
    {
        get
        {
            var since = bounces().ToDictionary(one => one.Button, one => one.Bounces);
            lock (gate)
            {
                return [.. counts.OrderBy(one => one.Key.Value, StringComparer.Ordinal)
                    .Select(one => one.Value with { Bounces = bouncesBefore[one.Key] + since.GetValueOrDefault(one.Key) })];
            }
        }
    }

    public void Pressed(ButtonPress press)
    {
        lock (gate)
        {
            changed = true;
            foreach (var (id, count) in counts)
            {
                counts[id] = id != press.Button ? count with { OthersSince = count.OthersSince + 1 } : count with
                {
                    Presses = count.Presses + (press.Kind == PressKind.Press ? 1 : 0), Holds = count.Holds + (press.Kind == PressKind.Hold ? 1 : 0),
                    LastAt = time.GetUtcNow(), OthersSince = 0,
                };
            }
        }

        next.Pressed(press);
    }

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        var now = time.GetTimestamp();
        var every = time.Units(Every);
        dueAt ??= now + every;
        if (now >= dueAt)
        {
            dueAt = now + every;
            Tell();
        }

        return ValueTask.FromResult(time.GetElapsedTime(now, dueAt.Value));
    }

    /// <summary>Hands in what was counted since the last time; nothing when nobody pressed.</summary>
    public void Tell()
    {
        lock (gate)
        {
            if (!changed)
            {
                return;
            }

            changed = false;
        }

        record(new ButtonsCounted(Now));
    }

    /// <summary>Whether a button has been left alone so long, by the presses of the others, that somebody should try it. A hint: it may simply not be needed.</summary>
    /// <param name="all">The counts of all buttons, this one among them.</param>
    public static bool IsQuiet(ButtonCount one, IReadOnlyCollection<ButtonCount> all)
    {
        var own = one.Presses + one.Holds;
        if (own < ExpectedBeforeHint)
        {
            return one.OthersSince >= OthersBeforeHint;
        }

        // Its usual share of all presses, while it was pressed.
        var total = all.Sum(button => button.Presses + button.Holds) - one.OthersSince;
        return one.OthersSince * own / Math.Max(own, total) >= ExpectedBeforeHint;
    }
}
