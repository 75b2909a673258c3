using System.Collections.Immutable;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>A MAX7219 with eight seven-segment digits, DIG0 on the right as on the usual modules. Takes 16-bit words when chip select rises.</summary>
/// <remarks>
/// After power-on it is shut down, scans one digit and is at its darkest, so a sign that nobody initialised shows nothing. Any thread may read
/// <see cref="Digits"/>. Source: MAX7219 datasheet, tables 1 to 10.
/// </remarks>
public sealed class VirtualMax7219
{
    private const int DigitCount = 8;

    private readonly Lock gate = new();
    private readonly byte[] digits = new byte[DigitCount];
    private byte decodeMode;
    private byte intensity;
    private byte scanLimit;
    private bool on;
    private bool test;

    /// <summary>Raised after each word, on the thread of the driver.</summary>
    public event Action? Changed;

    /// <summary>What people see now.</summary>
    public SegmentDigits Digits
    {
        get
        {
            lock (gate)
            {
                ImmutableArray<byte> lit = [.. Enumerable.Range(0, DigitCount).Select(place => Lit(DigitCount - 1 - place))];
                return new SegmentDigits(lit, string.Concat(lit.Select(SegmentReading.Read)), intensity, on, test);
            }
        }
    }

    /// <summary>The supply dips: every register is as after power-on.</summary>
    public void BrownOut()
    {
        lock (gate)
        {
            Array.Clear(digits);
            decodeMode = 0;
            intensity = 0;
            scanLimit = 0;
            on = false;
            test = false;
        }

        Changed?.Invoke();
    }

    /// <summary>A disturbance: any register may hold anything now.</summary>
    public void Scramble(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        lock (gate)
        {
            random.NextBytes(digits);
            decodeMode = (byte)random.Next(256);
            intensity = (byte)random.Next(16);
            scanLimit = (byte)random.Next(8);
            on = random.Next(2) == 0;
            test = random.Next(2) == 0;
        }

        Changed?.Invoke();
    }

    /// <summary>Chip select rose over a word.</summary>
    internal void Latch(ushort word)
    {
        lock (gate)
        {
            Set((word >> 8) & 0x0F, (byte)word);
        }

        Changed?.Invoke();
    }

    private void Set(int register, byte value)
    {
        switch (register)
        {
            case >= 0x1 and <= 0x8:
                digits[register - 1] = value;
                break;
            case 0x9:
                decodeMode = value;
                break;
            case 0xA:
                intensity = (byte)(value & 0x0F);
                break;
            case 0xB:
                scanLimit = (byte)(value & 0x07);
                break;
            case 0xC:
                on = (value & 1) != 0;
                break;
            case 0xF:
                test = (value & 1) != 0;
                break;
            default:
                break; // No-op, and two registers that do not exist.
        }
    }

    private byte Lit(int digit)
    {
        // Display test overrides shutdown (datasheet, "Display-Test Register").
        if (test)
        {
            return 0xFF;
        }

        if (!on || digit > scanLimit)
        {
            return 0;
        }

        var raw = digits[digit];
        return (decodeMode & (1 << digit)) == 0 ? raw : (byte)((raw & 0x80) | SegmentReading.CodeB[raw & 0x0F]);
    }
}
