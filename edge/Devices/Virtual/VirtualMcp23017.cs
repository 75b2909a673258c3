using System.Collections.Immutable;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>An MCP23017 with contacts to ground on its pins; pins 0 to 7 are GPA0 to GPA7, 8 to 15 GPB0 to GPB7.</summary>
/// <remarks>
/// After power-on all pins are inputs without pull-up, and no interrupt is enabled. Source: MCP23017 datasheet DS20001952, tables 3-1 to 3-3,
/// 3.2.1 (pointer), 3.5 (registers), 3.6 (interrupt logic).
/// </remarks>
public sealed class VirtualMcp23017 : IVirtualI2cChip
{
    private const int Direction = 0, Polarity = 1, InterruptOn = 2, Compare = 3, CompareOn = 4, Control = 5, PullUp = 6, Flags = 7, Captured = 8, Levels = 9, Latch = 10;
    private const int Registers = 11;
    private const byte Bank = 0x80, Mirror = 0x40, NoSequence = 0x20;

    private readonly Lock gate = new();
    private readonly ViolationLog violations;
    private readonly TimeProvider time;
    private readonly Random random;
    private readonly ushort[] registers = new ushort[Registers];
    private readonly ScheduledChanges?[] fingers = new ScheduledChanges?[16];
    private ushort closed;
    private ushort stuck;
    private ushort before;
    private int pointer;
    private bool pointed;
    private bool told;

    /// <param name="random">Source of bounces; used under the chip's lock.</param>
    /// <param name="strict">Throw <see cref="InvalidOperationException"/> at a violation.</param>
    public VirtualMcp23017(TimeProvider time, Random random, bool strict = false)
    {
        this.time = time;
        this.random = random;
        violations = new ViolationLog("MCP23017", strict);
    }

    /// <summary>The interrupt pins (mirrored) pull their line low, or let it go.</summary>
    public event Action<bool>? InterruptPulls;

    /// <summary>Raised after a contact moved or a transaction, from any thread.</summary>
    public event Action? Changed;

    /// <summary>The interrupt wire is broken: nobody hears.</summary>
    public bool InterruptCut { get; set; }

