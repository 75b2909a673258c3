using Xunit;

namespace MotCua.Tidy;

/// <summary>The units as systemd reads them, and an installation below a folder of its own.</summary>
public sealed class SystemdTests : IDisposable
{
    private readonly string prefix = Directory.CreateTempSubdirectory("motcua-install-").FullName;

    [Theory]
    [InlineData("edge")]
    [InlineData("bridge")]
    public void Systemd_has_nothing_to_complain_about(string part)
    {
        Assert.Equal(0, Install(part).Code);
        Assert.Empty(Verify(part));
    }

    [Fact]
    public void A_mistake_in_a_unit_is_seen()
    {
        Assert.Equal(0, Install("edge").Code);
        File.AppendAllText(Unit("edge"), "\n[Service]\nRestartSecs=1\n");
        Assert.NotEmpty(Verify("edge"));
    }

    [Theory]
    [InlineData("edge")]
    [InlineData("bridge")]
    public void A_service_tells_that_it_is_ready_is_watched_and_comes_back(string part)
    {
        var unit = Tree.Find($"systemd/motcua-{part}.service").Lines;
        Assert.Superset(
            new HashSet<string>(["Type=notify", "Restart=always", "WatchdogSec=30", "ProtectSystem=strict", "NoNewPrivileges=yes", $"StateDirectory=motcua-{part}"]),
            unit.ToHashSet());
    }

