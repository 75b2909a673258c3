using System.Buffers.Binary;
using System.Collections.Immutable;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>A MAX7219 with eight seven-segment digits, DIG0 on the right as on the usual modules. Takes 16-bit words when chip select rises.</summary>
/// <remarks>
/// After power-on it is shut down, scans one digit and is at its darkest, so a sign that nobody initialised shows nothing. Any thread may read
/// <see cref="Digits"/>. Source: MAX7219 datasheet, tables 1 to 10.
/// </remarks>
public sealed class VirtualMax7219 : IVirtualSpiChip
{
    private const int DigitCount = 8;

    private readonly Lock gate = new();
    private readonly ViolationLog violations;
    private readonly Max7219Core core;

    /// <param name="strict">Throw <see cref="InvalidOperationException"/> at a violation.</param>
    public VirtualMax7219(bool strict = false)
    {
        violations = new ViolationLog("MAX7219", strict);
        core = new Max7219Core(violations.Add);
    }

    /// <summary>Raised after each word, on the thread of the driver.</summary>
    public event Action? Changed;

    /// <summary>The first illegal sequences, at most 32.</summary>
    public ImmutableArray<string> Violations => violations.All;

    /// <summary>What people see now.</summary>
    public SegmentDigits Digits
    {
        get
        {
            lock (gate)
            {
                return SegmentDigits.Of([.. Enumerable.Range(0, DigitCount).Select(place => core.Lit(DigitCount - 1 - place))], core.Intensity, core.On, core.Test);
            }
        }
    }

    /// <summary>The supply dips: every register is as after power-on.</summary>
    public void BrownOut()
    {
        lock (gate)
        {
            core.PowerOn();
        }

        Changed?.Invoke();
    }

    /// <summary>A disturbance: any register may hold anything now.</summary>
    public void Scramble(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        lock (gate)
        {
            core.Scramble(random);
        }

        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void Latch(ReadOnlySpan<byte> shifted)
    {
        lock (gate)
        {
            if (shifted.Length < sizeof(ushort))
            {
                violations.Add("chip select rose in the middle of a word");
                return;
            }

            // The last sixteen bits stand in the shift register; what came before has left it at the other end.
            var word = BinaryPrimitives.ReadUInt16BigEndian(shifted[^sizeof(ushort)..]);
            core.Set((word >> 8) & 0x0F, (byte)word);
        }

        Changed?.Invoke();
    }
}