    /// <summary>A contact bounces for at most this long. Zero: clean edges. Default 5 ms.</summary>
    public TimeSpan LongestBounce { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>The first illegal sequences, at most 32.</summary>
    public ImmutableArray<string> Violations => violations.All;

    /// <summary>Levels of the pins that are outputs; bit 0 is GPA0.</summary>
    public int Driven
    {
        get
        {
            lock (gate)
            {
                return registers[Latch] & ~registers[Direction] & 0xFFFF;
            }
        }
    }

    /// <summary>Contacts that are closed; bit 0 is GPA0.</summary>
    public int Closed
    {
        get
        {
            lock (gate)
            {
                return closed | stuck;
            }
        }
    }

    /// <summary>Presses a button on a pin, holds it, and lets it go; with bounces both times.</summary>
    public void Press(int pin, TimeSpan hold)
    {
        TimeSpan[] down, up;
        lock (gate)
        {
            (down, up) = (ContactBounce.Changes(random, LongestBounce), ContactBounce.Changes(random, LongestBounce));
        }

        var changes = down.Concat(up.Select(at => at + hold)).ToArray();
        fingers[pin]?.Dispose();
        fingers[pin] = new ScheduledChanges(time, changes, place => Contact(pin, place % 2 == 0));
        fingers[pin]!.Begin();
    }

    /// <summary>Lets a held button go, with bounces.</summary>
    public void Release(int pin)
    {
        TimeSpan[] up;
        lock (gate)
        {
            up = ContactBounce.Changes(random, LongestBounce);
        }

        fingers[pin]?.Dispose();
        fingers[pin] = new ScheduledChanges(time, up, place => Contact(pin, place % 2 != 0));
        fingers[pin]!.Begin();
    }

    /// <summary>Closes or opens a contact, cleanly.</summary>
    public void Contact(int pin, bool isClosed)
    {
        lock (gate)
        {
            closed = (ushort)(isClosed ? closed | 1 << pin : closed & ~(1 << pin));
        }

        Follow();
        Changed?.Invoke();
    }

    /// <summary>A contact welds together, or comes free again.</summary>
    public void Stick(int pin, bool isStuck)
    {
        lock (gate)
        {
            stuck = (ushort)(isStuck ? stuck | 1 << pin : stuck & ~(1 << pin));
        }

        Follow();
        Changed?.Invoke();
    }

    /// <summary>A disturbance: any register may hold anything now, the order of the registers too.</summary>
    public void Scramble(Random chance)
    {
        ArgumentNullException.ThrowIfNull(chance);
        lock (gate)
        {
            for (var register = 0; register <= PullUp; register++)
            {
                registers[register] = (ushort)chance.Next(0x10000);
            }

            registers[Control] = (ushort)(chance.Next(0x100) & ~NoSequence);
            registers[Latch] = (ushort)chance.Next(0x10000);
        }

        Follow();
    }

    /// <inheritdoc/>
    public void Write(byte value, TimeSpan at)
    {
        lock (gate)
        {
            if (!pointed)
            {
                pointed = true;
                pointer = value;
                return;
            }

            if (Place(out var register, out var shift))
            {
                Set(register, shift, value);
            }

            Next();
        }

        Follow();
    }

    /// <inheritdoc/>
    public byte Read(TimeSpan at)
    {
        byte value = 0;
        lock (gate)
        {
            if (Place(out var register, out var shift))
            {
                var now = register == Levels ? (ushort)(Pins() ^ registers[Polarity]) : register == Control ? (ushort)(registers[Control] * 0x0101) : registers[register];
                value = (byte)(now >> shift);
                if (register is Captured or Levels)
                {
                    registers[Flags] &= (ushort)~(0xFF << shift);
                }
            }

            Next();
        }

        Follow();
        return value;
    }

    /// <inheritdoc/>
    public void Stop()
    {
        pointed = false;
        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void PowerOn(TimeSpan at)
    {
        lock (gate)
        {
            Array.Clear(registers);
            registers[Direction] = 0xFFFF;
            pointer = 0;
            pointed = false;
            before = Pins();
        }

        Follow();
    }

    private bool Place(out int register, out int shift)
    {
        var banked = (registers[Control] & Bank) != 0;
        register = banked ? pointer & 0x0F : pointer >> 1;
        shift = (banked ? pointer >> 4 : pointer & 1) * 8;
        if (register < Registers && shift <= 8)
        {
            return true;
        }

        violations.Add($"register {pointer:X2}h does not exist");
        return false;
    }

    private void Next()
    {
        if ((registers[Control] & NoSequence) == 0)
        {
            pointer = (registers[Control] & Bank) != 0 ? pointer + 1 : (pointer + 1) % (2 * Registers);
        }
    }

    private void Set(int register, int shift, byte value)
    {
        switch (register)
        {
            case Control:
                if ((value & NoSequence) != 0)
                {
                    violations.Add("the address stands still (IOCON.SEQOP)");
                }

                registers[Control] = value;
                break;
            case Flags or Captured:
                break; // Read only; written over by a sequence that runs on.
            default:
                var to = register == Levels ? Latch : register;
                registers[to] = (ushort)(registers[to] & ~(0xFF << shift) | value << shift);
                break;
        }

        if (register == Direction && (registers[InterruptOn] & registers[Direction] & 0x8080) != 0)
        {
            violations.Add("GPA7 or GPB7 as an input");
        }
    }

    /// <summary>Voltages: an open contact is high only with the pull-up; without one it is noise, taken for low.</summary>
    private ushort Pins() => (ushort)(registers[Direction] & ~(closed | stuck) & registers[PullUp] | registers[Latch] & ~registers[Direction]);

    private void Follow()
    {
        bool pulls;
        lock (gate)
        {
            var now = Pins();
            var reference = registers[CompareOn] & registers[Compare] | ~registers[CompareOn] & before;
            var changed = (now ^ reference) & registers[InterruptOn] & registers[Direction];
            for (var shift = 0; shift <= 8; shift += 8)
            {
                // Until it is read, a port keeps the levels of its first change.
                var port = 0xFF << shift;
                if ((changed & port) != 0 && (registers[Flags] & port) == 0)
                {
                    registers[Flags] |= (ushort)(changed & port);
                    registers[Captured] = (ushort)(registers[Captured] & ~port | now & port);
                }
            }

            before = now;
            pulls = registers[Flags] != 0 && (registers[Control] & Mirror) != 0 && !InterruptCut;
            if (pulls == told)
            {
                return;
            }

            told = pulls;
        }

        InterruptPulls?.Invoke(pulls);
    }
}
