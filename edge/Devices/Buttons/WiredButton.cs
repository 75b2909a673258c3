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
    }

    public DeviceId Id => wiring.Button;

    /// <summary>Lights the lamp, if there is one, for its time.</summary>
    public void Light() => lamp?.Light(time.GetTimestamp());

    /// <summary>Does what is due.</summary>
    /// <returns>The moment of the next thing to do; a moment that has passed when edges are left.</returns>
    public long Step()
    {
        var now = time.GetTimestamp();
        lamp?.Step(now);
        var due = StepLine(now);
        return Math.Min(due, lamp?.Due ?? long.MaxValue);
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
        return drained ? Math.Min(crossCheckAt, debouncer?.CheckDue ?? long.MaxValue) : now;
    }

    private IGpioInput Request()
    {
        var line = port.RequestInput(wiring.Line);
        try
        {
            var requestedAt = time.GetTimestamp();
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

            noise.AddEdges(now, unchecked(edge.LineSequence - lastSequence));
            lastSequence = edge.LineSequence;
            Press(debouncer!.Take(edge), now);
        }

        queueMayHaveBeenFull = true;
        return false;
    }

    private void CrossCheck(IGpioInput line, long now)
    {
        if (now >= crossCheckAt || now >= debouncer!.CheckDue)
        {
            crossCheckAt = now + time.Units(options.CrossCheckEvery);
            Press(debouncer!.Check(now, line.IsActive()), now);
        }
    }

    private void Press(long? pressedAt, long now)
    {
        if (pressedAt is { } at)
        {
            noise.AddPress(now);
            sink.Pressed(new ButtonPress(wiring.Button, at));
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
            Tell(DeviceState.Degraded, FaultCode.ButtonNoisy, $"Line {wiring.Line.Offset} had {noise.Edges} edges in 10 s.");
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
