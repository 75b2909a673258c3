using System.Net.Sockets;
using System.Text;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.Kernel;
using MotCua.Edge.Devices.Virtual;
using MotCua.Hil.Rig;
using Xunit;

namespace MotCua.Hil;

/// <summary>The whole edge on a real kernel: fingers in the GPIO simulator, chips behind the wires, and what a citizen would see.</summary>
/// <remarks>One edge for all, because an emulated start takes long; each test counts from what it finds, and leaves every device ready.</remarks>
public sealed class EdgeOnKernelTests(EdgeOnKernelTests.Centre centre) : IClassFixture<EdgeOnKernelTests.Centre>
{
    // Design: a device is back within 3 s of its return. The rest is for an emulated machine that is busy with others.
    private static readonly TimeSpan Back = TimeSpan.FromSeconds(3 + 9);

    [Fact]
    public void A_press_with_bounces_lights_the_lamp_and_is_one_ticket()
    {
        var before = centre.Box.Issued;
        // A lamp notices only when it is used that its chip was away, as it is in another test, and has forgotten that a second later.
        centre.Press(Centre.Ticket, () => centre.Box.Issued == before + 1);
        before++;
        Machine.Rest(TimeSpan.FromSeconds(2));
        Machine.Until(() => !centre.Sim.IsHigh(Centre.Lamp));
        centre.Press(Centre.Ticket, () => centre.Sim.IsHigh(Centre.Lamp));
        Machine.Until(() => centre.Box.Issued == before + 1);
        Machine.Until(() => !centre.Sim.IsHigh(Centre.Lamp));
        centre.Press(Centre.Ticket, () => centre.Box.Issued == before + 2);
        Machine.Rest(TimeSpan.FromSeconds(1));
        Assert.Equal(before + 2, centre.Box.Issued);
    }

    [Fact]
    public void The_called_number_stands_on_every_board_and_no_chip_saw_an_illegal_sequence()
    {
        for (var call = 0; call < 3; call++)
        {
            var number = centre.CallOne();
            Machine.Until(() => centre.Shows(number), centre.Glass);
        }

        Assert.Equal(0, centre.Lcd.Glass.Violations);
    }

    [Fact]
    public void A_board_that_stops_acknowledging_is_told_and_is_back_within_three_seconds_of_its_chip()
    {
        centre.Socket.Unplugged = true;
        var number = centre.CallOne();
        centre.Box.DeviceBecomes("hall-lcd", "failed");
        var (_, fault, detail) = centre.Box.Device("hall-lcd");
        Assert.Equal("device.not-answering", fault);
        Assert.StartsWith($"dòng {centre.Line("hall-lcd")}, devices.boards[0].i2c: bảng 0x27 không trả lời", detail, StringComparison.Ordinal);
        Machine.Until(() => centre.SignShows(number), centre.Glass); // The other board goes on.
        centre.Socket.Unplugged = false;
        Machine.Within(Back, () => centre.Shows(number), centre.Glass);
        centre.Box.DeviceBecomes("hall-lcd", "ready");
    }

    [Fact]
    public void A_stuck_bus_keeps_no_button_and_no_other_board_from_working()
    {
        centre.I2c.Stuck = true;
        var number = centre.CallOne();
        centre.Box.DeviceBecomes("hall-lcd", "failed");
        Assert.Contains("bus I2C bị kẹt", centre.Box.Device("hall-lcd").Detail, StringComparison.Ordinal);
        Machine.Until(() => centre.SignShows(number), centre.Glass);
        centre.I2c.Stuck = false;
        centre.Box.DeviceBecomes("hall-lcd", "ready");
        Machine.Until(() => centre.Shows(number), centre.Glass);
    }

    [Fact]
    public void A_claimed_line_is_told_with_its_holder_and_works_when_it_is_free_and_after_the_chip_was_unplugged()
    {
        centre.Box.DeviceBecomes("bi-giu", "failed");
        Assert.StartsWith(
            $"dòng {centre.Line("bi-giu")}, devices.buttons[2].line: chân {Centre.Claimed} đang do «gpiomon» giữ", centre.Box.Device("bi-giu").Detail, StringComparison.Ordinal);
        centre.Claim(false);
        centre.Box.DeviceBecomes("bi-giu", "ready");
        var before = centre.Box.Issued;
        centre.Press(Centre.Claimed, () => centre.Box.Issued == before + 1);
        centre.Sim.Plug(false);
        centre.Box.DeviceBecomes("bi-giu", "failed");
        centre.Box.DeviceBecomes("lay-so", "failed");
        centre.Sim.Plug(true);
        centre.Box.DeviceBecomes("bi-giu", "ready");
        centre.Box.DeviceBecomes("lay-so", "ready");
        centre.Press(Centre.Claimed, () => centre.Box.Issued == before + 2);
    }

