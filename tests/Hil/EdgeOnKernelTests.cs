using System.Net.Sockets;
using System.Text;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.Kernel;
using MotCua.Edge.Devices.Virtual;
using MotCua.Hil.Rig;
using Xunit;

namespace MotCua.Hil;

/// <summary>The whole edge on a real kernel: fingers in the GPIO simulator, chips behind the wires, and what a citizen would see.</summary>
public sealed class EdgeOnKernelTests : IDisposable
{
    private const int Ticket = 5;
    private const int Next = 6;
    private const int Lamp = 7;
    private const int Claimed = 11;

    private const string Buttons = """
                - { id: lay-so, line: 5, lamp: 7, press: ticket chung-thuc }
                - { id: goi-tiep, line: 6, press: next 3 }
            """;

    private const string Boards = """
                - { id: hall-lcd, chip: hd44780, i2c: 0x27 }
                - { id: hall-sign, chip: max7219, spi: 0 }
            """;

    // Design: a board is back within 3 s of its chip. The rest is for an emulated machine that is busy with others.
    private static readonly TimeSpan Back = TimeSpan.FromSeconds(3 + 7);

    private readonly SimChip sim = new("edge");
    private readonly I2cWire i2c = new();
    private readonly SpiWire spi = new();
    private readonly VirtualHd44780 lcd = new();
    private readonly VirtualMax7219 sign = new();
    private readonly I2cSocket socket;

    public EdgeOnKernelTests()
    {
        socket = i2c.Bus.Attach(0x27, new VirtualPcf8574(lcd));
        spi.Bus.Attach(0, sign);
    }

    public void Dispose()
    {
        i2c.Dispose();
        spi.Dispose();
        sim.Dispose();
    }

    [Fact]
    public void A_press_with_bounces_is_one_ticket_and_the_called_number_stands_on_every_board()
    {
        using var box = new EdgeBox("label-edge", Buttons, Boards);
        box.DeviceBecomes("lay-so", "ready");
        sim.Bounce(Ticket, closed: true);
        Machine.Until(() => sim.IsHigh(Lamp));
        Machine.Until(() => box.Issued == 1);
        sim.Bounce(Ticket, closed: false);
        Machine.Until(() => !sim.IsHigh(Lamp));
        Press(Ticket, () => box.Issued == 2);
        Press(Next, () => box.AtCounter == "A001");
        Machine.Until(() => Shown("A001"), Glass);
        Press(Next, () => box.AtCounter == "A002");
        Machine.Until(() => Shown("A002"), Glass);
        Assert.Equal(2, box.Issued);
        Assert.Equal(0, lcd.Glass.Violations);
    }

    [Fact]
    public void A_board_that_stops_acknowledging_is_told_and_is_back_within_three_seconds_of_its_chip()
    {
        using var box = new EdgeBox("label-edge", Buttons, Boards);
        box.DeviceBecomes("hall-lcd", "ready");
        socket.Unplugged = true;
        Press(Ticket, () => box.Issued == 1);
        Press(Next, () => box.AtCounter == "A001");
        box.DeviceBecomes("hall-lcd", "failed");
        var (_, fault, detail) = box.Device("hall-lcd");
        Assert.Equal("device.not-answering", fault);
        Assert.StartsWith("dòng 15, devices.boards[0].i2c: bảng 0x27 không trả lời", detail, StringComparison.Ordinal);
        Machine.Until(() => sign.Digits.Text.StartsWith("A001", StringComparison.Ordinal), Glass); // The other board goes on.
        socket.Unplugged = false;
        Machine.Within(Back, () => Shown("A001"), Glass);
        box.DeviceBecomes("hall-lcd", "ready");
    }

    [Fact]
    public void A_stuck_bus_keeps_no_button_and_no_other_board_from_working()
    {
        using var box = new EdgeBox("label-edge", Buttons, Boards);
        box.DeviceBecomes("hall-lcd", "ready");
        i2c.Stuck = true;
        Press(Ticket, () => box.Issued == 1);
        Press(Next, () => box.AtCounter == "A001");
        box.DeviceBecomes("hall-lcd", "failed");
        Assert.Contains("bus I2C bị kẹt", box.Device("hall-lcd").Detail, StringComparison.Ordinal);
        Machine.Until(() => sign.Digits.Text.StartsWith("A001", StringComparison.Ordinal), Glass);
        i2c.Stuck = false;
        box.DeviceBecomes("hall-lcd", "ready");
        Machine.Until(() => Shown("A001"), Glass);
    }

