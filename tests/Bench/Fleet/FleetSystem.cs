using System.Globalization;
using System.Text.Json;
using MotCua.Fleet;
using MotCua.Protocols.Trust;

namespace MotCua.Bench.Fleet;

/// <summary>A broker and the published bridge, for one measurement.</summary>
internal sealed class FleetSystem : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly MeasuredProgram broker;

    public FleetSystem(string folder, string bridge)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        (BrokerPort, var httpPort) = (MeasuredProgram.FreePort(), MeasuredProgram.FreePort());
        var config = Path.Combine(Folder, "mosquitto.conf");
        File.WriteAllText(config, string.Create(CultureInfo.InvariantCulture, $"user root\nlistener {BrokerPort} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nmax_queued_bytes 268435456\nset_tcp_nodelay true\n"));
        broker = new MeasuredProgram("/usr/sbin/mosquitto", ["-c", config]);
        var keyFile = Path.Combine(Folder, "province.key");
        File.WriteAllText(keyFile, Province.PrivatePem());
        File.WriteAllText(Path.Combine(Folder, "province.pub"), Province.PublicPem());
        Http.BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{httpPort}"));
        Bridge = new MeasuredProgram(bridge, ["--data", Store, "--mqtt", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{BrokerPort}"), "--key", keyFile, "--urls", Http.BaseAddress.ToString()]);
        if (!SpinWait.SpinUntil(IsHealthy, Patience))
        {
            throw new TimeoutException("The bridge does not become healthy.");
        }
    }

    public string Folder { get; }

    /// <summary>Folder of the bridge's store.</summary>
    public string Store => Path.Combine(Folder, "bridge");

    public int BrokerPort { get; }

    public ProvinceKey Province { get; } = ProvinceKey.Create();

    public MeasuredProgram Bridge { get; }

    public HttpClient Http { get; } = new() { Timeout = Timeout.InfiniteTimeSpan };

    public FleetLine Line => new("127.0.0.1", BrokerPort, Province);

    /// <summary>Events of a centre that the bridge holds.</summary>
    public async Task<long> HeldOfAsync(string centre)
    {
        using var answer = await Http.GetAsync(new Uri($"/api/centres/{centre}", UriKind.Relative));
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("logs").EnumerateArray().Sum(log => long.Parse(log.GetProperty("upTo").GetString()!, CultureInfo.InvariantCulture))
            : 0;
    }

    /// <summary>Waits until the views and the ledger of the bridge have read what it holds.</summary>
    /// <returns>Seconds that it took.</returns>
    public double WaitForViews(TimeSpan patience)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var pause = new ManualResetEventSlim();
        while (!AreViewsThere() || !IsLedgerThere())
        {
            if (TimeProvider.System.GetElapsedTime(begun) > patience)
            {
                throw new TimeoutException($"The views do not come through within {patience}.");
            }

            pause.Wait(TimeSpan.FromMilliseconds(200)); // Asking takes from what is measured.
        }

        return TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
    }

    public void Dispose()
    {
        Http.Dispose();
        Bridge.Dispose();
        broker.Dispose();
        Province.Dispose();
    }

    private bool AreViewsThere()
    {
        var views = Ask("/api/projection");
        return views.GetProperty("row").GetInt64() > 0 && views.GetProperty("lagRows").GetInt64() == 0;
    }

    private bool IsLedgerThere() => Ask("/api/ledger").GetProperty("toGo").GetInt64() == 0;

    private JsonElement Ask(string path)
    {
        using var answer = Http.GetAsync(new Uri(path, UriKind.Relative)).GetAwaiter().GetResult();
        return JsonDocument.Parse(answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync().GetAwaiter().GetResult()).RootElement;
    }

    private bool IsHealthy()
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
}
