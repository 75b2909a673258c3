namespace MotCua.Edge.Devices.Buses.Expander;

/// <content>Lines: who holds them, and what the chip said of them.</content>
public sealed partial class Mcp23017Port
{
    private const int LastOfPortA = 7;
    private const int LastOfPortB = 15;

    private long queued;

    private long QueuedCount => Interlocked.Read(ref queued);

    /// <inheritdoc/>
    public IGpioInput RequestInput(InputLine line)
    {
        if (line.Offset is LastOfPortA or LastOfPortB)
        {
            throw Failure(line.Offset, "GPA7 and GPB7 of an MCP23017 can be outputs only");
        }

        if (line.Bias == LineBias.PullDown)
        {
            throw Failure(line.Offset, "an MCP23017 has no pull-downs");
        }

        return Request(line.Offset, wanted => wanted.HoldInput(line));
    }

    /// <inheritdoc/>
    public IGpioOutput RequestOutput(OutputLine line) => Request(line.Offset, wanted => wanted.HoldOutput(line));

    private Handle Request(int offset, Action<ExpanderLine> hold)
    {
        if (offset is < 0 or >= LineCount)
        {
            throw Failure(offset, "no such line; an MCP23017 has 0 to 15");
        }

        lock (gate)
        {
            var line = lines[offset];
            if (line.IsHeld)
            {
                throw Failure(offset, "Device or resource busy");
            }

            hold(line);
            try
            {
                Locked(Configure);
            }
            catch (IOException)
            {
                line.Free();
                throw;
            }
        }

        return new Handle(this, offset);
    }

    /// <summary>Tells the chip everything and takes the levels as they are. What came before on inputs may be lost, so each shows a hole.</summary>
    private void Configure()
    {
        configured = false;
        chip.Configure(Mask(line => !line.IsHeld || line.IsInput), Mask(line => line.PullUp), Mask(line => line.IsHeld && !line.IsInput && line.High));
        var levels = chip.Read().Now;
        chip.EnableInterrupts(Mask(line => line.IsInput));
        configured = true;
        // A change between reading and enabling is found here.
        Take(chip.Read() with { Flagged = 0 }, time.GetTimestamp(), levels, InterruptSign.Low);
    }

    private void Check(long stamp, InterruptSign sign)
    {
        if (configured)
        {
            var pins = chip.ReadAll(out var remembers);
            if (remembers)
            {
                Take(pins, stamp, null, sign);
                return;
            }
        }

        // Power was gone, or a disturbance: edges may be lost.
        foreach (var line in lines.Where(line => line.IsInput))
        {
            line.Lose();
        }

        Configure();
    }

    private void Refresh(long stamp, InterruptSign sign)
    {
        if (configured)
        {
            Take(chip.Read(), stamp, null, sign);
        }
        else
        {
            Check(stamp, sign);
        }
    }

    private void Take(PinsRead pins, long stamp, ushort? first, InterruptSign sign)
    {
        var now = time.GetTimestamp();
        if ((pins.Flagged & Mask(line => line.IsInput)) != 0)
        {
            watch.Found(now, sign);
        }

        for (var offset = 0; offset < LineCount; offset++)
        {
            var line = lines[offset];
            if (!line.IsInput)
            {
                continue;
            }

            if (!line.IsKnown)
            {
                line.Begin(IsSet(first ?? pins.Now, offset));
            }
            else if (first is { } levels && IsSet(levels, offset) != line.High)
            {
                Queue(line, IsSet(levels, offset), now);
            }

            if (IsSet(pins.Flagged, offset))
            {
                var captured = IsSet(pins.Captured, offset);
                if (captured == line.High)
                {
                    // It changed to this level, so it had left it before, and nobody saw that.
                    line.Lose();
                }

                Queue(line, captured, stamp);
            }

            if (IsSet(pins.Now, offset) != line.High)
            {
                Queue(line, !line.High, now);
            }
        }
    }

    private void Queue(ExpanderLine line, bool high, long at)
    {
        line.Edge(high, at);
        Interlocked.Increment(ref queued);
    }

    private ushort Mask(Func<ExpanderLine, bool> which) => (ushort)Enumerable.Range(0, LineCount).Sum(offset => which(lines[offset]) ? 1 << offset : 0);

    private static bool IsSet(ushort pins, int offset) => (pins >> offset & 1) != 0;

    private IOException Failure(int offset, string why) => new($"{id}, line {offset}: {why}.");

    private sealed class Handle(Mcp23017Port port, int offset) : IGpioInput, IGpioOutput
    {
        private bool disposed;

        public event Action? EdgeQueued
        {
            add => port.EdgeQueued += value;
            remove => port.EdgeQueued -= value;
        }

        public bool IsActive()
        {
            var active = false;
            port.Locked(() =>
            {
                ObjectDisposedException.ThrowIf(disposed, this);
                // Reading the levels ends an interrupt, so its flags are taken along; its edge comes to the loop and is told to the watch there.
                port.Refresh(port.time.GetTimestamp(), InterruptSign.None);
                active = port.lines[offset].Active;
            });
            return active;
        }

        public bool TryTakeEdge(out LineEdge edge)
        {
            lock (port.gate)
            {
                edge = default;
                return !disposed && port.lines[offset].TryTakeEdge(out edge);
            }
        }

        public void Set(bool active) => port.Locked(() =>
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            var line = port.lines[offset];
            line.High = active != line.ActiveLow;
            if (port.configured)
            {
                port.chip.SetOutputs(port.Mask(output => output.IsHeld && !output.IsInput && output.High));
            }
            else
            {
                port.Check(port.time.GetTimestamp(), InterruptSign.None);
            }
        });

        public void Dispose()
        {
            lock (port.gate)
            {
                if (!disposed)
                {
                    // The pin itself becomes an input again with the next request; until then it stays as it is.
                    port.lines[offset].Free();
                    disposed = true;
                }
            }
        }
    }
}
