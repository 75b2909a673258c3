using System.Collections.Immutable;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>8×8 LED modules in a chain, each on its MAX7219: the bits that leave one enter the next, and all take their word when chip select rises.</summary>
/// <remarks>
/// The first module of the chain is on the right of the uppermost line, as the usual boards of four are plugged together; DIG0 is the upper
/// row of a module, D7 its left dot. Any thread may read <see cref="Glass"/>. Source: MAX7219 datasheet, "Serial-Addressing Modes" and tables 1 to 10.
/// </remarks>
public sealed class VirtualMax7219Chain : IVirtualSpiChip
{
    private const int Module = 8;

    private readonly Lock gate = new();
    private readonly int columns;
    private readonly int rows;
    private readonly Max7219Core[] cores;
    private readonly byte[] shiftRegister;
    private readonly ViolationLog violations;

    /// <param name="columns">Modules beside each other.</param>
    /// <param name="rows">Lines of modules.</param>
    /// <param name="strict">Throw <see cref="InvalidOperationException"/> at a violation.</param>
    public VirtualMax7219Chain(int columns, int rows, bool strict = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        this.columns = columns;
        this.rows = rows;
        violations = new ViolationLog("MAX7219 chain", strict);
        cores = [.. Enumerable.Range(0, columns * rows).Select(_ => new Max7219Core(violations.Add))];
        shiftRegister = new byte[cores.Length * sizeof(ushort)];
    }

    /// <summary>Raised after each transfer, on the thread of the driver.</summary>
    public event Action? Changed;

    /// <summary>The first illegal sequences, at most 32.</summary>
    public ImmutableArray<string> Violations => violations.All;

    /// <summary>What people see now. The brightness is the darkest module's.</summary>
    public DotGlass Glass
    {
        get
        {
            lock (gate)
            {
                return DotGlass.Of(columns * Module, rows * Module, IsLit, cores.All(core => core.On), cores.Min(core => core.Intensity) / 15.0);
            }
        }
    }

    /// <inheritdoc/>
    public void BrownOut()
    {
        lock (gate)
        {
            Array.Clear(shiftRegister);
            foreach (var core in cores)
            {
                core.PowerOn();
            }
        }

        Changed?.Invoke();
    }

    /// <summary>A disturbance: any register may hold anything now.</summary>
    public void Scramble(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        lock (gate)
        {
            foreach (var core in cores)
            {
                core.Scramble(random);
            }
        }

        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void Latch(ReadOnlySpan<byte> shifted)
    {
        lock (gate)
        {
            if (shifted.Length != shiftRegister.Length)
            {
                violations.Add($"chip select rose after {shifted.Length} bytes; {cores.Length} modules take {shiftRegister.Length}");
            }

            foreach (var value in shifted)
            {
                Array.Copy(shiftRegister, 0, shiftRegister, 1, shiftRegister.Length - 1);
                shiftRegister[0] = value;
            }

            for (var module = 0; module < cores.Length; module++)
            {
                cores[module].Set(shiftRegister[2 * module + 1] & 0x0F, shiftRegister[2 * module]);
            }
        }

        Changed?.Invoke();
    }

    private bool IsLit(int x, int y)
    {
        var module = y / Module * columns + (columns - 1 - x / Module);
        return (cores[module].Lit(y % Module) & (0x80 >> x % Module)) != 0;
    }
}
