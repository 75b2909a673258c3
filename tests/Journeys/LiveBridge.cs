using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace MotCua.Journeys;

/// <summary>A real bridge process with its own store, keys and port of 127.0.0.1. Only its own process is ever signalled, by its id.</summary>
internal sealed class LiveBridge(int brokerPort) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("journey-bridge-");
    private readonly StringBuilder log = new();
    private readonly int port = LiveEdge.FreePort();
    private Process? process;

    public string PublicKey => Path.Combine(folder.FullName, "province.pub");

    public string Address => $"http://127.0.0.1:{port}";

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    public string Log
    {
        get
        {
            lock (log)
            {
                return log.ToString();
            }
        }
    }

    /// <summary>Makes the province's keys.</summary>
    public async Task MakeKeysAsync()
    {
        using var keys = Start("keys", "--out", folder.FullName);
        await keys.WaitForExitAsync();
    }

    /// <summary>Starts it, again on the same store after <see cref="Kill"/>. It answers some time later.</summary>
    public void Boot() => process = Start(
        ["--data", Path.Combine(folder.FullName, "store"), "--mqtt", $"127.0.0.1:{brokerPort}", "--key", Path.Combine(folder.FullName, "province.key"), "--urls", Address, .. More]);

    /// <summary>Further options.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    /// <summary>SIGKILL: no handler runs, no buffer is written.</summary>
    public void Kill()
    {
        process!.Kill();
        process.WaitForExit();
        process.Dispose();
        process = null;
    }

    /// <summary>All events of a centre, in the order in which they were committed; none when the bridge does not answer or never heard of it.</summary>
    public async Task<IReadOnlyList<JsonElement>> EventsAsync(string centre)
    {
        var events = new List<JsonElement>();
        var after = "";
        try
        {
            while (true)
            {
                using var answer = await Http.GetAsync($"{Address}/api/centres/{centre}/events?limit=500&after={after}");
                if (!answer.IsSuccessStatusCode)
                {
                    return [];
                }

                var page = await answer.Content.ReadFromJsonAsync<JsonElement>();
                var count = events.Count;
                events.AddRange(page.GetProperty("events").EnumerateArray());
                if (events.Count == count)
                {
                    return events;
                }

                after = page.GetProperty("next").GetString()!;
            }
        }
        catch (HttpRequestException)
        {
            return [];
        }
    }

    public void Dispose()
    {
        if (process is not null)
        {
            Kill();
        }

        Http.Dispose();
        folder.Delete(recursive: true);
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cloud-bridge.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var started = Process.Start(start)!;
        started.OutputDataReceived += (_, line) => Note(line.Data);
        started.ErrorDataReceived += (_, line) => Note(line.Data);
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return started;
    }

    private void Note(string? line)
    {
        lock (log)
        {
            log.AppendLine(line);
        }
    }
}