    /// <summary>systemd finds a DeviceAllow= group by its name in /proc/devices, which is the driver's and not that of the sysfs class, and only if it is there when the service starts.</summary>
    [Fact]
    public void Each_device_group_is_one_that_the_kernel_has_and_is_there_before_the_service()
    {
        // Name in /proc/devices, and the module that brings it; null where the kernel always has it (spelt in the source: amba-pl011.c, 8250_core.c, gpiolib.c).
        var known = new Dictionary<string, string?>
        {
            ["gpiochip"] = null, ["ttyAMA"] = null, ["ttyS"] = null,
            ["i2c"] = "i2c_dev", ["spi"] = "spidev", ["alsa"] = "snd", ["usb"] = "usblp", ["ttyUSB"] = "usbserial", ["ttyACM"] = "cdc_acm",
        };
        var unit = Tree.Find("systemd/motcua-edge.service").Lines;
        var allowed = Values(unit, "DeviceAllow=").Select(value => value.Split(' ')[0]["char-".Length..]).ToHashSet();
        Assert.Equal(known.Keys.Order(StringComparer.Ordinal), allowed.Order(StringComparer.Ordinal));
        var before = known.Values.OfType<string>().Select(module => $"modprobe@{module}.service").Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(before, Values(unit, "Wants=").SelectMany(value => value.Split(' ')).Order(StringComparer.Ordinal));
        Assert.Equal(before, Values(unit, "After=").SelectMany(value => value.Split(' ')).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("gpiochip", "gpio")]
    [InlineData("i2c-[0-9]*", "i2c")]
    [InlineData("spidev", "spi")]
    [InlineData("lp[0-9]*", "lp")]
    [InlineData("ttyUSB[0-9]*", "dialout")]
    [InlineData("ttyACM[0-9]*", "dialout")]
    [InlineData("ttyAMA[0-9]*", "dialout")]
    [InlineData("ttyS[0-9]*", "dialout")]
    public void Each_wire_belongs_to_a_group_of_the_service(string kernel, string group)
    {
        Assert.Contains(Tree.Find("systemd/60-motcua.rules").Lines, rule => rule.Contains(kernel, StringComparison.Ordinal) && rule.Contains($"GROUP=\"{group}\"", StringComparison.Ordinal));
        Assert.Contains(group, Values(Tree.Find("systemd/motcua-edge.service").Lines, "SupplementaryGroups=").SelectMany(value => value.Split(' ')));
    }

    [Fact]
    public void An_installation_can_be_repeated_and_keeps_what_the_installer_wrote()
    {
        Assert.Equal(0, Install("edge").Code);
        var settings = Path.Combine(prefix, "etc/motcua/centre.yaml");
        File.WriteAllText(settings, "centre: edited-by-hand\n");
        WriteProgram("edge", "exit 0 # newer");
        Assert.Equal(0, Install("edge", writeProgram: false).Code);
        Assert.Equal("centre: edited-by-hand\n", File.ReadAllText(settings));
        Assert.Contains("newer", File.ReadAllText(Path.Combine(prefix, "opt/motcua/edge/MotCua.Edge")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_kernel_is_told_that_the_service_may_ping_and_forgets_it_with_the_service()
    {
        var setting = Path.Combine(prefix, "etc/sysctl.d/60-motcua-ping.conf");
        Assert.Equal(0, Install("bridge").Code);
        Assert.False(File.Exists(setting));
        Assert.Equal(0, Install("edge").Code);
        Assert.Contains("net.ipv4.ping_group_range = 0 2147483647", File.ReadAllLines(setting));
        Assert.Equal(0, Uninstall("--edge").Code);
        Assert.False(File.Exists(setting));
    }

    [Fact]
    public void A_file_that_the_edge_refuses_is_told_to_the_installer()
    {
        WriteProgram("edge", "echo 'dòng 3, name: (thiếu)'; exit 1");
        var (code, output) = Install("edge", writeProgram: false);
        Assert.Equal(1, code);
        Assert.Contains("dòng 3, name", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_program_is_reachable_by_the_name_that_the_papers_use_and_a_command_of_somebody_else_stays()
    {
        WriteProgram("edge", "echo \"served $1\"; exit 0");
        Assert.Equal(0, Install("edge", writeProgram: false).Code);
        var command = Path.Combine(prefix, "usr/local/bin/edge");
        Assert.Equal((0, "served devices"), (Tree.Run(command, ["devices"]).Code, Tree.Run(command, ["devices"]).Output.Trim()));
        Assert.Equal(0, Uninstall("--edge").Code);
        Assert.False(Path.Exists(command));
        File.WriteAllText(command, "somebody else's");
        Assert.Equal(0, Install("edge").Code);
        Assert.Equal(0, Uninstall("--edge").Code);
        Assert.Equal("somebody else's", File.ReadAllText(command));
    }

    [Fact]
    public void A_program_published_without_a_launcher_gets_one()
    {
        Directory.CreateDirectory(Published("edge"));
        File.WriteAllText(Path.Combine(Published("edge"), "MotCua.Edge.dll"), "not a program");
        var (_, output) = Install("edge", writeProgram: false);
        Assert.Contains("exec dotnet", File.ReadAllText(Path.Combine(prefix, "opt/motcua/edge/MotCua.Edge")), StringComparison.Ordinal);
        Assert.DoesNotContain("Permission denied", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Removing_keeps_settings_and_data_until_they_are_purged()
    {
        Assert.Equal(0, Install("edge").Code);
        var (settings, data) = (Path.Combine(prefix, "etc/motcua/centre.yaml"), Path.Combine(prefix, "var/lib/motcua-edge"));
        Directory.CreateDirectory(data);
        Assert.Equal(0, Uninstall("--edge").Code);
        Assert.False(File.Exists(Unit("edge")));
        Assert.False(Directory.Exists(Path.Combine(prefix, "opt/motcua/edge")));
        Assert.True(File.Exists(settings) && Directory.Exists(data));
        foreach (var name in (string[])["ca.pem", "centre.pem", "centre.key", "centre.key.next", "centre.key.new", "province.pub"])
        {
            File.WriteAllText(Path.Combine(prefix, "etc/motcua", name), "");
        }

        Assert.Equal(0, Uninstall("--edge", "--purge").Code);
        Assert.False(Directory.Exists(Path.Combine(prefix, "etc/motcua")) || Directory.Exists(data));
    }

    [Fact]
    public void The_key_of_the_province_is_made_once()
    {
        WriteProgram("bridge", "[ \"$1\" = keys ] && date +%N > \"$3/province.key\"");
        Assert.Equal(0, Install("bridge", writeProgram: false).Code);
        var key = Path.Combine(prefix, "etc/motcua/bridge/province.key");
        var first = File.ReadAllText(key);
        Assert.Equal(0, Install("bridge", writeProgram: false).Code);
        Assert.Equal(first, File.ReadAllText(key));
    }

    public void Dispose() => Directory.Delete(prefix, recursive: true);

    private static IEnumerable<string> Values(string[] unit, string setting) =>
        unit.Where(line => line.StartsWith(setting, StringComparison.Ordinal)).Select(line => line[setting.Length..].Trim());

    private string Published(string part) => Path.Combine(prefix, "published", part);

    private string Unit(string part) => Path.Combine(prefix, $"etc/systemd/system/motcua-{part}.service");

    // A stand-in: what is tested here is the installation, not the program.
    private void WriteProgram(string part, string script)
    {
        var file = Path.Combine(Published(part), part == "edge" ? "MotCua.Edge" : "cloud-bridge");
        Directory.CreateDirectory(Published(part));
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private (int Code, string Output) Install(string part, bool writeProgram = true)
    {
        if (writeProgram)
        {
            WriteProgram(part, "exit 0");
        }

        return Tree.Run(Tree.Full("systemd/install.sh"), [$"--{part}", Published(part), "--prefix", prefix, .. part == "edge" ? (string[])["--config", Tree.Full("demo/centre.yaml")] : []]);
    }

    private (int Code, string Output) Uninstall(params string[] arguments) => Tree.Run(Tree.Full("systemd/uninstall.sh"), [.. arguments, "--prefix", prefix]);

    // The program stands below the prefix here, so the unit must look there.
    private string Verify(string part)
    {
        File.WriteAllText(Unit(part), File.ReadAllText(Unit(part)).Replace("ExecStart=/opt", $"ExecStart={prefix}/opt", StringComparison.Ordinal));
        var (_, output) = Tree.Run("systemd-analyze", "verify", "--man=no", Unit(part));
        return string.Join('\n', output.Split('\n').Where(line => line.Contains($"motcua-{part}", StringComparison.Ordinal)));
    }
}
