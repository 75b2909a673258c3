using System.Text;
using MotCua.Edge.Assembly;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Hosting;
using Xunit;

namespace MotCua.Edge.Configuration.Tests;

/// <summary><c>drivers: kernel</c>, and what a box without the hardware is told.</summary>
public sealed class BusOptionsTests
{
    private const string Buses = "buses: { gpio: no-such-chip, gpio-filter-us: 500, i2c: 250, spi: 251, spi-hz: 400000 }";

    [Fact]
    public void Buses_are_those_of_a_Raspberry_Pi_unless_the_file_says_otherwise()
    {
        var options = Parse(TestCentre.Yaml.Replace("drivers: virtual", "drivers: kernel", StringComparison.Ordinal));
        Assert.Equal((DriverSet.Kernel, new BusOptions("gpiochip0", TimeSpan.Zero, 1, 0, 1_000_000)), (options.Drivers, options.Buses));
        Assert.Equal(new BusOptions("no-such-chip", TimeSpan.FromMicroseconds(500), 250, 251, 400_000), Parse(Kernel).Buses);
    }

    [Theory]
    [InlineData("gpio: no-such-chip", "gpio: /dev/gpiochip0", "buses.gpio")]
    [InlineData("gpio: no-such-chip", "gpio: ''", "buses.gpio")]
    [InlineData("gpio-filter-us: 500", "gpio-filter-us: 10001", "buses.gpio-filter-us")]
    [InlineData("i2c: 250", "i2c: i2c-1", "buses.i2c")]
    [InlineData("spi: 251", "spi: -1", "buses.spi")]
    [InlineData("spi-hz: 400000", "spi-hz: 20000000", "buses.spi-hz")]
    [InlineData("spi-hz: 400000", "spi-herz: 400000", "buses")]
    public void A_bad_bus_is_told_with_its_line(string good, string bad, string path)
    {
        var error = Assert.Single(Assert.Throws<ConfigurationException>(() => Parse(Kernel.Replace(good, bad, StringComparison.Ordinal))).Errors);
        Assert.Equal((4, path), (error.Line, error.Path));
    }

    [Fact]
    public void Every_device_remembers_its_line_of_the_file()
    {
        var lines = Parse(TestCentre.Yaml).FileLines;
        Assert.Equal((13, 16, 18, 19), (lines[new DeviceId("lay-so")], lines[new DeviceId("xong")], lines[new DeviceId("hall-lcd")], lines[new DeviceId("hall-sign")]));
    }

    [Fact]
    public void What_is_no_list_of_devices_is_told_once()
    {
        var yaml = TestCentre.Yaml[..TestCentre.Yaml.IndexOf("  buttons:", StringComparison.Ordinal)] + "  buttons: many\n";
        var error = Assert.Single(Assert.Throws<ConfigurationException>(() => Parse(yaml)).Errors);
        Assert.Equal("devices.buttons", error.Path);
    }

    [Fact]
    public void A_box_without_the_hardware_is_told_by_line_and_field_what_to_try()
    {
        using var hardware = new KernelHardware(Parse(Kernel), TimeProvider.System);
        Told("dòng 15, devices.buttons[1].line: không có chip GPIO «no-such-chip»; sửa buses.gpio, xem «edge devices»",
            () => hardware.Gpio.RequestInput(new InputLine(16, LineBias.PullUp, ActiveLow: true, "test")));
        Told("devices.buttons: không có chip GPIO", () => hardware.Gpio.RequestOutput(new OutputLine(30, ActiveLow: false, InitiallyActive: false, "test")));
        Told("dòng 19, devices.boards[0].i2c: không có /dev/i2c-250; bật I2C (dtparam=i2c_arm=on)", () => hardware.I2c.Open(0x27).Write([0]));
        Told("dòng 19, devices.boards[0].i2c: ", () => hardware.I2c.Open(0x27).WriteRead([0], new byte[1]));
        Told("dòng 20, devices.boards[1].spi: không có /dev/spidev251.0; bật SPI (dtparam=spi=on)", () => hardware.OpenSpi(0).Write([0, 0]));
    }

    [Fact]
    public void Every_chip_s_trouble_is_told_by_its_own_field()
    {
        using var hardware = new KernelHardware(
            Parse(RichHall.Yaml.Replace("drivers: virtual", "drivers: kernel\n" + Buses, StringComparison.Ordinal).Replace("clock: battery", "clock: ds3231", StringComparison.Ordinal)), TimeProvider.System);
        Told("dòng 14, devices.expanders[0].interrupt: ", () => hardware.Gpio.RequestInput(new InputLine(4, LineBias.PullUp, ActiveLow: true, "test")));
        Told("dòng 24, devices.boards[3].clk: ", () => hardware.Gpio.RequestOpenDrain(new OpenDrainLine(20, PullUp: true, "test")));
        Told("dòng 24, devices.boards[3].dio: ", () => hardware.Gpio.RequestOpenDrain(new OpenDrainLine(21, PullUp: true, "test")));
        Told("dòng 14, devices.expanders[0].i2c: ", () => hardware.I2c.Open(0x20).Write([0]));
        Told("dòng 25, devices.boards[4].i2c: ", () => hardware.I2c.Open(0x70).Write([0]));
        Told("dòng 26, devices.boards[5].i2c: ", () => hardware.I2c.Open(0x3C).Write([0]));
        Told("dòng 23, devices.boards[2].spi: ", () => hardware.OpenSpi(1).Write([0, 0]));
        Told("clock: ", () => hardware.I2c.Open(0x68).Write([0]));
    }

    [Fact]
    public void Devices_is_a_command()
    {
        using var complaints = new StringWriter();
        Assert.Equal("devices", EdgeArguments.TryRead(["devices"], complaints)!.Command);
        Assert.Null(EdgeArguments.TryRead(["--help"], complaints));
        Assert.Contains("edge devices", complaints.ToString(), StringComparison.Ordinal);
    }

    private static string Kernel => TestCentre.Yaml.Replace("drivers: virtual", "drivers: kernel\n" + Buses, StringComparison.Ordinal);

    private static void Told(string begin, Action work)
    {
        var e = Assert.Throws<IOException>(work);
        Assert.StartsWith(begin, e.Message, StringComparison.Ordinal);
        // The kernel's own words stand at the end.
        Assert.Contains("No such file or directory", e.Message, StringComparison.Ordinal);
    }

    private static CentreOptions Parse(string yaml) => CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(yaml));
}
