namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>A GPIO chip of this machine.</summary>
/// <param name="Name">Of its device: <c>gpiochip0</c>.</param>
/// <param name="Label">Of its driver: <c>pinctrl-bcm2711</c>.</param>
public sealed record GpioChipInfo(string Name, string Label, int Lines);

/// <summary>A line of a GPIO chip.</summary>
/// <param name="Name">As the board's description calls it, such as <c>GPIO17</c>; empty when it says nothing.</param>
/// <param name="Consumer">Who holds it; null while it is free.</param>
public sealed record GpioLineInfo(int Offset, string Name, string? Consumer, bool IsOutput);

/// <summary>The GPIO chips of this machine.</summary>
public static class GpioChips
{
    private const string Folder = "/dev";

    /// <summary>Every chip that may be opened, by number; those that may not are left out.</summary>
    public static IReadOnlyList<GpioChipInfo> All()
    {
        var chips = new List<GpioChipInfo>();
        foreach (var path in Paths())
        {
            try
            {
                using var chip = DeviceFile.Open(path);
                chips.Add(Describe(chip));
            }
            catch (BusException)
            {
                // Unplugged just now, or not ours to open: whoever asks for it by name hears why.
            }
        }

        return chips;
    }

    /// <summary>Every line of a chip.</summary>
    /// <exception cref="BusException">It cannot be opened.</exception>
    public static IReadOnlyList<GpioLineInfo> Lines(string name)
    {
        using var chip = Open(name);
        return [.. Enumerable.Range(0, Describe(chip).Lines).Select(offset => Line(chip, offset)).OfType<GpioLineInfo>()];
    }

    /// <param name="name">Of its device, or its label.</param>
    internal static DeviceFile Open(string name)
    {
        var path = Path.Combine(Folder, name);
        if (!File.Exists(path))
        {
            path = All().FirstOrDefault(chip => chip.Label == name) is { } labelled ? Path.Combine(Folder, labelled.Name) : path;
        }

        try
        {
            return DeviceFile.Open(path);
        }
        catch (BusException e) when (e.Failure == BusFailure.NoDevice)
        {
            var there = string.Join(", ", All().Select(chip => $"{chip.Name} ({chip.Label})"));
            throw new BusException(BusFailure.NoDevice, name, null, e.Errno, there.Length == 0 ? "there is no GPIO chip" : $"there are: {there}");
        }
    }

    internal static GpioChipInfo Describe(DeviceFile chip)
    {
        var info = default(GpioAbi.ChipInfo);
        var errno = chip.Control(GpioAbi.GetChipInfo, ref info);
        return errno == 0
            ? new GpioChipInfo(info.Name.ToString(), info.Label.ToString(), (int)info.Lines)
            : throw new BusException(BusException.Meaning(errno), chip.Path, null, errno, errno == ErrorNumber.NotATerminal ? "it is no GPIO chip" : null);
    }

    internal static GpioLineInfo? Line(DeviceFile chip, int offset)
    {
        var info = new GpioAbi.LineInfo { Offset = (uint)offset };
        if (chip.Control(GpioAbi.GetLineInfo, ref info) != 0)
        {
            return null;
        }

        // The kernel itself holds some without a name.
        var consumer = (info.Flags & GpioAbi.Used) == 0 ? null : info.Consumer.ToString() is { Length: > 0 } named ? named : "kernel";
        return new GpioLineInfo(offset, info.Name.ToString(), consumer, (info.Flags & GpioAbi.Output) != 0);
    }

    private static IEnumerable<string> Paths() =>
        Directory.EnumerateFiles(Folder, "gpiochip*").OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal);
}
