using System.Collections.Immutable;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>A 128×64 OLED on an SSD1306, its glass mounted with the flat cable below. Any thread may read <see cref="Glass"/>.</summary>
/// <remarks>
/// After power-on it is dark and its memory holds anything. Source: SSD1306 datasheet rev 1.1, 8.1.5.2 (I2C), table 9 (commands), 8.5 (reset),
/// 10.1.3 (addressing), application note figure 2 (charge pump).
/// </remarks>
public sealed class VirtualSsd1306 : IVirtualI2cChip
{
    private const int Width = 128;
    private const int Height = 64;
    private const int Pages = Height / 8;

    private readonly Lock gate = new();
    private readonly ViolationLog violations;
    private readonly byte[] memory = new byte[Width * Pages];
    private readonly bool[] written = new bool[Width * Pages];
    private readonly Ssd1306Registers registers;
    private byte? control;
    private bool single;
    private int column;
    private int page;

    /// <param name="strict">Throw <see cref="InvalidOperationException"/> at a violation.</param>
    public VirtualSsd1306(bool strict = false)
    {
        violations = new ViolationLog("SSD1306", strict);
        registers = new Ssd1306Registers(violations.Add);
    }

    /// <summary>Raised after each transaction, on the thread of the driver.</summary>
    public event Action? Changed;

    /// <summary>Raised after each byte, so that a test sees every state between.</summary>
    public event Action? ByteTaken;

    /// <summary>The first illegal sequences, at most 32.</summary>
    public ImmutableArray<string> Violations => violations.All;

    /// <summary>What people see now.</summary>
    public DotGlass Glass
    {
        get
        {
            lock (gate)
            {
                return DotGlass.Of(Width, Height, IsLit, registers.Lights, registers.Contrast / 255.0);
            }
        }
    }

    /// <summary>A disturbance: memory and registers may hold anything now.</summary>
    public void Scramble(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        lock (gate)
        {
            random.NextBytes(memory);
            registers.Scramble(random);
            column = random.Next(Width);
            page = random.Next(Pages);
        }

        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void Write(byte value, TimeSpan at)
    {
        lock (gate)
        {
            Take(value);
        }

        ByteTaken?.Invoke();
    }

    /// <inheritdoc/>
    public byte Read(TimeSpan at)
    {
        // The status byte: bit 6 is set while the display is off (table 9, "Read status register").
        lock (gate)
        {
            return (byte)(registers.On ? 0x00 : 0x40);
        }
    }

    /// <inheritdoc/>
    public void Stop()
    {
        lock (gate)
        {
            control = null;
            registers.EndOfTransaction();
        }

        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void PowerOn(TimeSpan at)
    {
        lock (gate)
        {
            // What static memory wakes up with: a pattern, so that a driver that trusts it is seen.
            for (var cell = 0; cell < memory.Length; cell++)
            {
                memory[cell] = (byte)(cell * 37 + (cell >> 3));
            }

            Array.Clear(written);
            control = null;
            column = 0;
            page = 0;
            registers.Reset();
        }

        Changed?.Invoke();
    }

    private void Take(byte value)
    {
        if (control is not { } how)
        {
            if ((value & 0x3F) != 0)
            {
                violations.Add($"control byte {value:X2}h; its lower six bits must be zero");
            }

            control = value;
            single = (value & 0x80) != 0;
            return;
        }

        if ((how & 0x40) != 0)
        {
            Store(value);
        }
        else
        {
            Command(value);
        }

        if (single)
        {
            control = null;
        }
    }

    private void Command(byte value)
    {
        registers.Take(value, written.Contains(false));
        column = registers.ColumnsMoved ? registers.Left : column;
        page = registers.PagesMoved ? registers.Top : page;
    }

    /// <summary>Horizontal addressing: columns, then pages, then back to the window's start.</summary>
    private void Store(byte value)
    {
        if (!registers.IsHorizontal)
        {
            violations.Add("data before horizontal addressing was chosen");
        }

        memory[page * Width + column] = value;
        written[page * Width + column] = true;
        column++;
        if (column > registers.Right || column >= Width)
        {
            column = registers.Left;
            page = page >= registers.Bottom || page + 1 >= Pages ? registers.Top : page + 1;
        }
    }

    private bool IsLit(int x, int y)
    {
        if (!registers.Lights)
        {
            return false;
        }

        // The module mounts the glass so that both turned orders show an upright picture.
        var segment = registers.SegmentsTurned ? x : Width - 1 - x;
        var row = registers.ScanTurned ? y : Height - 1 - y;
        row = (row + registers.StartLine + registers.Offset) % Height;
        return registers.AllOn || ((memory[row / 8 * Width + segment] >> (row % 8) & 1) != 0) != registers.Inverse;
    }
}
