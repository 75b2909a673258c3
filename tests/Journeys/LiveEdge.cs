using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MotCua.Journeys;

/// <summary>A real edge process with virtual devices, its own data folder and a free port of 127.0.0.1. Only its own process is ever signalled, by its id.</summary>
internal sealed class LiveEdge : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("journey-");
    private readonly StringBuilder log = new();
    private readonly int port = FreePort();
    private Process? process;

    public string Address => $"http://127.0.0.1:{port}";

    /// <summary>The box's own file, as it stands.</summary>
    public string ConfigurationText => File.ReadAllText(Configuration);

    /// <param name="province">The <c>mqtt:</c> part of its configuration; null for a centre without a province.</param>
    /// <param name="edit">Changes the rest of it.</param>
    /// <param name="cameras">Whether its cameras film as well, which takes a good part of a core.</param>
    public static async Task<LiveEdge> StartAsync(string? province = null, Func<string, string>? edit = null, bool cameras = false)
    {
        var edge = new LiveEdge();
        var yaml = WithoutProvince(await File.ReadAllTextAsync(Repository.File("demo", "centre.yaml")));
        yaml = cameras ? yaml : yaml[..yaml.IndexOf("\ncameras:", StringComparison.Ordinal)] + "\n";
        await File.WriteAllTextAsync(edge.Configuration, (edit is null ? yaml : edit(yaml)) + province);
        File.Copy(Repository.File("demo", "procedures.yaml"), Path.Combine(edge.folder.FullName, "procedures.yaml"));
        await edge.BootAsync();
        return edge;
    }

    /// <summary>Puts a file into the folder that the televisions show while nobody is called.</summary>
    public Task PutMediaAsync(string name, byte[] bytes)
    {
        var media = Directory.CreateDirectory(Path.Combine(folder.FullName, "media"));
        return File.WriteAllBytesAsync(Path.Combine(media.FullName, name), bytes);
    }

    /// <summary>Gives somebody a PIN, as an administrator does on the box.</summary>
    public async Task GivePinAsync(string name, string pin, string role = "clerk")
    {
        using var command = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "MotCua.Edge.dll"), "clerk", "add", name, "--role", role, "--data", Path.Combine(folder.FullName, "data") },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await command.StandardInput.WriteAsync($"{pin}\n{pin}\n");
        command.StandardInput.Close();
        var said = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();
        if (command.ExitCode != 0)
        {
            throw new InvalidOperationException(said);
        }
    }

    /// <summary>Starts it, again on the same port and data after <see cref="PowerCut"/>, and waits until it is open.</summary>
    public async Task BootAsync()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process = new Process
        {
            EnableRaisingEvents = true,
            StartInfo = new ProcessStartInfo("dotnet")
            {
                ArgumentList = { Path.Combine(AppContext.BaseDirectory, "MotCua.Edge.dll"), "--config", Configuration, "--data", Path.Combine(folder.FullName, "data"), "--urls", Address },
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.Exited += (_, _) => open.TrySetException(new InvalidOperationException($"The edge ended before it was open:\n{log}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await open.Task.WaitAsync(Patience, TimeProvider.System);

        void Note(string? line)
        {
            lock (log)
            {
                log.AppendLine(line);
            }

            if (line?.Contains("is open at", StringComparison.Ordinal) == true)
            {
                open.TrySetResult();
            }
        }
    }

    /// <summary>Ends the process as a power cut does (SIGKILL).</summary>
    public async Task PowerCut()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await PowerCut();
        }

        folder.Delete(recursive: true);
    }

    private string Configuration => Path.Combine(folder.FullName, "centre.yaml");

    // The demo centre has a province; a journey through the page needs no broker.
    private static string WithoutProvince(string yaml) => yaml[..yaml.IndexOf("mqtt:", StringComparison.Ordinal)];

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
