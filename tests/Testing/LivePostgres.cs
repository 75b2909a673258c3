using System.Diagnostics;
using System.Globalization;

namespace MotCua.Testing;

/// <summary>A real PostgreSQL server in a folder of its own, reached over a socket there and by no port. It can be stopped, killed and started again.</summary>
public sealed class LivePostgres : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly string folder;
    private readonly bool durable;
    private Process? process;
    private int databases;

    /// <param name="durable">False: nothing of it needs to outlive the machine, so nothing waits for the disk.</param>
    /// <param name="parent">Where its folder is made, open to everybody; null: among the temporary files.</param>
    public LivePostgres(bool durable = false, string? parent = null)
    {
        this.durable = durable;
        folder = parent is null ? Directory.CreateTempSubdirectory("postgres-").FullName : Directory.CreateDirectory(Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"postgres-{Environment.ProcessId}"))).FullName;
        if (IsRoot)
        {
            Run("chown", "postgres", folder); // The server refuses to be root.
        }

        Run(Command("initdb", "-D", Data, "-U", "motcua", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"));
        Start();
    }

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(folder, "data");

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public string NewDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref databases)}");
        lock (gate)
        {
            Run(Command("createdb", "-h", folder, "-U", "motcua", name));
        }

        return $"Host={folder};Username=motcua;Database={name}";
    }

    /// <summary>Returns when it takes connections.</summary>
    public void Start()
    {
        process = Process.Start(StartOf(Command(
            "postgres", "-D", Data, "-k", folder, "-c", "listen_addresses=", "-c", $"fsync={(durable ? "on" : "off")}", "-c", "max_connections=400")))!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!SpinWait.SpinUntil(() => process.HasExited || Try(Command("pg_isready", "-q", "-h", folder)) == 0, Patience) || process.HasExited)
        {
            throw new InvalidOperationException("PostgreSQL did not start.");
        }
    }

    /// <summary>Ends it at once, as a power cut does; it recovers at the next start.</summary>
    public void Kill()
    {
        process?.Kill();
        process?.WaitForExit();
        process?.Dispose();
        process = null;
    }

    /// <summary>Ends it in order, with the connections of everyone.</summary>
    public void Stop()
    {
        if (process is { } running)
        {
            Run("kill", "-INT", running.Id.ToString(CultureInfo.InvariantCulture));
            running.WaitForExit(Patience);
            Kill();
        }
    }

    public void Dispose()
    {
        Stop();
        Directory.Delete(folder, recursive: true);
    }

    private static string[] Command(string program, params string[] arguments)
    {
        var versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        var newest = versions.OrderBy(version => int.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var number) ? number : 0).LastOrDefault()
            ?? throw new InvalidOperationException("PostgreSQL is not installed; ./test installs it (package postgresql).");
        string[] plain = [Path.Combine(newest, "bin", program), .. arguments];
        return IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. plain] : plain;
    }

    private static void Run(params string[] command)
    {
        using var run = Process.Start(StartOf(command))!;
        var said = run.StandardError.ReadToEndAsync();
        run.StandardOutput.ReadToEnd();
        if (!run.WaitForExit(Patience) || run.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)}: {said.GetAwaiter().GetResult()}");
        }
    }

    private static int Try(string[] command)
    {
        using var run = Process.Start(StartOf(command))!;
        run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        return run.ExitCode;
    }

    private static ProcessStartInfo StartOf(string[] command) =>
        new(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
}
