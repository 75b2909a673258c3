using System.Text;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Hosting;
using Xunit;

namespace MotCua.Edge.Configuration.Tests;

public sealed class PasteLinesTests
{
    [Fact]
    public void What_an_installer_pastes_is_a_file_that_is_taken()
    {
        var options = Parse(Pasted([0x20, 0x27, 0x3C, 0x68, 0x70], ['0', '1']));
        Assert.Equal(ClockSource.Ds3231, options.Clock);
        Assert.Equal(0x20, Assert.Single(options.Expanders).Address);
        Assert.Equal(
            [(BoardChip.Hd44780, 0x27), (BoardChip.Ssd1306, 0x3C), (BoardChip.Ht16k33, 0x70), (BoardChip.Max7219, 0), (BoardChip.Max7219, 1)], options.Boards.Select(b => (b.Chip, b.Address)));
    }

    [Theory]
    [InlineData(0x21, "    # hoặc: - { id: mo-rong-21, chip: mcp23017, i2c: 0x21, interrupt: 4 } # 4: chân của máy nối INTA")]
    [InlineData(0x20, "    # hoặc: - { id: lcd-20, chip: hd44780, i2c: 0x20 }")]
    public void Of_two_chips_that_may_have_an_address_the_rarer_one_is_offered_behind_a_mark(int address, string line)
    {
        var pasted = Pasted([address], []);
        Assert.Contains(line, pasted.Split('\n'));
        Parse(pasted);
    }

    [Fact]
    public void An_address_that_is_none_of_ours_gives_no_line() => Assert.Equal("", Pasted([0x08, 0x50, 0x77 - 8], []));

    private static string Pasted(int[] addresses, char[] selects)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var lines = new PasteLines();
        foreach (var address in addresses)
        {
            lines.AddI2c(address);
        }

        foreach (var select in selects)
        {
            lines.AddSpi(select);
        }

        lines.Write(output);
        return output.ToString();
    }

    private static CentreOptions Parse(string pasted)
    {
        var centre = TestCentre.Yaml[..TestCentre.Yaml.IndexOf("devices:", StringComparison.Ordinal)];
        centre = pasted.Contains("clock:", StringComparison.Ordinal) ? centre.Replace("clock: battery\n", "", StringComparison.Ordinal) : centre;
        return CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(centre + pasted));
    }
}
