using MotCua.Edge.Devices.Clock;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Clock;

public sealed class Ds3231ClockTests
{
    private readonly ManualTime time = new();
    private readonly VirtualI2cBus bus;
    private readonly VirtualDs3231 chip;
    private readonly I2cSocket socket;
    private readonly Ds3231Clock clock;

    public Ds3231ClockTests()
    {
        bus = new VirtualI2cBus(time);
        chip = new VirtualDs3231(time, strict: true);
        socket = bus.Attach(0x68, chip);
        clock = new Ds3231Clock(bus.Open(0x68));
    }

    [Fact]
    public void A_clock_as_delivered_is_not_trusted() => Assert.False(clock.Read().Trusted);

    [Theory]
    [InlineData("2026-11-23T08:15:59+07:00")]
    [InlineData("2028-02-29T23:59:59+00:00")]
    [InlineData("2000-01-01T00:00:00+00:00")]
    [InlineData("2099-12-31T12:00:00+00:00")]
    public void What_was_set_is_read_back_and_trusted(string moment)
    {
        var set = DateTimeOffset.Parse(moment);
        clock.Set(set);
        Assert.Equal(set.ToUniversalTime(), clock.Read().Utc);
        Assert.True(clock.Read().Trusted);
    }

    [Fact]
    public void It_runs_on_over_midnight_and_leap_day_and_while_the_box_is_off()
    {
        clock.Set(new DateTimeOffset(2028, 2, 28, 23, 59, 50, TimeSpan.Zero));
        socket.Unplugged = true;
        time.Advance(TimeSpan.FromSeconds(15));
        socket.Unplugged = false;
        Assert.Equal(new DateTimeOffset(2028, 2, 29, 0, 0, 5, TimeSpan.Zero), clock.Read().Utc);
        Assert.True(clock.Read().Trusted);
    }

    [Fact]
    public void An_empty_battery_is_told_until_it_is_set_again()
    {
        clock.Set(time.GetUtcNow());
        chip.LoseBattery();
        Assert.False(clock.Read().Trusted);
        clock.Set(time.GetUtcNow());
        Assert.True(clock.Read().Trusted);
    }

    [Fact]
    public void A_set_that_breaks_off_leaves_a_clock_that_is_not_trusted()
    {
        foreach (var bytes in (int[])[0, 1, 2])
        {
            socket.NackAfter = bytes;
            Assert.Throws<IOException>(() => clock.Set(time.GetUtcNow()));
            socket.NackAfter = null;
            Assert.False(clock.Read().Trusted);
        }
    }

    [Theory]
    [InlineData(25.0)]
    [InlineData(-12.75)]
    [InlineData(0.25)]
    [InlineData(-0.25)]
    [InlineData(84.5)]
    public void The_temperature_has_quarters_and_a_sign(double celsius)
    {
        chip.Celsius = celsius;
        Assert.Equal(celsius, clock.Read().Celsius);
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0x0F)]
    public void Rubbish_is_an_io_error_and_no_time(byte garbage)
    {
        clock.Set(time.GetUtcNow());
        chip.Garbage = garbage;
        Assert.Throws<IOException>(() => clock.Read());
    }

    [Fact]
    public void A_clock_that_another_program_set_to_twelve_hours_is_read_right()
    {
        var device = new TwelveHours();
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 23, 30, 0, TimeSpan.Zero), new Ds3231Clock(device).Read().Utc);
    }

    [Fact]
    public void A_year_that_the_chip_cannot_hold_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Set(new DateTimeOffset(1999, 12, 31, 0, 0, 0, TimeSpan.Zero)));

    private sealed class TwelveHours : Edge.Devices.Buses.II2cDevice
    {
        public void Write(ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

        public void WriteRead(ReadOnlySpan<byte> bytes, Span<byte> answer)
        {
            answer.Clear();
            // 11:30 in the evening: bit 6 twelve hours, bit 5 after noon.
            ReadOnlySpan<byte> registers = [0x00, 0x30, 0x71, 0x02, 0x23, 0x91, 0x26];
            registers.CopyTo(answer);
        }

        public void Dispose()
        {
        }
    }
}
