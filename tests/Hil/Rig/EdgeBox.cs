using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Xunit;

namespace MotCua.Hil.Rig;

/// <summary>The published edge in a process of its own, with <c>drivers: kernel</c>.</summary>
internal sealed class EdgeBox : IDisposable
{
    private const string Program = "/edge/MotCua.Edge.dll";
    // Emulated, beside whatever else the machine does; a box needs half a second.
    private static readonly TimeSpan Start = TimeSpan.FromMinutes(3);
    private static readonly HttpClient Http = new() { Timeout = Machine.Patience };

    private readonly StringBuilder output = new();
    private readonly string folder = Directory.CreateTempSubdirectory("edge-").FullName;
    private readonly Process process;
    private readonly string url;

    /// <param name="buttons">Lines of the configuration.</param>
    public EdgeBox(string chip, string buttons, string boards, params (string Name, string Value)[] environment)
    {
        Machine.MustBeVirtual();
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        }

        Yaml = $$"""
            centre: pt-viet-tri
            name: Phường Việt Trì
            drivers: kernel
            buses: { gpio: {{chip}}, i2c: 1, spi: 0, spi-hz: 500000 }
            clock: battery
            services:
              - { code: chung-thuc, name: Chứng thực, series: A }
            counters:
              - { number: 3, services: [chung-thuc] }
            devices:
              buttons:
            {{buttons}}
              boards:
            {{boards}}
            """;
        File.WriteAllText(Path.Combine(folder, "centre.yaml"), Yaml);
        var start = new ProcessStartInfo("/dotnet/dotnet", [Program, "serve", "--config", Path.Combine(folder, "centre.yaml"), "--data", Path.Combine(folder, "data"), "--urls", url])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Machine.Within(Start, () => process.HasExited || TryGet("/api/queue") is not null, () => Output);
        Assert.False(process.HasExited, Output);
    }

    public int Id => process.Id;

    /// <summary>Its configuration.</summary>
    public string Yaml { get; }

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

    /// <summary>Tickets issued today.</summary>
    public int Issued => Get("/api/queue").GetProperty("issued").GetInt32();

    /// <summary>Tickets called today.</summary>
    public int Called => Get("/api/queue").GetProperty("called").GetInt32();

    /// <summary>The ticket at counter 3.</summary>
    public string? AtCounter => Get("/api/queue").GetProperty("counters")[0].GetProperty("ticket").GetString();

    /// <summary>Runs another command of the program.</summary>
    public static string Run(string command)
    {
        using var one = Process.Start(new ProcessStartInfo("/dotnet/dotnet", [Program, command]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var said = one.StandardOutput.ReadToEnd();
        one.WaitForExit();
        return said;
    }

    public (string State, string? Fault, string? Detail) Device(string id)
    {
        foreach (var device in Get("/api/health").GetProperty("devices").EnumerateArray())
        {
            if (device.GetProperty("device").GetString() == id)
            {
                return (device.GetProperty("state").GetString()!, device.GetProperty("fault").GetString(), device.GetProperty("detail").GetString());
            }
        }

        return ("unknown", null, null);
    }

    public void DeviceBecomes(string id, string state) => Machine.Until(() => Device(id).State == state, () => $"{id} is {Device(id)}, not {state}.\n{Output}");

    public void Signal(string signal)
    {
        using var kill = Process.Start("/bin/kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private JsonElement Get(string path) => TryGet(path) ?? throw new InvalidOperationException($"{path} is not answered.\n{Output}");

    private JsonElement? TryGet(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(Http.GetStringAsync(new Uri(url + path)).GetAwaiter().GetResult());
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private void Note(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