    [Fact]
    public void A_claimed_line_a_wrong_line_and_a_missing_chip_select_are_told_by_field_and_the_rest_serves()
    {
        using var other = new GpioChip(sim.Name, TimeProvider.System);
        var claim = other.RequestInput(new InputLine(Claimed, LineBias.PullUp, ActiveLow: true, "gpiomon"));
        using var box = new EdgeBox(
            "label-edge",
            """
                - { id: lay-so, line: 5, press: ticket chung-thuc }
                - { id: bi-giu, line: 11, press: next 3 }
                - { id: sai-chan, line: 40, press: recall 3 }
            """,
            """
                - { id: hall-lcd, chip: hd44780, i2c: 0x27 }
                - { id: khong-co, chip: hd44780, i2c: 0x3F }
            """);
        box.DeviceBecomes("bi-giu", "failed");
        box.DeviceBecomes("sai-chan", "failed");
        Assert.StartsWith("dòng 13, devices.buttons[1].line: chân 11 đang do «gpiomon» giữ", box.Device("bi-giu").Detail, StringComparison.Ordinal);
        Assert.StartsWith("dòng 14, devices.buttons[2].line: chip label-edge không có chân 40", box.Device("sai-chan").Detail, StringComparison.Ordinal);
        Press(Ticket, () => box.Issued == 1);
        box.DeviceBecomes("khong-co", "failed");
        Assert.StartsWith("dòng 17, devices.boards[1].i2c: bảng 0x3F không trả lời", box.Device("khong-co").Detail, StringComparison.Ordinal);
        claim.Dispose();
        box.DeviceBecomes("bi-giu", "ready");
        Press(Claimed, () => box.AtCounter == "A001");
    }

    [Fact]
    public void A_stuck_button_is_told_and_its_neighbour_works()
    {
        using var box = new EdgeBox("label-edge", Buttons, Boards);
        box.DeviceBecomes("lay-so", "ready");
        Press(Next, () => true);
        sim.Pull(Ticket, up: false);
        Machine.Until(() => box.Issued == 1);
        box.DeviceBecomes("lay-so", "failed");
        Assert.Equal("button.stuck", box.Device("lay-so").Fault);
        Press(Next, () => box.AtCounter == "A001");
        sim.Pull(Ticket, up: true);
        box.DeviceBecomes("lay-so", "ready");
    }

    [Fact]
    public void A_chip_that_was_unplugged_serves_again_when_it_is_back()
    {
        using var box = new EdgeBox("label-edge", Buttons, Boards);
        box.DeviceBecomes("lay-so", "ready");
        sim.Plug(false);
        box.DeviceBecomes("lay-so", "failed");
        sim.Plug(true);
        box.DeviceBecomes("lay-so", "ready");
        Press(Ticket, () => box.Issued == 1);
    }

    [Fact]
    public void The_watchdog_is_fed_while_the_edge_makes_progress_and_only_then()
    {
        var path = Path.Combine(Path.GetTempPath(), "notify");
        File.Delete(path);
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        // The kernel resets the machine after 20 s without a byte, and all tests with it.
        using var watchdog = new FileStream("/dev/watchdog", FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            using var box = new EdgeBox("label-edge", Buttons, Boards, ("NOTIFY_SOCKET", path), ("WATCHDOG_USEC", "4000000"));
            var begun = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(30))
            {
                Assert.True(Fed(systemd, TimeSpan.FromSeconds(15)), box.Output);
                watchdog.WriteByte((byte)'.');
            }

            box.Signal("STOP");
            while (Fed(systemd, TimeSpan.FromSeconds(1)))
            {
                // What was on its way.
            }

            Assert.False(Fed(systemd, TimeSpan.FromSeconds(8)));
            box.Signal("CONT");
            Assert.True(Fed(systemd, TimeSpan.FromSeconds(10)));
        }
        finally
        {
            watchdog.WriteByte((byte)'V'); // The promise to stop on purpose.
        }
    }

    [Fact]
    public void The_installer_is_told_what_answers_and_which_lines_to_paste()
    {
        using var other = new GpioChip(sim.Name, TimeProvider.System);
        using var claim = other.RequestInput(new InputLine(Claimed, LineBias.PullUp, ActiveLow: true, "gpiomon"));
        var said = EdgeBox.Run("devices");
        Assert.Contains($"{sim.Name} (label-edge), 32 chân: 31 rảnh; đang dùng: 11 «gpiomon»", said, StringComparison.Ordinal);
        Assert.Contains("i2c-1 (motcua wire)", said, StringComparison.Ordinal);
        Assert.Contains("0x27 có lẽ LCD qua PCF8574", said, StringComparison.Ordinal);
        Assert.Contains("/dev/spidev0.1", said, StringComparison.Ordinal);
        Assert.Contains($"drivers: kernel\nbuses: {{ gpio: {sim.Name}, i2c: 1, spi: 0 }}", said, StringComparison.Ordinal);
        Assert.Contains("    - { id: lcd-27, chip: hd44780, i2c: 0x27 }", said, StringComparison.Ordinal);
        Assert.Equal(0, lcd.Glass.Violations);
    }

    private static bool Fed(Socket systemd, TimeSpan within)
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

    /// <summary>Presses a button with bounces, holds it, lets it go with bounces, and waits for what it does.</summary>
    private void Press(int offset, Func<bool> done)
    {
        sim.Bounce(offset, closed: true);
        Machine.Rest(TimeSpan.FromMilliseconds(400));
        sim.Bounce(offset, closed: false);
        Machine.Rest(TimeSpan.FromMilliseconds(400));
        Machine.Until(done, Glass);
    }

    private bool Shown(string ticket) =>
        lcd.Glass is { On: true } glass && glass.Lines.Any(line => line.Contains(ticket, StringComparison.Ordinal)) && sign.Digits.Text.StartsWith(ticket, StringComparison.Ordinal);

    private string Glass() => $"{string.Join('|', lcd.Glass.Lines)} and {sign.Digits.Text}";
}
