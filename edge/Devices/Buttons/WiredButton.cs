using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Buttons;

/// <summary>One button of a panel: holds its line, turns edges into presses, and judges its health.</summary>
internal sealed class WiredButton : IDisposable
{
    /// <summary>Edges a step takes from one line, so that a line under disturbance cannot starve its neighbours.</summary>
    /// <remarks>As many as the smallest queue holds: when a step takes them all, the queue may have been full and may have lost later ones.</remarks>
    private const int EdgesPerStep = 64;
    private const int DetailLength = 200;

    private readonly ButtonWiring wiring;
    private readonly IGpioPort port;
    private readonly TimeProvider time;
    private readonly ButtonOptions options;
    private readonly IButtonSink sink;
    private readonly IDeviceReports reports;
    private readonly Action edgeQueued;
    private readonly RetryPause pause = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(2));
    private readonly EdgeNoise noise;
    private readonly ButtonLamp? lamp;
    private readonly LampBlink? blink;
    private readonly HoldJudge hold;
    private long settledChanges;
    private long rawEdges;

    private IGpioInput? input;
    private ButtonDebouncer? debouncer;
    private (DeviceState State, FaultCode? Fault)? told;
    private bool queueMayHaveBeenFull;
    private uint lastSequence;
    private long retryAt = long.MinValue;
    private long crossCheckAt;

    public WiredButton(ButtonWiring wiring, IGpioPort port, TimeProvider time, ButtonOptions options, IButtonSink sink, IDeviceReports reports, Action edgeQueued)
    {
        this.wiring = wiring;
        this.port = port;
        this.time = time;
        this.options = options;
        this.sink = sink;
        this.reports = reports;
        this.edgeQueued = edgeQueued;
        noise = new EdgeNoise(time.TimestampFrequency, options.NoisyEdges);
        lamp = wiring.Lamp is { } line ? new ButtonLamp(port, line, time, options.LampLit) : null;
        blink = lamp is null ? null : new LampBlink(lamp, time);
        Train = new EdgeTrain(time);
        hold = new HoldJudge(wiring.HoldAfter is { } after ? time.Units(after) : null);
    }

    public DeviceId Button => wiring.Button;

    public EdgeTrain Train { get; }

    /// <summary>Edges since the start that made no lasting change: bounces of the contact, and disturbances. Any thread.</summary>
    public long Bounces => Math.Max(0, Interlocked.Read(ref rawEdges) - Interlocked.Read(ref settledChanges));

    /// <summary>Lights the lamp, if there is one, for its time.</summary>
    public void Light() => lamp?.Light(time.GetTimestamp());

    /// <summary>Does what is due.</summary>
    /// <returns>The moment of the next thing to do; a moment that has passed when edges are left.</returns>
    public long Step()
    {
        var now = time.GetTimestamp();
        lamp?.Step(now);
        blink?.Step(now);
        var due = StepLine(now);
        return Math.Min(due, Math.Min(lamp?.Due ?? long.MaxValue, blink?.Due ?? long.MaxValue));
    }

    public void Dispose()
    {
        Release();
        lamp?.Dispose();
    }

    private long StepLine(long now)
    {
        if (input is null && now < retryAt)
        {
            return retryAt;
        }

        bool drained;
        try
        {
            input ??= Request();
            drained = TakeEdges(input, now);
            if (drained)
            {
                CrossCheck(input, now);
            }
        }
        catch (IOException e)
        {
            Release();
            retryAt = now + time.Units(pause.AfterFailure());
            Tell(DeviceState.Failed, FaultCode.NotAnswering, e.Message);
            return retryAt;
        }

        pause.Succeeded();
        Judge(now);
        return drained ? NextLook(now) : now;
    }

    private IGpioInput Request()
    {
        // Before the request: what is pressed while the processor is busy elsewhere is stamped after it.
        var requestedAt = time.GetTimestamp();
        var line = port.RequestInput(wiring.Line);
        try
        {
            debouncer = new ButtonDebouncer(requestedAt, line.IsActive(), time.Units(options.Debounce));
            lastSequence = 0;
            queueMayHaveBeenFull = false;
            crossCheckAt = requestedAt + time.Units(options.CrossCheckEvery);
            line.EdgeQueued += edgeQueued;
            return line;
        }
        catch (IOException)
        {
            line.Dispose();
            throw;
        }
    }

    /// <returns>False when the step's share is used up and edges may be left.</returns>
    private bool TakeEdges(IGpioInput line, long now)
    {
        for (var taken = 0; taken < EdgesPerStep; taken++)
        {
            if (!line.TryTakeEdge(out var edge))
            {
                if (queueMayHaveBeenFull)
                {
                    queueMayHaveBeenFull = false;
                    debouncer!.Distrust(now);
                }

                return true;
            }

            if (edge.Active)
            {
                lamp?.Light(now);
            }

            var count = unchecked(edge.LineSequence - lastSequence);
            noise.AddEdges(now, count);
            Interlocked.Add(ref rawEdges, count);
            Train.Add(edge);
            lastSequence = edge.LineSequence;
            Follow(debouncer!.Take(edge), now);
        }

        queueMayHaveBeenFull = true;
        return false;
    }

    private void CrossCheck(IGpioInput line, long now)
    {
        if (now >= NextLook(now))
        {
            crossCheckAt = now + time.Units(options.CrossCheckEvery);
            Follow(debouncer!.Check(now, line.IsActive()), now);
            if (debouncer.IsHeld && hold.StillDown(now) is { } heldAt)
            {
                blink?.Begin(now);
                sink.Pressed(new ButtonPress(wiring.Button, heldAt, PressKind.Hold));
            }
        }
    }

    // A hold that is due while the contact is on its way up waits for what the stamps will say.
    private long NextLook(long now) => Math.Min(
        crossCheckAt, Math.Min(debouncer!.CheckDue ?? long.MaxValue, hold.Due is { } due && (due > now || debouncer.IsHeld) ? due : long.MaxValue));

    private void Follow(ButtonChange? changed, long now)
    {
        if (changed is not { } change)
        {
            return;
        }

        Interlocked.Increment(ref settledChanges);
        if (change.Down)
        {
            noise.AddPress(now);
        }

        if (hold.Take(change) is { } kind)
        {
            if (kind == PressKind.Hold)
            {
                blink?.Begin(now);
            }

            sink.Pressed(new ButtonPress(wiring.Button, change.Down ? change.At : debouncer!.WasDownSince, kind));
        }
    }

    private void Judge(long now)
    {
        if (debouncer is { IsDown: true } held && now - held.DownSince > time.Units(options.StuckAfter))
        {
            Tell(DeviceState.Failed, FaultCode.ButtonStuck, $"Line {wiring.Line.Offset} is active for more than {options.StuckAfter.TotalSeconds:0} s.");
        }
        else if (noise.Judge(now))
        {
            Tell(DeviceState.Degraded, FaultCode.ButtonNoisy, $"Line {wiring.Line.Offset} had {noise.Edges} edges in 10 s; the last levels lasted, in µs: {Train.Widths()}");
        }
        else if (debouncer is { } seen && seen.EdgesMissed >= options.MissedEdges)
        {
            Tell(DeviceState.Degraded, FaultCode.ButtonEdgesLost, $"Line {wiring.Line.Offset} changed {seen.EdgesMissed} times in a row and told no edge.");
        }
        else if (lamp?.Failure is { } failure)
        {
            Tell(DeviceState.Degraded, FaultCode.NotAnswering, $"Lamp: {failure}");
        }
        else
        {
            Tell(DeviceState.Ready, null, null);
        }
    }

    private void Tell(DeviceState state, FaultCode? fault, string? detail)
    {
        if (told != (state, fault))
        {
            told = (state, fault);
            if (fault is { } begun)
            {
                Train.Keep(begun);
            }

            reports.Report(new DeviceReport(wiring.Button, state, fault, detail?.Length > DetailLength ? detail[..DetailLength] : detail));
        }
    }

    private void Release()
    {
        if (input is not null)
        {
            input.EdgeQueued -= edgeQueued;
            input.Dispose();
            input = null;
        }
    }
}
