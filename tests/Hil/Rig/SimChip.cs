namespace MotCua.Hil.Rig;

/// <summary>A GPIO chip of the kernel's simulator: levels are set and seen in sysfs, and <c>/dev/gpiochipN</c> is as real as any.</summary>
/// <remarks>Source: Documentation/admin-guide/gpio/gpio-sim.rst.</remarks>
internal sealed class SimChip : IDisposable
{
    public const int LineCount = 32;

    private static readonly TimeSpan BetweenBounces = TimeSpan.FromMilliseconds(1);

    private readonly string folder;
    private string lines = "";

    public SimChip(string name)
    {
        Machine.MustBeVirtual();
        folder = $"/sys/kernel/config/gpio-sim/{name}";
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory($"{folder}/bank0");
        File.WriteAllText($"{folder}/bank0/num_lines", $"{LineCount}");
        File.WriteAllText($"{folder}/bank0/label", $"label-{name}");
        Plug(true);
    }

    /// <summary>Such as <c>gpiochip0</c>.</summary>
    public string Name { get; private set; } = "";

    public void Plug(bool there)
    {
        File.WriteAllText($"{folder}/live", there ? "1" : "0");
        if (there)
        {
            Name = File.ReadAllText($"{folder}/bank0/chip_name").Trim();
            lines = $"/sys/devices/platform/{File.ReadAllText($"{folder}/dev_name").Trim()}/{Name}";
        }
    }

    /// <summary>What is wired to a line pulls it up or down.</summary>
    public void Pull(int offset, bool up) => File.WriteAllText($"{lines}/sim_gpio{offset}/pull", up ? "pull-up" : "pull-down");

    /// <summary>The voltage on a line.</summary>
    public bool IsHigh(int offset) => File.ReadAllText($"{lines}/sim_gpio{offset}/value").Trim() == "1";

    /// <summary>A finger on a button to ground: the contact closes or opens with bounces.</summary>
    public void Bounce(int offset, bool closed, int changes = 7)
    {
        // An odd number of changes ends at the other level.
        for (var change = 0; change < changes; change++)
        {
            Pull(offset, change % 2 == 0 != closed);
            Machine.Rest(BetweenBounces);
        }
    }

    public void Dispose()
    {
        Plug(false);
        Directory.Delete($"{folder}/bank0");
        Directory.Delete(folder);
    }
}