    [Fact]
    public void A_wrong_line_and_a_missing_board_are_told_by_line_and_field_and_the_rest_serves()
    {
        centre.Box.DeviceBecomes("sai-chan", "failed");
        centre.Box.DeviceBecomes("khong-co", "failed");
        Assert.StartsWith($"dòng {centre.Line("sai-chan")}, devices.buttons[3].line: chip label-edge không có chân 40", centre.Box.Device("sai-chan").Detail, StringComparison.Ordinal);
        Assert.StartsWith($"dòng {centre.Line("khong-co")}, devices.boards[2].i2c: bảng 0x3F không trả lời", centre.Box.Device("khong-co").Detail, StringComparison.Ordinal);
        var before = centre.Box.Issued;
        centre.Press(Centre.Ticket, () => centre.Box.Issued == before + 1);
    }

    [Fact]
    public void A_stuck_button_is_told_and_its_neighbour_works()
    {
        var number = centre.CallOne();
        var before = centre.Box.Issued;
        centre.Sim.Pull(Centre.Ticket, up: false);
        Machine.Until(() => centre.Box.Issued == before + 1);
        centre.Box.DeviceBecomes("lay-so", "failed");
        Assert.Equal("button.stuck", centre.Box.Device("lay-so").Fault);
        centre.Press(Centre.Next, () => centre.Box.AtCounter != number);
        centre.Sim.Pull(Centre.Ticket, up: true);
        centre.Box.DeviceBecomes("lay-so", "ready");
    }

