using MotCua.Edge.Devices.Buses;

namespace MotCua.Edge.Devices.Clock;

/// <summary>A DS3231 (I2C 0x68): a clock with a battery, for a box that boots without a network. Holds UTC, years 2000 to 2099.</summary>
/// <remarks>Not thread-safe: one owner. Source: DS3231 datasheet rev 10, figure 1 (timekeeping registers), "Control Register (0Eh)", "Status Register (0Fh)", "Temperature Registers".</remarks>
public sealed class Ds3231Clock
{
    private const int Registers = 0x13;
    private const byte FirstRegister = 0x00;
    private const byte Control = 0x0E;
    private const byte Status = 0x0F;
    private const int TemperatureHigh = 0x11;
    private const int TemperatureLow = 0x12;

    /// <summary>Runs from the battery as well, no square wave, no alarms.</summary>
    private const byte RunsAlways = 0x04;

    private const byte OscillatorStopped = 0x80;
    private const byte TwelveHours = 0x40;
    private const byte AfterNoon = 0x20;
    private const byte Century = 0x80;

    private readonly II2cDevice chip;

    public Ds3231Clock(II2cDevice chip)
    {
        ArgumentNullException.ThrowIfNull(chip);
        this.chip = chip;
    }

    /// <exception cref="IOException">The chip does not answer, or what it says is no time.</exception>
    public ClockReading Read()
    {
        // One transaction: at its start the chip copies the time, so that no second passes between the registers.
        Span<byte> all = stackalloc byte[Registers];
        chip.WriteRead([FirstRegister], all);
        var running = (all[Control] & 0x80) == 0 && (all[Status] & OscillatorStopped) == 0;
        var celsius = (sbyte)all[TemperatureHigh] + (all[TemperatureLow] >> 6) * 0.25;
        return new ClockReading(TimeOf(all), running, celsius);
    }

    /// <summary>Sets the clock; from now on it is trusted as long as its oscillator runs.</summary>
    /// <param name="now">Years 2000 to 2099. Fractions of a second are lost: the chip starts a whole second with this write, so call it at one.</param>
    /// <exception cref="IOException">The chip does not answer; whether it was set is unknown.</exception>
    public void Set(DateTimeOffset now)
    {
        var utc = now.UtcDateTime;
        ArgumentOutOfRangeException.ThrowIfLessThan(utc.Year, 2000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(utc.Year, 2099);
        // Oscillator first, flag last: a transaction that fails between leaves a clock that is not trusted.
        chip.Write([Control, RunsAlways]);
        chip.Write([FirstRegister, Bcd(utc.Second), Bcd(utc.Minute), Bcd(utc.Hour), (byte)(utc.DayOfWeek + 1), Bcd(utc.Day), Bcd(utc.Month), Bcd(utc.Year - 2000)]);
        chip.Write([Status, 0]);
    }

    private static DateTimeOffset TimeOf(ReadOnlySpan<byte> registers)
    {
        var hour = registers[2] switch
        {
            var twelve when (twelve & TwelveHours) != 0 => Number(twelve & 0x1F, 1, 12, "hour") % 12 + ((twelve & AfterNoon) != 0 ? 12 : 0),
            var all => Number(all, 0, 23, "hour"),
        };
        var (second, minute, day) = (Number(registers[0], 0, 59, "second"), Number(registers[1], 0, 59, "minute"), Number(registers[4], 1, 31, "day"));
        var (month, year) = (Number(registers[5] & ~Century, 1, 12, "month"), 2000 + Number(registers[6], 0, 99, "year"));
        return day <= DateTime.DaysInMonth(year, month)
            ? new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero)
            : throw new IOException($"DS3231: {year}-{month:00} has no day {day}.");
    }

    private static int Number(int bcd, int least, int most, string what)
    {
        var (tens, ones) = (bcd >> 4, bcd & 0x0F);
        var number = tens * 10 + ones;
        return tens <= 9 && ones <= 9 && number >= least && number <= most ? number : throw new IOException($"DS3231: {bcd:X2}h is no {what}.");
    }

    private static byte Bcd(int number) => (byte)(number / 10 << 4 | number % 10);
}
