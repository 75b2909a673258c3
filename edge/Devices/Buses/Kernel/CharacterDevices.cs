namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>The devices of this machine that need no more than a name.</summary>
public static class CharacterDevices
{
    /// <summary>Chip selects that spidev has, such as <c>/dev/spidev0.0</c>.</summary>
    public static IReadOnlyList<string> ChipSelects() => Named("/dev", "spidev*");

    /// <summary>USB line printers, such as <c>/dev/usb/lp0</c>.</summary>
    public static IReadOnlyList<string> UsbPrinters() => Named("/dev/usb", "lp*");

    /// <summary>Serial ports with hardware behind them.</summary>
    public static IReadOnlyList<string> SerialPorts() =>
        [.. Named("/dev", "ttyUSB*"), .. Named("/dev", "ttyACM*"), .. Named("/dev", "ttyAMA*"), .. Named("/dev", "ttyS*").Where(HasHardware)];

    // The kernel makes the names of four ports on every PC; those without a chip have type 0 (PORT_UNKNOWN).
    private static bool HasHardware(string path)
    {
        try
        {
            var type = $"/sys/class/tty/{Path.GetFileName(path)}/type";
            return !File.Exists(type) || File.ReadAllText(type).Trim() != "0";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string[] Named(string folder, string pattern) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal)] : [];
}
