using System.Globalization;
using MotCua.Protocols.Mqtt;

namespace MotCua.Bench;

/// <summary>What the MQTT libraries and the drivers that this build holds cost, side by side. <c>UseNuGetDrivers=true ./bench drivers</c> has all of them.</summary>
internal static partial class DriverBench
{
    private const int Messages = 100_000;
    private const int Window = 32;
    private const int PayloadBytes = 400;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<IEnumerable<Row>> RunAsync(string folder)
    {
        var config = Path.Combine(folder, "mosquitto.conf");
        var port = MeasuredProgram.FreePort();
        await File.WriteAllTextAsync(config, string.Create(CultureInfo.InvariantCulture, $"user root\nlistener {port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\n"));
        using var broker = new MeasuredProgram("/usr/sbin/mosquitto", ["-c", config]);
        var links = new List<(string Name, Func<IMqttLink> Make)> { ("libmosquitto", () => new MosquittoLink()) };
        AddNuGetLinks(links);
        var rows = new List<Row>();
        foreach (var (name, make) in links)
        {
            rows.AddRange(Publish(name, make, port));
        }

        AddNuGetBoards(rows);
        return rows;
    }

    private static Row[] Publish(string name, Func<IMqttLink> make, int port)
    {
        using var link = make();
        using var signal = new SemaphoreSlim(0);
        link.EventQueued += () => signal.Release();
        Connect(link, signal, port);
        PublishAll(link, signal, Messages / 10);
        var (cpu, bytes, time) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(), TimeProvider.System.GetTimestamp());
        PublishAll(link, signal, Messages);
        var (spent, allocated, took) = (Environment.CpuUsage.TotalTime - cpu, GC.GetTotalAllocatedBytes() - bytes, TimeProvider.System.GetElapsedTime(time));
        link.Disconnect();
        var limit = string.Create(CultureInfo.InvariantCulture, $"{PayloadBytes} bytes each, {Window} in flight, {Messages / took.TotalSeconds:F0} a second, broker on the same cores");
        return
        [
            new Row($"{name}, processor for 100,000 messages of quality 1", Math.Round(spent.TotalSeconds, 2), "CPU-s", null, null, limit),
            new Row($"{name}, garbage for one of them", Math.Round(allocated / (double)Messages), "bytes", null, null, null),
        ];
    }

    private static void Connect(IMqttLink link, SemaphoreSlim signal, int port)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begun) < Patience)
        {
            link.Connect(new MqttConnection("127.0.0.1", port, "bench", null, TimeSpan.FromSeconds(60)));
            if (Next(link, signal) is MqttLinkEvent.Connected)
            {
                return;
            }
        }

        throw new TimeoutException("The broker took nobody in.");
    }

    private static void PublishAll(IMqttLink link, SemaphoreSlim signal, int count)
    {
        var message = new MqttMessage("bench/up/evt", new byte[PayloadBytes], MqttQuality.AtLeastOnce);
        for (int sent = 0, answered = 0; answered < count;)
        {
            while (sent < count && sent - answered < Window)
            {
                _ = link.Publish(message) > 0 ? sent++ : throw new InvalidOperationException("The link is lost.");
            }

            _ = Next(link, signal) is MqttLinkEvent.Published { Refused: false } ? answered++ : throw new InvalidOperationException("Not answered.");
        }
    }

    private static MqttLinkEvent Next(IMqttLink link, SemaphoreSlim signal)
    {
        MqttLinkEvent? happened;
        while (!link.TryTake(out happened))
        {
            if (!signal.Wait(Patience))
            {
                throw new TimeoutException("The broker answers nothing.");
            }
        }

        return happened;
    }

    // Their bodies are compiled with the drivers only.
    static partial void AddNuGetLinks(List<(string Name, Func<IMqttLink> Make)> links);

    static partial void AddNuGetBoards(List<Row> rows);
}
