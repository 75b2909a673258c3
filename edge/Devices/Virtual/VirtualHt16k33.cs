using System.Collections.Immutable;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>An HT16K33 with four or eight seven-segment digits, segment A on ROW0. Any thread may read <see cref="Digits"/>.</summary>
/// <remarks>
/// After power-on oscillator and display are off and the memory holds anything. Source: HT16K33 datasheet v1.10, "Command Summary",
/// "Display RAM", "Power-on reset".
/// </remarks>
public sealed class VirtualHt16k33 : IVirtualI2cChip
{
    private const int Memory = 16;
    private const int Brightest = 15;

    private readonly Lock gate = new();
    private readonly ViolationLog violations;
    private readonly byte[] memory = new byte[Memory];
    private readonly bool[] written = new bool[Memory];
    private readonly int[] commons;
    private int? command;
    private int address;
    private bool oscillator;
    private bool display;
    private int dimming;

    /// <param name="digits">8, or 4 with a colon on the third common line.</param>
    /// <param name="strict">Throw <see cref="InvalidOperationException"/> at a violation.</param>
    public VirtualHt16k33(int digits = 8, bool strict = false)
    {
        violations = new ViolationLog("HT16K33", strict);
        commons = digits switch
        {
            8 => [0, 1, 2, 3, 4, 5, 6, 7],
            4 => [0, 1, 3, 4],
            _ => throw new ArgumentOutOfRangeException(nameof(digits), digits, "4 or 8."),
        };
    }

    /// <summary>Raised after each transaction, on the thread of the driver.</summary>
    public event Action? Changed;

    /// <summary>Raised after each byte, so that a test sees every state between.</summary>
    public event Action? ByteTaken;

    /// <summary>The first illegal sequences, at most 32.</summary>
    public ImmutableArray<string> Violations => violations.All;

    /// <summary>What people see now.</summary>
    public SegmentDigits Digits
    {
        get
        {
            lock (gate)
            {
                var on = oscillator && display;
                return SegmentDigits.Of([.. commons.Select(common => on ? SegmentDigits.FromAFirst(memory[common * 2]) : (byte)0)], dimming, on);
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
            dimming = random.Next(Brightest + 1);
            oscillator = random.Next(2) == 0;
            display = random.Next(2) == 0;
            address = random.Next(Memory);
        }

        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void Write(byte value, TimeSpan at)
    {
        lock (gate)
        {
            if (command is null)
            {
                command = value;
                Take(value);
            }
            else if (command > 0x0F)
            {
                violations.Add($"byte {value:X2}h after command {command:X2}h in the same transaction; only an address is followed by data");
            }
            else
            {
                memory[address] = value;
                written[address] = true;
                address = (address + 1) % Memory;
            }
        }

        ByteTaken?.Invoke();
    }

    /// <inheritdoc/>
    public byte Read(TimeSpan at)
    {
        lock (gate)
        {
            var value = memory[address];
            address = (address + 1) % Memory;
            return value;
        }
    }

    /// <inheritdoc/>
    public void Stop()
    {
        lock (gate)
        {
            command = null;
        }

        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void PowerOn(TimeSpan at)
    {
        lock (gate)
        {
            // What static memory wakes up with: a pattern, so that a driver that trusts it is seen.
            Array.Fill(memory, (byte)0xA5);
            Array.Clear(written);
            command = null;
            address = 0;
            oscillator = false;
            display = false;
            dimming = Brightest;
        }

        Changed?.Invoke();
    }

    private void Take(byte value)
    {
        switch (value & 0xF0)
        {
            case 0x00:
                address = value;
                break;
            case 0x20:
                oscillator = (value & 1) != 0;
                break;
            case 0x80:
                SwitchOn((value & 1) != 0);
                break;
            case 0xA0:
                break;
            case 0xE0:
                dimming = value & 0x0F;
                break;
            default:
                violations.Add($"command {value:X2}h is not for display");
                break;
        }
    }

    private void SwitchOn(bool on)
    {
        if (on && !oscillator)
        {
            violations.Add("display on before the oscillator");
        }

        if (on && written.Contains(false))
        {
            violations.Add("display on before all of the memory was written");
        }

        display = on;
    }
}
