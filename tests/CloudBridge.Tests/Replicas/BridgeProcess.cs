using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MotCua.Testing;
using Xunit;

namespace MotCua.CloudBridge.Tests.Replicas;

/// <summary>The program in a process of its own, one of several on a broker and a database; it can be killed and started again.</summary>
internal sealed class BridgeProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StringBuilder output = new();
    private readonly HttpClient http = new() { Timeout = Patience };
    private readonly string[] arguments;
    private Process? process;

    public BridgeProcess(LiveMosquitto broker, string database, string key, string folder)
    {
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            http.BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));
        }

        arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "cloud-bridge.dll"), "serve", "--urls", http.BaseAddress.ToString(), "--mqtt", string.Create(CultureInfo.InvariantCulture, $"{broker.Host}:{broker.Port}"),
            "--key", key, "--postgres", database, "--data", folder,
        ];
        Start();
    }

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
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["DOTNET_EnableDiagnostics"] = "0" } };
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Waits until it is connected and its store takes writes.</summary>
    public void MustBecomeHealthy() => Until(() => http.GetAsync(new Uri("/healthz", UriKind.Relative)).GetAwaiter().GetResult().IsSuccessStatusCode, "is not healthy");

    /// <summary>Events of a centre as its page counts them; -1 while it does not know the centre.</summary>
    public long EventsOf(string centre)
    {
        using var answer = http.GetAsync(new Uri($"/api/centres/{centre}", UriKind.Relative)).GetAwaiter().GetResult();
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonElement>(answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()).GetProperty("logs").EnumerateArray()
                .Sum(log => long.Parse(log.GetProperty("upTo").GetString()!, CultureInfo.InvariantCulture))
            : -1;
    }

    public void Until(Func<bool> holds, string complaint) => Assert.True(
        SpinWait.SpinUntil(
            () =>
            {
                try
                {
                    return process!.HasExited || holds();
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            Patience) && !process!.HasExited, $"The bridge {complaint}.\n{Output}");

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
        http.Dispose();
    }

    private void Note(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
