using System.Text;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Devices.Boards.Hd44780;
using MotCua.Edge.Devices.Health;
using Xunit;

namespace MotCua.Edge.Configuration.Tests;

public sealed class WiringTests
{
    [Fact]
    public void Every_chip_is_read_with_its_fields()
    {
        var options = Parse(RichHall.Yaml);
        Assert.Equal(
            [(BoardChip.Hd44780, 0x27), (BoardChip.Max7219, 0), (BoardChip.Max7219Matrix, 1), (BoardChip.Tm1637, 20), (BoardChip.Ht16k33, 0x70), (BoardChip.Ssd1306, 0x3C)],
            options.Boards.Select(b => (b.Chip, b.Address)));
        Assert.Equal([null, null, null, 1, 2, 2], options.Boards.Select(b => b.Counter));
        Assert.Equal((LcdVietnamese.Glyphs, 21), (options.Boards[0].Letters, options.Boards[3].DataLine));
        var light = options.Boards[4].Light;
        Assert.Equal((80, 10, new TimeOnly(18, 0), new TimeOnly(6, 30)), (light.Day, light.Night, light.NightFrom, light.NightUntil));
        Assert.Equal(TimeSpan.Zero, options.Boards[5].Blink.For);
        Assert.Equal(new ExpanderOptions(new DeviceId("mo-rong-1"), 0x20, 4), Assert.Single(options.Expanders));
        Assert.Equal((RichHall.OnExpander(0), RichHall.OnExpander(7)), (options.Buttons[1].Line, options.Buttons[1].Lamp));
        Assert.Equal(RichHall.OnExpander(9), options.Buttons[3].Line);
        Assert.Equal("mo-rong-1/B1", options.Buttons[3].Line.ToString());
    }

    [Fact]
    public void What_is_not_said_is_as_the_modules_are_sold()
    {
        var options = Parse(RichHall.Yaml.Replace("chip: hd44780, i2c: 0x27, letters: glyphs", "chip: hd44780", StringComparison.Ordinal)
            .Replace("chip: ht16k33, i2c: 0x70, digits: 4,", "chip: ht16k33,", StringComparison.Ordinal).Replace("spi: 1, columns: 8, rows: 1", "spi: 1", StringComparison.Ordinal));
        Assert.Equal((0x27, LcdVietnamese.Folded), (options.Boards[0].Address, options.Boards[0].Letters));
        Assert.Equal((0x70, 8), (options.Boards[4].Address, options.Boards[4].Digits));
        Assert.Equal((8, 1, 55, null), (options.Boards[2].Columns, options.Boards[2].Rows, options.Boards[2].Light.Day, options.Boards[2].Light.Night));
    }