    [Fact]
    public void The_watchdog_is_fed_while_the_edge_makes_progress_and_only_then()
    {
        // The kernel resets the machine after 20 s without a byte, and all tests with it.
        using var watchdog = new FileStream("/dev/watchdog", FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            var begun = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(25))
            {
                Assert.True(centre.Fed(TimeSpan.FromSeconds(15)), centre.Box.Output);
                watchdog.WriteByte((byte)'.');
            }

            centre.Box.Signal("STOP");
            while (centre.Fed(TimeSpan.FromSeconds(1)))
            {
                // What was on its way.
            }

            Assert.False(centre.Fed(TimeSpan.FromSeconds(6)));
            centre.Box.Signal("CONT");
            Assert.True(centre.Fed(TimeSpan.FromSeconds(15)));
        }
        finally
        {
            centre.Box.Signal("CONT");
            watchdog.WriteByte((byte)'V'); // The promise to stop on purpose.
        }
    }

    [Fact]
    public void The_installer_is_told_what_answers_and_which_lines_to_paste()
    {
        var said = EdgeBox.Run("devices");
        Assert.Contains($"{centre.Sim.Name} (label-edge), 32 chân: ", said, StringComparison.Ordinal);
        Assert.Contains($"{Centre.Ticket} «motcua-edge»", said, StringComparison.Ordinal);
        Assert.Contains("i2c-1 (motcua wire)", said, StringComparison.Ordinal);
        Assert.True(said.Contains("0x27 có lẽ LCD qua PCF8574", StringComparison.Ordinal), said);
        Assert.Contains("/dev/spidev0.1", said, StringComparison.Ordinal);
        Assert.Contains($"drivers: kernel\nbuses: {{ gpio: {centre.Sim.Name}, i2c: 1, spi: 0 }}", said, StringComparison.Ordinal);
        Assert.Contains("    - { id: lcd-27, chip: hd44780, i2c: 0x27 }", said, StringComparison.Ordinal);
    }

    /// <summary>The box, its wires, and what hangs on them.</summary>
    public sealed class Centre : IDisposable
    {
        internal const int Ticket = 5;
        internal const int Next = 6;
        internal const int Lamp = 7;
        internal const int Claimed = 11;

        private const string Buttons = """
                - { id: lay-so, line: 5, lamp: 7, press: ticket chung-thuc }
                - { id: goi-tiep, line: 6, press: next 3 }
                - { id: bi-giu, line: 11, press: ticket chung-thuc }
                - { id: sai-chan, line: 40, press: recall 3 }
            """;

        private const string Boards = """
                - { id: hall-lcd, chip: hd44780, i2c: 0x27 }
                - { id: hall-sign, chip: max7219, spi: 0 }
                - { id: khong-co, chip: hd44780, i2c: 0x3F }
            """;

        private readonly SpiWire spi = new();
        private readonly VirtualMax7219 sign = new();
        private readonly GpioChip other;
        private readonly Socket systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        private IGpioInput? claim;

        public Centre()
        {
            Socket = I2c.Bus.Attach(0x27, new VirtualPcf8574(Lcd));
            spi.Bus.Attach(0, sign);
            other = new GpioChip(Sim.Name, TimeProvider.System);
            Claim(true);
            var path = Path.Combine(Path.GetTempPath(), "notify");
            systemd.Bind(new UnixDomainSocketEndPoint(path));
            Box = new EdgeBox("label-edge", Buttons, Boards, ("NOTIFY_SOCKET", path), ("WATCHDOG_USEC", "4000000"));
            Box.DeviceBecomes("lay-so", "ready");
            Box.DeviceBecomes("hall-lcd", "ready");
        }

        internal SimChip Sim { get; } = new("edge");

        internal I2cWire I2c { get; } = new();

        internal VirtualHd44780 Lcd { get; } = new();

        internal I2cSocket Socket { get; }

        internal EdgeBox Box { get; }

        public void Dispose()
        {
            Box.Dispose();
            systemd.Dispose();
            Claim(false);
            other.Dispose();
            I2c.Dispose();
            spi.Dispose();
            Sim.Dispose();
        }

        /// <summary>Presses a button with bounces, holds it until it has done its work, and lets it go with bounces.</summary>
        internal void Press(int offset, Func<bool> done)
        {
            Sim.Bounce(offset, closed: true);
            try
            {
                Machine.Until(done, Glass);
            }
            finally
            {
                // No finger is quicker; a touch shorter than the debounce time is no press.
                Machine.Rest(TimeSpan.FromMilliseconds(100));
                Sim.Bounce(offset, closed: false);
                Machine.Rest(TimeSpan.FromMilliseconds(700));
            }
        }

        /// <summary>Takes a ticket and calls the next one.</summary>
        /// <returns>The number at the counter.</returns>
        internal string CallOne()
        {
            var (issued, called) = (Box.Issued, Box.Called);
            Press(Ticket, () => Box.Issued == issued + 1);
            Press(Next, () => Box.Called == called + 1);
            return Box.AtCounter!;
        }

        /// <summary>Another program takes a line, or gives it back.</summary>
        internal void Claim(bool held)
        {
            claim?.Dispose();
            claim = held ? other.RequestInput(new InputLine(Claimed, LineBias.PullUp, ActiveLow: true, "gpiomon")) : null;
        }

        internal bool SignShows(string ticket) => sign.Digits.Text.StartsWith(ticket, StringComparison.Ordinal);

        internal bool Shows(string ticket) => SignShows(ticket) && Lcd.Glass is { On: true } glass && glass.Lines.Any(line => line.Contains(ticket, StringComparison.Ordinal));

        internal string Glass() => $"{string.Join('|', Lcd.Glass.Lines)} and {sign.Digits.Text}";

        /// <summary>Line of the configuration at which a device stands.</summary>
        internal int Line(string id) => Box.Yaml.Split('\n').TakeWhile(line => !line.Contains($"id: {id},", StringComparison.Ordinal)).Count() + 1;

        /// <summary>Whether the service manager hears a sign of life.</summary>
        internal bool Fed(TimeSpan within)
        {
            var buffer = new byte[256];
            var begun = TimeProvider.System.GetTimestamp();
            while (within - TimeProvider.System.GetElapsedTime(begun) is var left && left > TimeSpan.Zero && systemd.Poll(left, SelectMode.SelectRead))
            {
                if (Encoding.UTF8.GetString(buffer, 0, systemd.Receive(buffer)).Contains("WATCHDOG=1", StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
