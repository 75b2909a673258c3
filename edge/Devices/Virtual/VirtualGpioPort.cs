using MotCua.Edge.Devices.Buses;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>A GPIO chip without wires, with mechanical buttons on its lines. Contacts bounce, stick and catch disturbances. Thread-safe.</summary>
/// <remarks>A finger moves on timers of the provider. The same seed gives the same bounces.</remarks>
public sealed partial class VirtualGpioPort : IGpioPort
{
    private const int MostLines = 512;

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly Random random;
    private readonly string name;
    private readonly VirtualLine[] lines;
    private int generation;
    private bool unplugged;

    /// <param name="random">Source of bounces; used under the port's lock, so it must not be shared with others.</param>
    /// <param name="lineCount">1 to 512; a Raspberry Pi has 54.</param>
    public VirtualGpioPort(TimeProvider time, Random random, string name = "gpiochip0", int lineCount = 54)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lineCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lineCount, MostLines);
        this.time = time;
        this.random = random;
        this.name = name;
        lines = [.. Enumerable.Range(0, lineCount).Select(_ => new VirtualLine(time))];
    }

    /// <summary>Raised when a line changed, from any thread.</summary>
    public event Action? Changed;

    private event Action? EdgeQueued;

    /// <summary>Every line, by offset.</summary>
    public IReadOnlyList<VirtualLineState> Lines
    {
        get
        {
            lock (gate)
            {
                return [.. lines.Select((line, offset) => new VirtualLineState(offset, line.IsOutput, line.Active, line.Consumer))];
            }
        }
    }

    public IGpioInput RequestInput(InputLine line) => Request(line.Offset, wanted => wanted.RequestInput(line));

    public IGpioOutput RequestOutput(OutputLine line) => Request(line.Offset, wanted => wanted.RequestOutput(line));

    private Handle Request(int offset, Action<VirtualLine> request)
    {
        Handle handle;
        lock (gate)
        {
            if (unplugged)
            {
                throw Failure(offset, "No such device");
            }

            if (offset < 0 || offset >= lines.Length)
            {
                throw Failure(offset, "Invalid argument");
            }

            if (lines[offset].HeldByOther || lines[offset].Consumer is not null)
            {
                throw Failure(offset, "Device or resource busy");
            }

            request(lines[offset]);
            handle = new Handle(this, offset, generation);
        }

        Changed?.Invoke();
        return handle;
    }

    private IOException Failure(int offset, string errno) => new($"{name}, line {offset}: {errno}.");

    /// <summary>A requested line, dead once the chip was unplugged, as a file descriptor is.</summary>
    private sealed class Handle(VirtualGpioPort port, int offset, int generation) : IGpioInput, IGpioOutput
    {
        private bool disposed;

        public event Action? EdgeQueued
        {
            add => port.EdgeQueued += value;
            remove => port.EdgeQueued -= value;
        }

        public bool IsActive() => Line(line => line.Active);

        public bool TryTakeEdge(out LineEdge edge)
        {
            lock (port.gate)
            {
                edge = default;
                return !disposed && generation == port.generation && port.lines[offset].TryTakeEdge(out edge);
            }
        }

        public void Set(bool active)
        {
            Line(line =>
            {
                line.Set(active);
                return true;
            });
            port.Changed?.Invoke();
        }

        public void Dispose()
        {
            lock (port.gate)
            {
                if (!disposed && generation == port.generation)
                {
                    port.lines[offset].Free();
                }

                disposed = true;
            }
        }

        private T Line<T>(Func<VirtualLine, T> work)
        {
            lock (port.gate)
            {
                ObjectDisposedException.ThrowIf(disposed, this);
                return generation == port.generation ? work(port.lines[offset]) : throw port.Failure(offset, "No such device");
            }
        }
    }
}
