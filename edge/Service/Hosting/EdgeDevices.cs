using MotCua.Edge.Devices.Buses.Kernel;

namespace MotCua.Edge.Hosting;

/// <summary><c>devices</c>: tells an installer which buses the box has and what answers on them, with the lines for <c>centre.yaml</c>.</summary>
/// <remarks>Looking is careful (<see cref="I2cBuses"/>), and buses of screens and of a PC's main board are named but not searched: chips that run the machine hang there.</remarks>
internal static class EdgeDevices
{
    private const int MostNamed = 12;

    private static readonly string[] NotOurs = ["hdmi", "ddc", "drm", "aux", "smbus", "nvidia", "i915", "amdgpu"];

    public static int Run(TextWriter output)
    {
        var paste = new PasteLines();
        var chips = GpioChips.All();
        output.WriteLine("GPIO (nút bấm, đèn)");
        Tell(output, chips.Select(Describe), "không thấy chip GPIO nào; kiểm tra /dev/gpiochip* và nhóm gpio");
        output.WriteLine("I2C (bảng LCD, OLED, mở rộng chân)");
        var buses = I2cBuses.All();
        Tell(output, buses.SelectMany(bus => Describe(bus, paste)), "không thấy bus I2C nào; trên Raspberry Pi thêm dtparam=i2c_arm=on vào /boot/firmware/config.txt, nạp i2c-dev rồi khởi động lại");
        output.WriteLine("SPI (bảng LED)");
        var selects = CharacterDevices.ChipSelects();
        Tell(output, selects, "không thấy /dev/spidev*; trên Raspberry Pi thêm dtparam=spi=on vào /boot/firmware/config.txt rồi khởi động lại");
        output.WriteLine("Cổng nối tiếp (máy in)");
        Tell(output, CharacterDevices.SerialPorts(), "không có; bộ chuyển USB–RS232 hiện thành /dev/ttyUSB0 khi cắm");
        output.WriteLine("Máy in USB");
        Tell(output, CharacterDevices.UsbPrinters(), "không có; bật máy in và cắm dây USB, máy in hiện thành /dev/usb/lp0");
        Paste(output, chips, buses, selects, paste);
        return 0;
    }

    private static void Paste(TextWriter output, IReadOnlyList<GpioChipInfo> chips, IReadOnlyList<I2cBusInfo> buses, IReadOnlyList<string> selects, PasteLines lines)
    {
        // A Pi's header is on the chip of its pin controller; others belong to the board itself.
        var gpio = chips.FirstOrDefault(chip => chip.Label.StartsWith("pinctrl-", StringComparison.Ordinal)) ?? chips.MaxBy(chip => chip.Lines);
        var i2c = buses.FirstOrDefault(bus => IsOurs(bus) && bus.Number == 1) ?? buses.FirstOrDefault(IsOurs);
        foreach (var select in selects.Select(path => path[^1]).Where(select => select is '0' or '1').Distinct())
        {
            lines.AddSpi(select);
        }

        if (gpio is null && i2c is null && selects.Count == 0)
        {
            output.WriteLine("Máy này chưa có bus nào cho thiết bị; dùng «drivers: virtual» để chạy thử.");
            return;
        }

        List<string> names = [];
        if (gpio is not null)
        {
            names.Add($"gpio: {gpio.Name}");
        }

        if (i2c is not null)
        {
            names.Add($"i2c: {i2c.Number}");
        }

        if (selects.Count > 0)
        {
            names.Add($"spi: {selects[0]["/dev/spidev".Length..].Split('.')[0]}");
        }

        output.WriteLine("Dán vào centre.yaml:");
        output.WriteLine("drivers: kernel");
        output.WriteLine($"buses: {{ {string.Join(", ", names)} }}");
        lines.Write(output);
    }

    private static string Describe(GpioChipInfo chip)
    {
        try
        {
            var held = GpioChips.Lines(chip.Name).Where(line => line.Consumer is not null).Select(line => $"{line.Offset} «{line.Consumer}»").ToList();
            var named = string.Join(", ", held.Take(MostNamed)) + (held.Count > MostNamed ? " …" : "");
            return $"{chip.Name} ({chip.Label}), {chip.Lines} chân: {chip.Lines - held.Count} rảnh" + (held.Count > 0 ? $"; đang dùng: {named}" : "");
        }
        catch (BusException e)
        {
            return $"{chip.Name}: {e.Message}";
        }
    }

    private static IEnumerable<string> Describe(I2cBusInfo bus, PasteLines paste)
    {
        var name = $"i2c-{bus.Number} ({bus.Adapter})" + (bus.Hertz is { } hertz ? $", {hertz / 1000} kHz" : "");
        if (!IsOurs(bus))
        {
            return [$"{name}: của màn hình hoặc bo mạch chính, không dò"];
        }

        try
        {
            var found = I2cBuses.Find(bus.Number);
            foreach (var chip in found.Where(chip => chip.Driver is null))
            {
                paste.AddI2c(chip.Address);
            }

            string[] slow = bus.Hertz > 100_000 ? ["  chú ý: PCF8574 chỉ chịu 100 kHz; đặt dtparam=i2c_arm_baudrate=100000"] : [];
            return [$"{name}: {(found.Count == 0 ? "chưa chip nào trả lời; kiểm tra nguồn và dây SDA/SCL" : "")}", .. found.Select(Describe), .. slow];
        }
        catch (BusException e)
        {
            return [$"{name}: {e.Message}"];
        }
    }

    private static string Describe(I2cChipInfo chip) =>
        $"  0x{chip.Address:X2} " + (chip.Driver is { } driver ? $"trình điều khiển «{driver}» của hệ điều hành giữ" : Guess(chip.Address));

    /// <summary>What usually has the address. An address proves nothing, so it is said as a guess.</summary>
    private static string Guess(int address) => address switch
    {
        >= 0x20 and <= 0x27 => "có lẽ LCD qua PCF8574, hoặc mở rộng chân MCP23017",
        0x3C or 0x3D => "có lẽ OLED SSD1306",
        >= 0x38 and <= 0x3F => "có lẽ LCD qua PCF8574A",
        >= 0x50 and <= 0x57 => "có lẽ bộ nhớ EEPROM",
        0x44 or 0x45 => "có lẽ cảm biến nhiệt độ, độ ẩm SHT3x",
        0x68 => "có lẽ đồng hồ DS3231",
        >= 0x70 and <= 0x77 => "có lẽ bảng số HT16K33",
        _ => "chưa rõ loại",
    };

    private static bool IsOurs(I2cBusInfo bus) => !NotOurs.Any(word => bus.Adapter.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static void Tell(TextWriter output, IEnumerable<string> found, string nothing)
    {
        var any = false;
        foreach (var line in found)
        {
            any = true;
            output.WriteLine($"  {line}");
        }

        if (!any)
        {
            output.WriteLine($"  {nothing}.");
        }
    }
}
