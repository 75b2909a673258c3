using MotCua.Edge.Devices.Health;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Assembly.Tests;

public sealed class HallDevicesTests
{
    [Fact]
    public async Task Every_chip_shows_the_call_and_a_sign_over_a_counter_shows_its_own_calls_only()
    {
        using var centre = await CalledAsync();
        // The glyphs that the driver drew itself read as blocks.
        Assert.Equal("S▒ A001  QU▒Y 1", centre.Lcd.Glass.Lines[1].TrimEnd());
        Assert.Equal("A001   1", centre.Read("hall-sign"));
        Assert.Equal("A001", centre.Read("hall-matrix")[..4]);
        Assert.Equal("A001", centre.Read("quay-1-so"));
        Assert.Equal(("----", "---"), (centre.Read("quay-2-so"), centre.Read("quay-2-oled")));

        await centre.PressAsync(RichHall.OnExpander(0));
        await centre.PressAsync(RichHall.OnExpander(9));
        await centre.RunAsync(6);
        Assert.Equal("H001   2", centre.Read("hall-sign"));
        Assert.Equal(("H001", "H001"), (centre.Read("quay-2-so"), centre.Read("quay-2-oled")));
        Assert.Equal("A001", centre.Read("quay-1-so"));
        foreach (var board in centre.Box.Boards)
        {
            Assert.True(board.Value.Violations() == 0, $"{board.Key} saw an illegal sequence");
        }

        // The sign over counter 1 answers for its own call, and nobody waits for its answer to the other one.
        var calls = centre.Events().Where(e => e.Data is TicketCalled).ToList();
        Assert.Contains(centre.Events<CallDelivered>(), d => d.CallSeq == calls[0].Seq && d.Output == "quay-1-so");
        Assert.DoesNotContain(centre.Events<CallDelivered>(), d => d.CallSeq == calls[1].Seq && d.Output == "quay-1-so");
    }

    [Theory]
    [InlineData("hall-lcd")]
    [InlineData("hall-sign")]
    [InlineData("hall-matrix")]
    [InlineData("quay-1-so")]
    [InlineData("quay-2-so")]
    [InlineData("quay-2-oled")]
    public async Task A_board_that_was_unplugged_shows_the_right_thing_within_three_seconds_of_its_return(string id)
    {
        using var centre = await CalledAsync();
        var before = centre.Read(id);
        var board = centre.Box.Boards[new DeviceId(id)];
        foreach (var away in (double[])[0.05, 7])
        {
            board.Unplug(true);
            await centre.RunAsync(away);
            board.Unplug(false);
            Assert.False(board.IsOn());
            await centre.RunAsync(3);
            Assert.True(board.IsOn());
            Assert.Equal(before, centre.Read(id));
            Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device(id));
        }
    }

    [Fact]
    public async Task An_expander_that_was_unplugged_takes_presses_within_three_seconds_of_its_return_and_the_box_s_own_buttons_never_stop()
    {
        using var centre = new TestCentre(yaml: RichHall.Yaml);
        await centre.RunAsync(1);
        var (chip, socket) = centre.Box.Expanders[new DeviceId("mo-rong-1")];
        socket.Unplugged = true;
        await centre.RunAsync(5);
        Assert.Equal(new TestCentre.KnownDevice("failed", "device.not-answering"), centre.Device("mo-rong-1"));
        Assert.Equal(new TestCentre.KnownDevice("failed", "device.not-answering"), centre.Device("lay-so-2"));
        await centre.PressAsync(TestCentre.TicketButton);
        Assert.Equal("A001", Assert.Single(centre.Events<TicketIssued>()).Number);

        socket.Unplugged = false;
        await centre.RunAsync(3);
        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("mo-rong-1"));
        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("lay-so-2"));
        centre.Box.Press(RichHall.OnExpander(0), TimeSpan.FromMilliseconds(120));
        await centre.RunAsync(0.2, strideMs: 1);
        Assert.Equal("H001", centre.Events<TicketIssued>().Last().Number);
        Assert.True((chip.Driven & 0x80) != 0, "the lamp of the button that was pressed is dark");
        await centre.RunAsync(2);
        Assert.True((chip.Driven & 0x80) == 0, "the lamp stays lit");
        Assert.Empty(chip.Violations);
    }

    [Fact]
    public async Task A_sign_on_two_lines_that_does_not_answer_is_told_by_its_fields_and_what_to_look_at()
    {
        using var centre = new TestCentre(yaml: RichHall.Yaml);
        centre.Box.Boards[new DeviceId("quay-1-so")].Unplug(true);
        await centre.RunAsync(1);
        Assert.Equal(new TestCentre.KnownDevice("failed", "device.not-answering"), centre.Device("quay-1-so"));
        Assert.StartsWith(
            "dòng 23, devices.boards[3].dio: bảng không trả lời trên chân 20 (CLK) và 21 (DIO); kiểm tra nguồn", centre.Centre.Devices.All.Single(d => d.Device == "quay-1-so").Report.Detail,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_night_a_board_is_darker_and_only_while_the_clock_is_believed()
    {
        var trust = new SettableTrust { Trust = ClockTrust.Synced };
        using var centre = new TestCentre(yaml: RichHall.Yaml, clock: trust);
        var sign = centre.Box.Boards[new DeviceId("quay-2-so")];
        await centre.RunAsync(1);
        var day = sign.Mark();
        centre.Time.StepWallClock(TimeSpan.FromHours(12));
        await centre.RunAsync(3);
        Assert.NotEqual(day, sign.Mark());
        trust.Trust = ClockTrust.Unsynced;
        await centre.RunAsync(3);
        Assert.Equal(day, sign.Mark());
    }

    [Fact]
    public async Task A_counter_that_pauses_says_so_on_its_own_sign_while_the_hall_goes_on()
    {
        using var centre = await CalledAsync();
        Assert.True(centre.Centre.Loop.TrySubmit(new Queue.PauseCounter(new Queue.CounterId(2), new Queue.Reason("họp")), out _));
        await centre.RunAsync(6);
        Assert.Equal("A001   1", centre.Read("hall-sign"));
        Assert.NotEqual("---", centre.Read("quay-2-oled"));
        Assert.Equal("A001", centre.Read("quay-1-so"));
    }

    private static async Task<TestCentre> CalledAsync()
    {
        var centre = new TestCentre(yaml: RichHall.Yaml);
        await centre.RunAsync(1);
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.PressAsync(RichHall.OnExpander(1));
        await centre.RunAsync(6);
        return centre;
    }
}
