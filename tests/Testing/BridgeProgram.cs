using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MotCua.Testing;

/// <summary>The bridge in a process of its own, which can be killed and started again on what it left. Only its own process is ever signalled, by its id.</summary>
public sealed class BridgeProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly StringBuilder output = new();
    private readonly string[] command;
    private Process? process;

    /// <param name="key">File of the province's private key.</param>
    /// <param name="store">Options that say where events go.</param>
    /// <param name="before">A command that starts the program, with its arguments; none: it is started as it is.</param>
    public BridgeProgram(LiveMosquitto broker, string key, string[] store, string[]? before = null)
    {
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            Http.BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));
        }

        command =
        [
            .. before ?? [], "dotnet", Path.Combine(AppContext.BaseDirectory, "cloud-bridge.dll"), "serve", "--urls", Http.BaseAddress.ToString(),
            "--mqtt", string.Create(CultureInfo.InvariantCulture, $"{broker.Host}:{broker.Port}"), "--key", key, .. store,
        ];
        Start();
    }

    public HttpClient Http { get; } = new() { Timeout = Patience };

    /// <summary>Process id of the program.</summary>
    public int Id => process!.Id;

    /// <summary>The most memory it ever held, MB (VmHWM of proc(5)).</summary>
    public int HighestMemory => int.Parse(File.ReadLines($"/proc/{Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    /// <summary>What it said, the newest 64 KB, for the message of a failing test.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    public void Start()
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["DOTNET_EnableDiagnostics"] = "0" },
        };
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>True while it is connected and its store takes writes.</summary>
    public bool IsHealthy()
    {
        try
        {
            using var answer = Http.GetAsync(new Uri("/healthz", UriKind.Relative)).GetAwaiter().GetResult();
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void MustBecomeHealthy()
    {
        if (!SpinWait.SpinUntil(() => process!.HasExited || IsHealthy(), Patience) || process!.HasExited)
        {
            throw new InvalidOperationException($"The bridge does not become healthy.\n{Output}");
        }
    }

    /// <summary>It runs no more, but still holds what it holds.</summary>
    public void Freeze()
    {
        using var kill = Process.Start("kill", ["-STOP", Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>SIGKILL: no handler runs, no buffer is written.</summary>
    public void Kill()
    {
        process?.Kill();
        process?.WaitForExit();
        process?.Dispose();
        process = null;
    }

    public void Dispose()
    {
        Kill();
        Http.Dispose();
    }

    private void Note(string? line)
    {
        const int Most = 64 * 1024;
        lock (output)
        {
            output.AppendLine(line);
            if (output.Length > Most * 2)
            {
                output.Remove(0, output.Length - Most);
            }
        }
    }
}
