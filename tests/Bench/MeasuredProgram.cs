using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MotCua.Bench;

/// <summary>A program under measurement, as published; ended by its own pid.</summary>
internal sealed class MeasuredProgram : IDisposable
{
    private readonly Process process;
    private bool ended;

    public MeasuredProgram(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>A field of <c>/proc/PID/smaps_rollup</c>, in MB.</summary>
    public double Memory(string field)
    {
        var line = File.ReadLines($"/proc/{process.Id}/smaps_rollup").First(l => l.StartsWith(field + ":", StringComparison.Ordinal));
        return Math.Round(double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024, 1);
    }

    /// <summary>A field of <c>/proc/PID/status</c>, such as <c>VmHWM</c>, in MB.</summary>
    public double Status(string field)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith(field + ":", StringComparison.Ordinal));
        return Math.Round(double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024, 1);
    }

    /// <summary>Processor time of the program and of those that it started, in seconds.</summary>
    /// <param name="children">False: its own only.</param>
    public double Processor(bool children)
    {
        var all = new List<int> { process.Id };
        all.AddRange(children ? Children() : []);
        return all.Sum(SecondsOf);
    }

    private static double SecondsOf(int id)
    {
        const double TicksPerSecond = 100; // USER_HZ, whatever the kernel's own rate.
        try
        {
            // After the name in brackets, which may hold anything: fields 14 and 15 of proc(5).
            var fields = File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].Split(' ');
            return (double.Parse(fields[12], CultureInfo.InvariantCulture) + double.Parse(fields[13], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
        catch (IOException)
        {
            return 0; // It ended.
        }
    }

    /// <summary>Processes that it started and that run.</summary>
    public IReadOnlyList<int> Children() =>
        [.. Directory.EnumerateDirectories($"/proc/{process.Id}/task").SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse)];

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        if (ended)
        {
            return;
        }

        ended = true;
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
