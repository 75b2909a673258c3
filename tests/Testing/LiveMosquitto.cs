using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MotCua.Testing;

/// <summary>A real Mosquitto on a free port of 127.0.0.1, with a configuration of its own in a directory of its own.</summary>
/// <remarks>It can be stopped, killed, frozen, thawed and started again on the same port. Only its own process is ever signalled, by its id.</remarks>
public sealed class LiveMosquitto : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("mosquitto-");
    private readonly Lock gate = new();
    private readonly List<string> log = [];
    private Process? process;

    /// <param name="configuration">Lines beside the listener; <c>{dir}</c> stands for <see cref="Directory"/>.</param>
    /// <param name="files">Files to lay beside the configuration, such as an access list: name and content.</param>
    /// <param name="anonymous">False when <paramref name="configuration"/> says who may come in.</param>
    public LiveMosquitto(string configuration = "", IReadOnlyDictionary<string, string>? files = null, bool anonymous = true)
    {
        Port = FreePort();
        foreach (var (name, content) in files ?? new Dictionary<string, string>())
        {
            File.WriteAllText(Path.Combine(directory.FullName, name), content);
        }

        // "user root": it refuses to run as root otherwise; for anyone else the line has no effect.
        File.WriteAllText(ConfigurationFile, string.Create(CultureInfo.InvariantCulture, $"""
            listener {Port} 127.0.0.1
            allow_anonymous {(anonymous ? "true" : "false")}
            user root
            persistence false
            log_dest stderr
            log_type error
            log_type warning
            log_type notice
            log_type information
            set_tcp_nodelay true
            {configuration.Replace("{dir}", directory.FullName, StringComparison.Ordinal)}

            """));
        Start();
    }

    private LiveMosquitto(Func<int, string> configuration)
    {
        Port = FreePort();
        File.WriteAllText(ConfigurationFile, configuration(Port));
        Start();
    }

    /// <summary>The broker of a province, with the product's own configuration and the folder that <c>cloud-bridge enrol --broker</c> made.</summary>
    /// <param name="withAccessList">False: every certificate may do everything, so that the rules behind the broker can be tried.</param>
    public static LiveMosquitto OfProvince(string folder, bool withAccessList = true) => new(port =>
    {
        var lines = File.ReadAllText(Path.Combine(folder, "mosquitto.conf")).Replace("/etc/motcua/broker", folder, StringComparison.Ordinal).Split('\n')
            .Select(line => line.StartsWith("listener ", StringComparison.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $"listener {port} 127.0.0.1") : line)
            .Where(line => withAccessList || !line.StartsWith("acl_file ", StringComparison.Ordinal));
        return string.Join('\n', lines) + "\nuser root\nlog_dest stderr\nlog_type error\nlog_type warning\nlog_type notice\nlog_type information\n";
    });

    public int Port { get; }

    public string Host { get; } = "127.0.0.1";

    /// <summary>Where its files lie; gone after <see cref="Dispose"/>.</summary>
    public string Folder => directory.FullName;

    /// <summary>What it logged so far, for the message of a failing test.</summary>
    public string Log
    {
        get
        {
            lock (gate)
            {
                return string.Join('\n', log);
            }
        }
    }

    private string ConfigurationFile => Path.Combine(directory.FullName, "mosquitto.conf");

    /// <summary>Starts it again on the same port; returns when it takes connections.</summary>
    public void Start()
    {
        if (process is not null)
        {
            throw new InvalidOperationException("It is running.");
        }

        using var running = new ManualResetEventSlim();
        var started = new Process
        {
            StartInfo = new ProcessStartInfo(Executable(), ["-c", ConfigurationFile]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true },
            EnableRaisingEvents = true,
        };
        started.ErrorDataReceived += (_, line) => Note(line.Data, running);
        started.OutputDataReceived += (_, line) => Note(line.Data, running);
        started.Start();
        started.BeginErrorReadLine();
        started.BeginOutputReadLine();
        process = started;
        if (!running.Wait(Patience))
        {
            Kill();
            throw new InvalidOperationException($"Mosquitto did not start:\n{Log}");
        }
    }

    /// <summary>Ends it in order: clients are told.</summary>
    public void Stop()
    {
        if (process is { } running)
        {
            Signal("TERM");
            if (!running.WaitForExit(Patience))
            {
                running.Kill();
            }

            Forget();
        }
    }

    /// <summary>Ends it at once, as a power cut does; the kernel resets the connections.</summary>
    public void Kill()
    {
        process?.Kill();
        process?.WaitForExit();
        Forget();
    }

    /// <summary>It runs no more, but its sockets stay open: what a dead line looks like.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    /// <summary>Reads certificates and lists anew, as <c>systemctl reload</c> does.</summary>
    public void Reload() => Signal("HUP");

    public void Dispose()
    {
        Kill();
        directory.Delete(recursive: true);
    }

    private static string Executable() => File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Note(string? line, ManualResetEventSlim running)
    {
        if (line is null)
        {
            return;
        }

        lock (gate)
        {
            log.Add(line);
        }

        if (line.EndsWith(" running", StringComparison.Ordinal))
        {
            running.Set();
        }
    }

    private void Signal(string name)
    {
        var id = (process ?? throw new InvalidOperationException("It is not running.")).Id;
        using var kill = Process.Start("kill", [$"-{name}", id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private void Forget()
    {
        process?.Dispose();
        process = null;
    }
}
