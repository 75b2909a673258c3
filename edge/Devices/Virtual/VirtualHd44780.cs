using System.Collections.Immutable;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>An HD44780U with a 20×4 glass, driven over four data lines as a backpack does. Decodes each nibble at the fall of E and judges the timing.</summary>
/// <remarks>
/// What a real chip would take wrongly is a violation: counted, listed and, when strict, thrown. The bus drives it; any thread may read
/// <see cref="Glass"/>. Source: HD44780U datasheet, tables 4, 6, 12 and 13, figures 23 to 25.
/// </remarks>
public sealed class VirtualHd44780
{
    private const byte RegisterSelect = 0x01;
    private const byte ReadWrite = 0x02;
    private const byte Enable = 0x04;
    private const byte Light = 0x08;
    private const int ListedViolations = 32;

    private readonly Lock gate = new();
    private readonly bool strict;
    private readonly List<string> violations = [];
    private readonly Hd44780Core core;
    private int violationCount;
    private byte pins = 0xFF;
    private byte? half;
    private byte? readHalf;

    /// <param name="strict">Throw <see cref="InvalidOperationException"/> at a violation, so that a test stops where the driver is wrong.</param>
    public VirtualHd44780(bool strict = false)
    {
        this.strict = strict;
        core = new Hd44780Core(Violate);
    }

    /// <summary>Raised after each transaction, on the thread of the driver.</summary>
    public event Action? Changed;

    /// <summary>Raised after each byte on the pins, so that a test sees every state between.</summary>
    public event Action? PinsMoved;

    /// <summary>What people see now.</summary>
    public LcdGlass Glass
    {
        get
        {
            lock (gate)
            {
                var codes = core.Codes();
                ImmutableArray<string> lines = [.. codes.Chunk(LcdGlass.Columns).Select(line => string.Concat(line.Select(CharacterRom.Glyph)))];
                return new LcdGlass(lines, core.DisplayOn, (pins & Light) != 0, violationCount, codes, core.Glyphs());
            }
        }
    }

    /// <summary>The first illegal sequences, at most 32.</summary>
    public ImmutableArray<string> Violations
    {
        get
        {
            lock (gate)
            {
                return [.. violations];
            }
        }
    }

    /// <summary>A disturbance: memory, registers, mode and the half byte in flight may all be anything now.</summary>
    public void Scramble(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        lock (gate)
        {
            core.Scramble(random);
            half = random.Next(2) == 0 ? null : (byte)random.Next(16);
        }

        Changed?.Invoke();
    }

    internal void Settled() => Changed?.Invoke();

    internal void PowerOn(TimeSpan at)
    {
        lock (gate)
        {
            pins = 0xFF;
            half = null;
            readHalf = null;
            core.PowerOn(at);
        }

        Changed?.Invoke();
    }

    /// <summary>The backpack's pins take new levels, all at the same moment.</summary>
    internal void Pins(byte next, TimeSpan at)
    {
        lock (gate)
        {
            var before = pins;
            pins = next;
            var rises = (before & Enable) == 0 && (next & Enable) != 0;
            var falls = (before & Enable) != 0 && (next & Enable) == 0;
            if (rises && ((before ^ next) & (RegisterSelect | ReadWrite)) != 0)
            {
                Violate("RS or RW moved as E rose; they must settle 40 ns before");
            }

            if (falls)
            {
                Latch(before, next, at);
            }
        }

        PinsMoved?.Invoke();
    }

    /// <summary>Levels of the pins as far as the LCD pulls them low.</summary>
    internal byte Driven(TimeSpan at)
    {
        lock (gate)
        {
            if ((pins & (ReadWrite | Enable)) != (ReadWrite | Enable))
            {
                return 0xFF;
            }

            var value = readHalf ?? core.Read(IsData(pins), at);
            var nibble = readHalf is null ? value >> 4 : value & 0x0F;
            return (byte)((nibble << 4) | 0x0F);
        }
    }

    private static bool IsData(byte pins) => (pins & RegisterSelect) != 0;

    private void Latch(byte before, byte next, TimeSpan at)
    {
        if ((before & ReadWrite) != 0)
        {
            LatchRead(IsData(before), at);
            return;
        }

        if (((before ^ next) & 0xF3) != 0)
        {
            Violate("RS, RW or data moved as E fell; they must hold 10 ns");
        }

        var nibble = (byte)(before >> 4);
        if (!core.FourBit)
        {
            // D0 to D3 hang open behind a backpack; the chip's pull-ups read as ones.
            half = null;
            core.Take(IsData(before), (byte)((nibble << 4) | 0x0F), at);
        }
        else if (half is { } high)
        {
            half = null;
            core.Take(IsData(before), (byte)((high << 4) | nibble), at);
        }
        else
        {
            core.CheckReady(at);
            half = nibble;
        }
    }

    private void LatchRead(bool isData, TimeSpan at)
    {
        if (core.FourBit && readHalf is null)
        {
            readHalf = core.Read(isData, at);
            return;
        }

        readHalf = null;
        core.ReadDone(isData);
    }

    private void Violate(string what)
    {
        violationCount++;
        if (violations.Count < ListedViolations)
        {
            violations.Add(what);
        }

        if (strict)
        {
            throw new InvalidOperationException($"HD44780: {what}.");
        }
    }
}
