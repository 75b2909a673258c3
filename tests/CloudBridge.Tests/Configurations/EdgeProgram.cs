using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MotCua.Edge.Hosting;
using MotCua.Protocols.Trust;
using MotCua.Testing;
using Xunit;

namespace MotCua.CloudBridge.Tests.Configurations;

/// <summary>The real edge program in a process of its own, with a folder of its own. Only its own process is ever signalled, by its id.</summary>
internal sealed class EdgeProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("edge-program-");
    private readonly StringBuilder output = new();
    private readonly int port;
    private Process? process;

    public EdgeProgram(string yaml, ProvinceKey province)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "centre.yaml"), yaml);
        File.WriteAllText(Path.Combine(folder.FullName, "province.pub"), province.PublicPem());
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A small centre on a broker.</summary>
    public static string Yaml(LiveMosquitto broker, string name = "Phường Việt Trì", string? host = null) => $$"""
        centre: viet-tri
        name: {{name}}
        drivers: virtual
        clock: battery
        services: [{ code: chung-thuc, name: Chứng thực, series: A }]
        counters: [{ number: 1, services: [chung-thuc] }]
        speech: { chime: no }
        mqtt: { host: {{host ?? broker.Host}}, port: {{broker.Port.ToString(CultureInfo.InvariantCulture)}}, province-key: province.pub }

        """;

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

    /// <summary>How often it said that it is open.</summary>
    public int Opened => Output.Split(" is open at ").Length - 1;

    /// <summary>Starts it and waits until its pages are open.</summary>
    public async Task StartAsync()
    {
        var before = Opened;
        var start = new ProcessStartInfo("dotnet",
        [
            typeof(EdgeArguments).Assembly.Location, "serve", "--config", Path.Combine(folder.FullName, "centre.yaml"), "--data", Path.Combine(folder.FullName, "data"),
            "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
        ])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["DOTNET_EnableDiagnostics"] = "0" },
        };
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await UntilAsync(() => Opened > before);
    }

    /// <summary>Gives it another key of the province, or takes the one it has away; read at each start.</summary>
    public void SetKey(ProvinceKey? province)
    {
        var file = Path.Combine(folder.FullName, "province.pub");
        File.Delete(file);
        if (province is not null)
        {
            File.WriteAllText(file, province.PublicPem());
        }
    }

    /// <summary>SIGKILL: no handler runs, no buffer is written.</summary>
    public void Kill()
    {
        process?.Kill();
        process?.WaitForExit();
        process?.Dispose();
        process = null;
    }

    public async Task UntilAsync(Func<bool> holds)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, Output);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose()
    {
        Kill();
        folder.Delete(recursive: true);
    }

    private void Note(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
