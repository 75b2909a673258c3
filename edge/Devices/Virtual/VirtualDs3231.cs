using System.Collections.Immutable;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>A DS3231 that counts on the provider's clock.</summary>
/// <remarks>Source: DS3231 datasheet rev 10, figure 1, "Control Register (0Eh)", "Status Register (0Fh)". The first power-on finds it without a time, as delivered.</remarks>
public sealed class VirtualDs3231 : IVirtualI2cChip
{
    private const int Registers = 0x13;
    private const int Control = 0x0E;
    private const int Status = 0x0F;
    private const byte OscillatorStopped = 0x80;

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly ViolationLog violations;
    private readonly byte[] latched = new byte[Registers];
    private readonly byte[] written = new byte[7];
    private DateTime set;
    private long setAt;
    private byte control;
    private byte status;
    private int pointer;
    private bool pointed;
    private int timeBytes;
    private (int Register, byte Bits)? flip;

    /// <param name="strict">Throw <see cref="InvalidOperationException"/> at a violation.</param>
    public VirtualDs3231(TimeProvider time, bool strict = false)
    {
        ArgumentNullException.ThrowIfNull(time);
        this.time = time;
        violations = new ViolationLog("DS3231", strict);
        LoseBattery();
    }

    /// <summary>What its sensor feels, in steps of 0.25. Default 25.</summary>
    public double Celsius { get; set; } = 25;

    /// <summary>A garbled answer: the bits of every register that turn over. Default none.</summary>
    public byte Garbage { get; set; }

    /// <summary>A disturbance turns bits of one register over in the next answer only.</summary>
    public void FlipOnce(int register, byte bits)
    {
        lock (gate)
        {
            flip = (register, bits);
        }
    }

    /// <summary>The first illegal sequences, at most 32.</summary>
    public ImmutableArray<string> Violations => violations.All;

    /// <summary>Supply and battery were gone: the time starts again, and the chip says that it stood still.</summary>
    public void LoseBattery()
    {
        lock (gate)
        {
            set = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
            setAt = time.GetTimestamp();
            control = 0x1C;
            status = OscillatorStopped | 0x08;
        }
    }

    /// <inheritdoc/>
    public void Write(byte value, TimeSpan at)
    {
        lock (gate)
        {
            if (!pointed)
            {
                (pointed, pointer) = (true, value);
                Latch();
                if (value >= Registers)
                {
                    violations.Add($"register {value:X2}h does not exist");
                }

                return;
            }

            Store(pointer, value);
            pointer = (pointer + 1) % Registers;
        }
    }

    /// <inheritdoc/>
    public byte Read(TimeSpan at)
    {
        lock (gate)
        {
            var value = (byte)(latched[pointer % Registers] ^ Garbage);
            pointer = (pointer + 1) % Registers;
            return value;
        }
    }

    /// <inheritdoc/>
    public void Stop()
    {
        lock (gate)
        {
            var count = timeBytes;
            (pointed, timeBytes) = (false, 0);
            if (count == 7)
            {
                SetTime();
            }
            else if (count > 0)
            {
                violations.Add($"only {count} of the seven time registers were written in one transaction");
            }
        }
    }

    /// <summary>The battery keeps the time while the bus has no power.</summary>
    public void PowerOn(TimeSpan at)
    {
        lock (gate)
        {
            (pointer, pointed, timeBytes) = (0, false, 0);
        }
    }

    private void Latch()
    {
        var now = set + time.GetElapsedTime(setAt);
        ReadOnlySpan<byte> registers = [Bcd(now.Second), Bcd(now.Minute), Bcd(now.Hour), (byte)(now.DayOfWeek + 1), Bcd(now.Day), Bcd(now.Month), Bcd(now.Year % 100)];
        registers.CopyTo(latched);
        (latched[Control], latched[Status]) = (control, status);
        var quarters = (int)Math.Round(Celsius * 4);
        (latched[0x11], latched[0x12]) = ((byte)(quarters >> 2), (byte)((quarters & 3) << 6));
        if (flip is { } turned)
        {
            latched[turned.Register] ^= turned.Bits;
            flip = null;
        }
    }

    private void Store(int register, byte value)
    {
        switch (register)
        {
            case < 7:
                written[register] = value;
                timeBytes++;
                break;
            case Control:
                control = value;
                break;
            case Status:
                // The flag can be cleared only (datasheet, "Bit 7: Oscillator Stop Flag").
                status = (byte)(value & (status | 0x7F));
                break;
            default:
                break;
        }
    }

    private void SetTime()
    {
        try
        {
            set = new DateTime(2000 + Number(6), Number(5), Number(4), Number(2), Number(1), Number(0), DateTimeKind.Utc);
            setAt = time.GetTimestamp();
        }
        catch (ArgumentOutOfRangeException)
        {
            violations.Add("what was written is no time");
        }
    }

    private int Number(int register)
    {
        var (tens, ones) = (written[register] >> 4, written[register] & 0x0F);
        return tens <= 9 && ones <= 9 ? tens * 10 + ones : throw new ArgumentOutOfRangeException(nameof(register), register, "Not binary-coded decimal.");
    }

    private static byte Bcd(int number) => (byte)(number / 10 << 4 | number % 10);
}
