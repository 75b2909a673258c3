using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>An I2C bus of this machine.</summary>
/// <param name="Adapter">What the kernel calls its hardware.</param>
/// <param name="Hertz">Bus clock; null when the kernel does not tell.</param>
public sealed record I2cBusInfo(int Number, string Adapter, int? Hertz);

/// <summary>A chip that was found.</summary>
/// <param name="Driver">The driver of the kernel that holds the address; null when it is free.</param>
public sealed record I2cChipInfo(int Address, string? Driver);

/// <summary>The I2C buses of this machine, and what answers on them.</summary>
/// <remarks>
/// A chip can be changed by being looked for: a quick write flips the register pointer of some, and write-protects some EEPROMs for good; reading
/// a byte locks up some that can only be written. So the way depends on the address, as i2c-tools' <c>i2cdetect</c> does it: 0x30–0x37 and
/// 0x50–0x5F (EEPROMs) are read, all others get a quick write (address and stop, no data). Addresses that a driver of the kernel holds are not touched.
/// </remarks>
public static class I2cBuses
{
    private const string Devices = "/sys/bus/i2c/devices";
    private const uint QuickSize = 0;
    private const uint ByteSize = 1;

    public static IReadOnlyList<I2cBusInfo> All() =>
    [
        .. from path in Directory.EnumerateFiles("/dev", "i2c-*")
           let number = int.TryParse(Path.GetFileName(path)["i2c-".Length..], out var n) ? n : -1
           where number >= 0
           orderby number
           select new I2cBusInfo(number, Text($"{Devices}/i2c-{number}/name") ?? "", Clock(number)),
    ];

    /// <summary>Looks for chips on the usual addresses. Takes as long as the bus does: a stuck one ends the search.</summary>
    /// <exception cref="BusException">The bus cannot be opened, or hangs.</exception>
    public static IReadOnlyList<I2cChipInfo> Find(int number)
    {
        var bus = $"i2c-{number}";
        using var file = DeviceFile.Open($"/dev/{bus}");
        nuint functions = 0;
        if (file.Control(I2cAbi.Functions, ref functions) is var errno and not 0)
        {
            throw new BusException(BusException.Meaning(errno), bus, null, errno);
        }

        var found = new List<I2cChipInfo>();
        for (var address = 0x08; address <= 0x77; address++)
        {
            if (LibC.IoctlValue(file.Handle, I2cAbi.Slave, (nuint)address) < 0)
            {
                if (Marshal.GetLastPInvokeError() == ErrorNumber.Busy)
                {
                    found.Add(new I2cChipInfo(address, DriverOf(bus, address) ?? "kernel"));
                }
            }
            else if (Answers(file, bus, address, functions))
            {
                found.Add(new I2cChipInfo(address, null));
            }
        }

        return found;
    }

    /// <summary>The driver of the kernel that holds an address; null when none does.</summary>
    internal static string? DriverOf(string bus, int address)
    {
        var link = new DirectoryInfo($"{Devices}/{bus["i2c-".Length..]}-{address:x4}/driver");
        return link.Exists ? Path.GetFileName(link.ResolveLinkTarget(returnFinalTarget: true)?.FullName) : null;
    }

    private static unsafe bool Answers(DeviceFile file, string bus, int address, nuint functions)
    {
        var read = address is (>= 0x30 and <= 0x37) or (>= 0x50 and <= 0x5F) || (functions & (nuint)I2cAbi.CanQuickWrite) == 0;
        if (read && (functions & (nuint)I2cAbi.CanReadByte) == 0)
        {
            return false; // No harmless way on this adapter.
        }

        // union i2c_smbus_data: 34 bytes.
        var data = stackalloc byte[34];
        var call = read
            ? new I2cAbi.SmbusCall { IsRead = 1, Size = ByteSize, Data = (nint)data }
            : new I2cAbi.SmbusCall { IsRead = 0, Size = QuickSize };
        var errno = file.Control(I2cAbi.Smbus, ref call);
        return errno == ErrorNumber.TimedOut
            ? throw new BusException(BusFailure.TimedOut, bus, $"address 0x{address:X2}", errno, "a chip holds the bus")
            : errno == 0;
    }

    private static int? Clock(int number)
    {
        try
        {
            var file = $"{Devices}/i2c-{number}/of_node/clock-frequency";
            return File.Exists(file) && File.ReadAllBytes(file) is { Length: sizeof(int) } cell ? BinaryPrimitives.ReadInt32BigEndian(cell) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Text(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
