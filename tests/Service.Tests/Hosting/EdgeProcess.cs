using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Xunit;

namespace MotCua.Edge.Hosting.Tests;

/// <summary>The real program in a process of its own, with a folder and a port of its own. Only its own process is ever signalled, by its id.</summary>
internal sealed class EdgeProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StringBuilder output = new();
    private readonly SemaphoreSlim noted = new(0);
    private readonly string? othersData;
    private Process? process;

    /// <param name="data">The data folder of another one; null for its own.</param>
    public EdgeProcess(string yaml, string? data = null)
    {
        othersData = data;
        Folder = Directory.CreateTempSubdirectory("motcua-edge-").FullName;
        File.WriteAllText(Path.Combine(Folder, "centre.yaml"), yaml);
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            Http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}")), Timeout = Patience };
        }
    }

    public string Folder { get; }

    public string Data => othersData ?? Path.Combine(Folder, "data");

    public HttpClient Http { get; }

    public int Id => process!.Id;

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

    /// <summary>Starts it and waits until it answers.</summary>
    public async Task StartAsync(params (string Name, string Value)[] environment)
    {
        Begin(environment);
        await AnswersAsync();
    }

    /// <summary>Starts it and waits for nothing.</summary>
    public void Begin(params (string Name, string Value)[] environment)
    {
        var program = typeof(EdgeService).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program, "serve", "--config", Path.Combine(Folder, "centre.yaml"), "--data", Data, "--urls", Http.BaseAddress!.ToString()])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
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
    }

    /// <summary>Waits until its pages answer.</summary>
    public async Task AnswersAsync()
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Assert.False(process!.HasExited, Output);
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"It does not answer.\n{Output}");
            try
            {
                using var answer = await Http.GetAsync("/api/queue");
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <returns>The number of a ticket that is durable; null when the answer did not come.</returns>
    public async Task<string?> IssueAsync(string service = "chung-thuc")
    {
        try
        {
            using var content = new StringContent($$"""{"service":"{{service}}"}""", Encoding.UTF8, "application/json");
            using var answer = await Http.PostAsync("/api/tickets", content);
            return answer.StatusCode == HttpStatusCode.Created ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetString() : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or JsonException)
        {
            return null;
        }
    }

    /// <summary>SIGKILL: no handler runs, no buffer is written.</summary>
    public void Kill()
    {
        process!.Kill();
        process.WaitForExit();
        process.Dispose();
        process = null;
    }

    /// <summary>SIGTERM, as the service manager does.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        return await ExitAsync();
    }

    /// <summary>Waits until it prints a text.</summary>
    public async Task SaysAsync(string text)
    {
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(await noted.WaitAsync(Patience, TestContext.Current.CancellationToken), $"It never said «{text}».\n{Output}");
        }
    }

    /// <summary>Waits until it ends by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync()
    {
        await process!.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        var code = process.ExitCode;
        process.Dispose();
        process = null;
        return code;
    }

    public void Dispose()
    {
        if (process is not null)
        {
            Kill();
        }

        Http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private void Note(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }

        noted.Release();
    }
}
