namespace MotCua.Edge.Hosting;

/// <summary>The lines of <c>centre.yaml</c> for what answers. An address proves nothing: where two chips may have it, the rarer one stands behind a '#', to be swapped by hand.</summary>
internal sealed class PasteLines
{
    private const string Usual = "    - ";
    private const string Instead = "    # hoặc: - ";

    private readonly List<string> boards = [];
    private readonly List<string> expanders = [];
    private readonly List<string> others = [];

    public void AddI2c(int address)
    {
        switch (address)
        {
            case 0x20:
                // Sold with all three address pins low; backpacks of LCDs come with all of them high.
                expanders.Add(Usual + Expander(address));
                boards.Add(Instead + Lcd(address));
                break;
            case > 0x20 and <= 0x27:
                boards.Add(Usual + Lcd(address));
                expanders.Add(Instead + Expander(address));
                break;
            case 0x3C or 0x3D:
                boards.Add($"{Usual}{{ id: oled-{address:x2}, chip: ssd1306, i2c: 0x{address:X2} }}");
                break;
            case >= 0x38 and <= 0x3F:
                boards.Add(Usual + Lcd(address));
                break;
            case >= 0x70 and <= 0x77:
                boards.Add($"{Usual}{{ id: so-{address:x2}, chip: ht16k33, i2c: 0x{address:X2}, digits: 8 }}");
                break;
            case 0x68:
                others.Add("clock: ds3231");
                break;
            case 0x44 or 0x45 when Configuration.BuildChoices.HoldsNuGetDrivers:
                others.Add($"# trong devices: climate: {{ id: phong-cho, chip: sht3x, i2c: 0x{address:X2} }}");
                break;
            default:
                break; // Not one of ours; the list above names it.
        }
    }

    /// <param name="select">The chip select, '0' or '1'. SPI never answers, so whether anything hangs there is not known.</param>
    public void AddSpi(char select)
    {
        boards.Add($"{Usual}{{ id: den-{select}, chip: max7219, spi: {select} }}");
        boards.Add($"{Instead}{{ id: ma-tran-{select}, chip: max7219-matrix, spi: {select}, columns: 8 }}");
    }

    public void Write(TextWriter output)
    {
        others.ForEach(output.WriteLine);
        if (boards.Count + expanders.Count > 0)
        {
            output.WriteLine("devices:");
            List("  expanders:", expanders);
            List("  boards:", boards);
        }

        void List(string name, List<string> lines)
        {
            if (lines.Count == 0)
            {
                return;
            }

            // A list of nothing but '#' lines would be empty, which the file does not take.
            output.WriteLine(lines.Exists(line => line.StartsWith(Usual, StringComparison.Ordinal)) ? name : "  # " + name.TrimStart());
            lines.ForEach(output.WriteLine);
        }
    }

    private static string Lcd(int address) => $"{{ id: lcd-{address:x2}, chip: hd44780, i2c: 0x{address:X2} }}";

    private static string Expander(int address) => $"{{ id: mo-rong-{address:x2}, chip: mcp23017, i2c: 0x{address:X2}, interrupt: 4 }} # 4: chân của máy nối INTA";
}
