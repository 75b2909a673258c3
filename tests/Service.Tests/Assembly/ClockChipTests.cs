using MotCua.Edge.Devices.Clock;
using MotCua.Edge.Devices.Virtual;
using MotCua.Edge.Health;
using MotCua.Edge.Journal.Tests;
using MotCua.Protocols.Events;
using MotCua.Testing;
using Xunit;

namespace MotCua.Edge.Assembly.Tests;

public sealed class ClockChipTests
{
    private static readonly string Yaml = RichHall.Yaml.Replace("clock: battery", "clock: ds3231", StringComparison.Ordinal);
    private static readonly DateTimeOffset Morning = new(2026, 11, 24, 7, 30, 0, TimeSpan.FromHours(7));

    // The box itself believes that it is still last month.
    private readonly ManualTime time = new(new DateTimeOffset(2026, 10, 1, 3, 0, 0, TimeSpan.Zero));
    private readonly SettableTrust kernel = new();

    [Fact]
    public async Task Without_a_network_the_time_is_the_chip_s_and_the_day_is_believed()
    {
        using var centre = Boot(good: true);
        await centre.RunAsync(1);
        await centre.PressAsync(TestCentre.TicketButton);
        var issued = Assert.Single(centre.Events(), e => e.Data is TicketIssued);
        Assert.Equal(ClockTrust.Holdover, EventCodec.Read(issued.Canonical.Span).Header.Clock);
        Assert.InRange(issued.At, Morning, Morning.AddSeconds(5));
        Assert.Equal(new DateOnly(2026, 11, 24), centre.Centre.Loop.Durable.State.Queue.Date);
        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("clock"));
    }

    [Fact]
    public async Task A_chip_that_stood_still_is_not_believed_and_told_and_is_set_when_the_system_s_clock_is_right()
    {
        using var centre = Boot(good: false);
        await centre.RunAsync(1);
        Assert.Equal(ClockTrust.Unsynced, EventCodec.Read(centre.Events()[0].Canonical.Span).Header.Clock);
        Assert.Equal(new TestCentre.KnownDevice("degraded", "clock.battery-empty"), centre.Device("clock"));

        time.StepWallClock(Morning - time.GetUtcNow());
        kernel.Trust = ClockTrust.Synced;
        await centre.RunAsync(30);
        var reading = new Ds3231Clock(centre.Box.I2c.Open(0x68)).Read();
        Assert.True(reading.Trusted);
        Assert.InRange((reading.Utc - time.GetUtcNow()).TotalSeconds, -1.1, 0.1);

        // Only the next start shows whether the battery holds.
        Assert.Equal("degraded", centre.Device("clock")!.State);
        Assert.Empty(centre.Box.Clock!.Value.Chip.Violations);
    }

    [Fact]
    public async Task A_network_that_comes_later_takes_over_without_a_jump_of_the_day()
    {
        using var centre = Boot(good: true);
        await centre.RunAsync(60);
        time.StepWallClock(Morning.AddSeconds(63) - time.GetUtcNow());
        kernel.Trust = ClockTrust.Synced;
        await centre.RunAsync(1);
        await centre.PressAsync(TestCentre.TicketButton);
        var issued = centre.Events().Last(e => e.Data is TicketIssued);
        Assert.Equal(ClockTrust.Synced, EventCodec.Read(issued.Canonical.Span).Header.Clock);
        Assert.InRange(issued.At, Morning.AddSeconds(63), Morning.AddSeconds(70));
        Assert.Equal(new DateOnly(2026, 11, 24), centre.Centre.Loop.Durable.State.Queue.Date);
    }

    [Fact]
    public async Task A_chip_that_is_unplugged_at_the_start_is_told_and_believed_within_three_seconds_of_its_return()
    {
        using var centre = Boot(good: true, unplugged: true);
        await centre.RunAsync(5);
        Assert.Equal(new TestCentre.KnownDevice("failed", "device.not-answering"), centre.Device("clock"));
        Assert.Equal(ClockTrust.Unsynced, centre.Centre.Identity.Clock.Now());
        centre.Box.Clock!.Value.Socket.Unplugged = false;
        await centre.RunAsync(3);
        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("clock"));
        Assert.Equal(ClockTrust.Holdover, centre.Centre.Identity.Clock.Now());
        Assert.Equal(Morning.Date, Queue.BusinessDate.Local(centre.Centre.Time.GetUtcNow()).Date);
    }

    [Fact]
    public async Task Garbage_is_no_time()
    {
        using var centre = Boot(good: true, garbage: 0xFF);
        await centre.RunAsync(1);
        Assert.Equal(new TestCentre.KnownDevice("failed", "device.not-answering"), centre.Device("clock"));
        Assert.Equal(ClockTrust.Unsynced, centre.Centre.Identity.Clock.Now());
    }

    [Theory]
    [InlineData(0x40)] // 2026 becomes 2066.
    [InlineData(0x10)] // 2026 becomes 2036.
    [InlineData(0x01)] // 2026 becomes 2027.
    public async Task A_year_digit_flipped_on_the_wire_moves_no_day(byte bits)
    {
        using var centre = Boot(good: true, before: chip => chip.FlipOnce(6, bits));
        await centre.RunAsync(1);
        Assert.Equal(ClockTrust.Unsynced, centre.Centre.Identity.Clock.Now());
        await centre.RunAsync(3);
        Assert.Equal(ClockTrust.Holdover, centre.Centre.Identity.Clock.Now());
        centre.Box.Clock!.Value.Chip.FlipOnce(6, bits);
        await centre.RunAsync(660, strideMs: 500);
        await centre.PressAsync(TestCentre.TicketButton);
        Assert.Equal(new DateOnly(2026, 11, 24), centre.Centre.Loop.Durable.State.Queue.Date);
        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("clock"));
    }

    [Fact]
    public async Task A_chip_years_ahead_of_what_the_box_can_live_is_told_and_not_believed()
    {
        using var centre = Boot(good: true, yearsAhead: 40);
        await centre.RunAsync(5);
        await centre.PressAsync(TestCentre.TicketButton);
        Assert.Equal(new TestCentre.KnownDevice("degraded", "clock.battery-empty"), centre.Device("clock"));
        Assert.Equal(ClockTrust.Unsynced, centre.Centre.Identity.Clock.Now());
        Assert.Equal(Queue.BusinessDate.Unknown, centre.Centre.Loop.Durable.State.Queue.Date);
    }

    [Fact]
    public async Task After_a_restart_the_journal_says_how_far_ahead_a_chip_may_be()
    {
        var disk = new SimulatedDisk(new Random(1));
        using (var before = Boot(good: true, disk: disk))
        {
            await before.RunAsync(2);
            await before.PressAsync(TestCentre.TicketButton);
        }

        using var after = Boot(good: true, yearsAhead: 11, disk: disk);
        await after.RunAsync(2);
        await after.PressAsync(TestCentre.TicketButton);
        Assert.Equal(new TestCentre.KnownDevice("degraded", "clock.battery-empty"), after.Device("clock"));
        Assert.Equal(new DateOnly(2026, 11, 24), after.Centre.Loop.Durable.State.Queue.Date);
    }

    [Fact]
    public async Task A_chip_that_jumps_while_the_box_runs_takes_no_day_with_it()
    {
        using var centre = Boot(good: true);
        await centre.RunAsync(2);
        new Ds3231Clock(centre.Box.I2c.Open(0x68)).Set(Morning.AddYears(1));
        await centre.RunAsync(660, strideMs: 500);
        await centre.PressAsync(TestCentre.TicketButton);
        Assert.Equal(new DateOnly(2026, 11, 24), centre.Centre.Loop.Durable.State.Queue.Date);
        Assert.Equal(new TestCentre.KnownDevice("degraded", "clock.battery-empty"), centre.Device("clock"));
        Assert.Equal(ClockTrust.Holdover, centre.Centre.Identity.Clock.Now());
    }

    private TestCentre Boot(
        bool good, bool unplugged = false, byte garbage = 0, int yearsAhead = 0, Action<VirtualDs3231>? before = null, SimulatedDisk? disk = null) => new(disk, time, yaml: Yaml, clock: new ChipTime(time, kernel), before: box =>
    {
        var (chip, socket) = box.Clock!.Value;
        if (good)
        {
            new Ds3231Clock(box.I2c.Open(0x68)).Set(Morning.AddYears(yearsAhead));
        }

        chip.Garbage = garbage;
        socket.Unplugged = unplugged;
        before?.Invoke(chip);
    });
}
