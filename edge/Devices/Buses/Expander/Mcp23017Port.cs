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
/// throw; when it is back it is configured anew, and each input's sequence shows a hole. While the interrupt line cannot be had, or does not tell
/// what reads find (<see cref="InterruptWatch"/>), the chip is polled.
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
    private readonly InterruptWatch watch;
    private readonly ExpanderLine[] lines = [.. Enumerable.Range(0, LineCount).Select(_ => new ExpanderLine())];

    private IGpioInput? interrupt;
    private string? interruptFailure;
    private (DeviceState State, FaultCode? Fault, string? Detail)? told;
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
        watch = new InterruptWatch(apart: time.Units(this.options.CheckEvery) / 2);
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

            var sign = stamp is not null ? InterruptSign.Fell : IsInterruptLow() ? InterruptSign.Low : InterruptSign.None;
            if (now >= checkAt)
            {
                Locked(() => Check(stamp ?? now, sign));
                checkAt = time.After(IsPolled ? options.PollEvery : options.CheckEvery);
            }
            else
            {
                Locked(() => Refresh(stamp ?? now, sign));
            }

            ReadOn();
        }
        catch (IOException e)
        {
            checkAt = time.After(pause.AfterFailure());
            Tell(DeviceState.Failed, FaultCode.NotAnswering, e.Message);
            return time.Until(checkAt);
        }

        pause.Succeeded();
        TellInterrupt();
        return time.Until(checkAt);
    }

    private bool IsPolled => interrupt is null || watch.IsLost;

    /// <summary>Reads until the interrupt line is let go, at most <see cref="MostReads"/> times in all.</summary>
    private void ReadOn()
    {
        for (var reads = 1; !IsPolled && IsInterruptLow(); reads++)
        {
            if (reads == MostReads)
            {
                lock (gate)
                {
                    watch.Stands(time.GetTimestamp());
                }

                PollSoon();
                return;
            }

            var again = TakeInterrupts();
            Locked(() => Refresh(again ?? time.GetTimestamp(), again is null ? InterruptSign.Low : InterruptSign.Fell));
        }
    }

    /// <summary>The moment of the oldest fall of the interrupt line since the last step; later ones are the same interrupt or were answered by it.</summary>
    private long? TakeInterrupts()
    {
        long? stamp = null;
        while (interrupt?.TryTakeEdge(out var edge) == true)
        {
            if (edge.Active)
            {
                stamp ??= edge.Timestamp;
                lock (gate)
                {
                    watch.Fell(edge.Timestamp);
                }
            }
        }

        return stamp;
    }

    /// <summary>The level of the interrupt line; one that cannot be read any more is let go, and the chip, which may answer all the same, is polled.</summary>
    private bool IsInterruptLow()
    {
        try
        {
            return interrupt?.IsActive() == true;
        }
        catch (IOException e)
        {
            LetInterruptGo();
            InterruptFails(e, time.GetTimestamp());
            PollSoon();
            return false;
        }
    }

    private void PollSoon()
    {
        if (IsPolled)
        {
            checkAt = Math.Min(checkAt, time.After(options.PollEvery));
        }
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
            lock (gate)
            {
                watch.Acquit();
            }
        }
        catch (IOException e)
        {
            InterruptFails(e, now);
        }
    }

    private void InterruptFails(IOException e, long now)
    {
        interruptFailure = $"Interrupt line: {e.Message}";
        interruptRetryAt = now + time.Units(interruptPause.AfterFailure());
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

    private void TellInterrupt()
    {
        var why = interruptFailure ?? (watch.IsLost ? $"Interrupt line {interruptLine}: it stands still while the chip tells of changes, or low without any." : null);
        if (why is null)
        {
            Tell(DeviceState.Ready, null, null);
        }
        else
        {
            Tell(DeviceState.Degraded, FaultCode.ExpanderInterruptLost, why);
        }
    }

    private void Tell(DeviceState state, FaultCode? fault, string? detail)
    {
        if (told != (state, fault, detail))
        {
            told = (state, fault, detail);
            reports.Report(new DeviceReport(id, state, fault, detail?.Length > DetailLength ? detail[..DetailLength] : detail));
        }
    }
}