    [Theory]
    [InlineData("chip: ssd1306", "chip: ssd9999", "devices.boards[5].chip", "hd44780, max7219, max7219-matrix, ht16k33, tm1637, ssd1306")]
    [InlineData("chip: ssd1306, i2c: 0x3C", "chip: hd44780, i2c: 0x27", "devices.boards[5].i2c", "đã có ở dòng 20, devices.boards[0].i2c")]
    [InlineData("chip: ssd1306, i2c: 0x3C", "chip: hd44780", "devices.boards[5]", "0x27 đã có ở dòng 20, devices.boards[0].i2c")]
    [InlineData("chip: hd44780, i2c: 0x27", "chip: hd44780, i2c: 0x20", "devices.boards[0].i2c", "đã có ở dòng 13, devices.expanders[0].i2c")]
    [InlineData("i2c: 0x3C", "i2c: 0x3E", "devices.boards[5].i2c", "0x3C–0x3D")]
    [InlineData("spi: 1", "spi: 0", "devices.boards[2].spi", "đã có ở dòng 21, devices.boards[1].spi")]
    [InlineData("clk: 20", "clk: 5", "devices.boards[3].clk", "đã có ở dòng 15, devices.buttons[0].line")]
    [InlineData("dio: 21", "dio: 20", "devices.boards[3].dio", "đã có ở dòng 23, devices.boards[3].clk")]
    [InlineData("dio: 21", "dio: 54", "devices.boards[3].dio", "0–53")]
    [InlineData("dio: 21, ", "", "devices.boards[3].dio", "chân GPIO")]
    [InlineData("dio: 21", "dio: mo-rong-1/5", "devices.boards[3].dio", "của máy")]
    [InlineData("interrupt: 4", "interrupt: 5", "devices.buttons[0].line", "đã có ở dòng 13, devices.expanders[0].interrupt")]
    [InlineData("interrupt: 4", "interrupt: 99", "devices.expanders[0].interrupt", "0–53")]
    [InlineData("chip: mcp23017", "chip: mcp23008", "devices.expanders[0].chip", "mcp23017")]
    [InlineData("i2c: 0x20", "i2c: 0x28", "devices.expanders[0].i2c", "0x20–0x27")]
    [InlineData("line: mo-rong-1/A1", "line: mo-rong-1/A0", "devices.buttons[2].line", "mo-rong-1/A0 đã có ở dòng 16, devices.buttons[1].line")]
    [InlineData("line: mo-rong-1/A1", "line: mo-rong-1/7", "devices.buttons[2].line", "A7 và B7 chỉ dùng cho đèn")]
    [InlineData("line: mo-rong-1/A1", "line: mo-rong-1/16", "devices.buttons[2].line", "A0–A7, B0–B7, hoặc 0–15")]
    [InlineData("line: mo-rong-1/A1", "line: mo-rong-2/A1", "devices.buttons[2].line", "hoặc chân của bộ mở rộng như mo-rong-1/A3")]
    [InlineData("line: mo-rong-1/A1", "line: mo-rong-1/A1/2", "devices.buttons[2].line", "chân GPIO 0–53")]
    [InlineData("line: mo-rong-1/A1", "line: -1", "devices.buttons[2].line", "chân GPIO 0–53")]
    [InlineData("lamp: mo-rong-1/B7", "lamp: 9", "devices.buttons[3].lamp", "cùng chỗ với nút (trên mo-rong-1)")]
    [InlineData("clk: 20, dio: 21, counter: 1", "clk: 20, dio: 21, counter: 7", "devices.boards[3].counter", "số quầy có trong tệp: 1, 2")]
    [InlineData("digits: 4", "digits: 5", "devices.boards[4].digits", "8 hoặc 4")]
    [InlineData("columns: 8", "columns: 3", "devices.boards[2].columns", "4–16")]
    [InlineData("rows: 1", "rows: 5", "devices.boards[2].rows", "1–4")]
    [InlineData("letters: glyphs", "letters: big", "devices.boards[0].letters", "folded hoặc glyphs")]
    [InlineData("letters: glyphs", "brightness: 50", "devices.boards[0]", "blink, chip, counter, i2c, id, letters")]
    [InlineData("brightness: 80", "brightness: 0", "devices.boards[4].brightness", "1–100")]
    [InlineData("to: \"06:30\"", "to: \"6h30\"", "devices.boards[4].night.to", "18:00")]
    [InlineData(", brightness: 10 }", " }", "devices.boards[4].night.brightness", "1–100")]
    [InlineData("blink: 0s", "blink: 2m", "devices.boards[5].blink", "60s")]
    [InlineData("id: mo-rong-1, chip", "id: lay-so, chip", "devices.buttons[1].line", "")]
    public void A_wrong_value_is_told_with_its_path_and_what_is_expected(string good, string bad, string path, string expected)
    {
        Assert.Contains(good, RichHall.Yaml, StringComparison.Ordinal);
        var yaml = RichHall.Yaml.Replace(good, bad, StringComparison.Ordinal);
        var error = Assert.Throws<ConfigurationException>(() => Parse(yaml)).Errors.FirstOrDefault(e => e.Path == path);
        Assert.NotNull(error);
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
        Assert.InRange(error.Line, 13, 25);
    }

    [Fact]
    public void The_clock_chip_has_its_address_for_itself()
    {
        var yaml = RichHall.Yaml.Replace("clock: battery", "clock: ds3231", StringComparison.Ordinal).Replace("i2c: 0x27", "i2c: 0x68", StringComparison.Ordinal);
        var error = Assert.Single(Assert.Throws<ConfigurationException>(() => Parse(yaml)).Errors);
        Assert.Equal(("devices.boards[0].i2c", "0x68"), (error.Path, error.Found));
        Assert.Contains("dòng 4, clock", error.Expected, StringComparison.Ordinal);
    }

    private static CentreOptions Parse(string yaml) => CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(yaml));
}
