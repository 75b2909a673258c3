using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Buses.Expander;

/// <summary>Sixteen more GPIO lines on an MCP23017 (I2C 0x20 to 0x27) with its interrupt pin on a line of the box: offsets 0 to 7 are GPA0 to GPA7, 8 to 15 GPB0 to GPB7.</summary>
/// <remarks>
/// <code>
/// contact ▔▔▔▔▁▁▁▁▌▁▁     the chip keeps flag and levels of the first change until they are read
/// INT     ▔▔▔▔▁▁▁▁▁▁▔▔    its fall has the kernel's timestamp: the edge is stamped with it, not with the later read
///             └ read ┘
/// </code>
/// One loop steps; lines may be used from others. While the chip does not answer, <see cref="IGpioInput.IsActive"/> and <see cref="IGpioOutput.Set"/>
/// throw; when it is back it is configured anew, and each input's sequence shows a hole. The interrupt line lost, the chip is polled.
/// GPA7 and GPB7 can be outputs only (datasheet DS20001952 revision D, table 1-1).
/// </remarks>
public sealed partial class Mcp23017Port : IGpioPort, ISteppedLoop, IDisposable
{
    private const int LineCount = 16;

    /// <summary>Reads in one step; an interrupt that still stands then is another chip's on the same line, or a broken one's.</summary>
    private const int MostReads = 4;

    private const int DetailLength = 200;

    private readonly Lock gate = new();
    private readonly DeviceId id;
    private readonly Mcp23017Chip chip;
    private readonly IGpioPort host;
    private readonly int interruptLine;
    private readonly TimeProvider time;
    private readonly IDeviceReports reports;
    private readonly Mcp23017Options options;
    private readonly RetryPause pause;
    private readonly RetryPause interruptPause;
    private readonly ExpanderLine[] lines = [.. Enumerable.Range(0, LineCount).Select(_ => new ExpanderLine())];

    private IGpioInput? interrupt;
    private string? interruptFailure;
    private (DeviceState State, string? Detail)? told;
    private bool configured;
    private long checkAt = long.MinValue;
    private long interruptRetryAt = long.MinValue;

    /// <param name="host">The GPIO chip that the interrupt pin (INTA or INTB) is wired to.</param>
    /// <param name="interruptLine">Its line there.</param>
    public Mcp23017Port(DeviceId id, II2cDevice chip, IGpioPort host, int interruptLine, TimeProvider time, IDeviceReports reports, Mcp23017Options? options = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        this.id = id;
        this.chip = new Mcp23017Chip(chip);
        this.host = host;
        this.interruptLine = interruptLine;
        this.time = time;
        this.reports = reports;
        this.options = options ?? Mcp23017Options.Default;
        pause = new RetryPause(this.options.FirstRetry, this.options.LongestRetry);
        interruptPause = new RetryPause(this.options.FirstRetry, this.options.LongestRetry);
    }

    private event Action? EdgeQueued;

    public string Name => $"expander:{id}";

    public WakeSignal Wake { get; } = new();

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop) => ValueTask.FromResult(Step());

    /// <summary>Gives the interrupt line back. The loop must have stopped.</summary>
    public void Dispose()
    {
        LetInterruptGo();
        Wake.Dispose();
    }

    private TimeSpan Step()
    {
        var now = time.GetTimestamp();
        HoldInterrupt(now);
        try
        {
            var stamp = TakeInterrupts();
            if (now < checkAt && stamp is null)
            {
                return time.Until(checkAt);
            }

            if (now >= checkAt)
            {
                Locked(() => Check(stamp ?? now));
                checkAt = time.GetTimestamp() + time.Units(interrupt is null ? options.PollEvery : options.CheckEvery);
            }
            else
            {
                Locked(() => Refresh(stamp ?? now));
            }

            for (var reads = 1; reads < MostReads && interrupt?.IsActive() == true; reads++)
            {
                var again = TakeInterrupts() ?? time.GetTimestamp();
                Locked(() => Refresh(again));
            }
        }
        catch (IOException e)
        {
            checkAt = time.GetTimestamp() + time.Units(pause.AfterFailure());
            Tell(DeviceState.Failed, e.Message);
            return time.Until(checkAt);
        }

        pause.Succeeded();
        Tell(interruptFailure is null ? DeviceState.Ready : DeviceState.Degraded, interruptFailure);
        return time.Until(checkAt);
    }

    /// <summary>The moment of the oldest fall of the interrupt line since the last step; later ones are the same interrupt or were answered by it.</summary>
    private long? TakeInterrupts()
    {
        long? stamp = null;
        while (interrupt?.TryTakeEdge(out var edge) == true)
        {
            stamp ??= edge.Active ? edge.Timestamp : null;
        }

        return stamp;
    }

    private void HoldInterrupt(long now)
    {
        if (interrupt is not null || now < interruptRetryAt)
        {
            return;
        }

        try
        {
            interrupt = host.RequestInput(new InputLine(interruptLine, LineBias.PullUp, ActiveLow: true, "mot-cua-edge"));
            interrupt.EdgeQueued += Wake.Set;
            interruptFailure = null;
            interruptPause.Succeeded();
            checkAt = long.MinValue;
        }
        catch (IOException e)
        {
            interruptFailure = $"Interrupt line: {e.Message}";
            interruptRetryAt = now + time.Units(interruptPause.AfterFailure());
        }
    }

    private void LetInterruptGo()
    {
        if (interrupt is not null)
        {
            interrupt.EdgeQueued -= Wake.Set;
            interrupt.Dispose();
            interrupt = null;
        }
    }

    /// <summary>Works on the chip, then tells the owners of lines of new edges, outside the lock.</summary>
    private void Locked(Action work)
    {
        var before = QueuedCount;
        try
        {
            lock (gate)
            {
                work();
            }
        }
        catch (IOException)
        {
            configured = false;
            throw;
        }

        if (QueuedCount != before)
        {
            EdgeQueued?.Invoke();
        }
    }

    private void Tell(DeviceState state, string? detail)
    {
        if (told != (state, detail))
        {
            told = (state, detail);
            reports.Report(new DeviceReport(id, state, state == DeviceState.Ready ? null : FaultCode.NotAnswering, detail?.Length > DetailLength ? detail[..DetailLength] : detail));
        }
    }
}
