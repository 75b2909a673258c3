using System.Buffers;
using System.Globalization;
using MotCua.Protocols;
using MotCua.Protocols.Events;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.State;
using MotCua.Protocols.Trust;
using MotCua.Testing;

namespace MotCua.Bench;

/// <summary>Events per second that the published bridge commits before it acknowledges, with the broker and this load on the same cores.</summary>
/// <remarks>Each of the centres keeps one batch in flight, as the contract says; batches are full (200 events of some 290 bytes).</remarks>
internal static class IngestBench
{
    private const int Centres = 60;
    private const int BatchesEach = 50;

    public static async Task<IEnumerable<Row>> RunAsync(string folder, string bridge)
    {
        // On the disk, not in memory, and where the server's own user may go.
        using var postgres = new LivePostgres(durable: true, parent: "/var/tmp");
        return
        [
            .. await RunAsync(Directory.CreateDirectory(Path.Combine(folder, "sqlite")).FullName, bridge, "SQLite", "row per event 76,000–112,000 (SQLite)", []),
            .. await RunAsync(Directory.CreateDirectory(Path.Combine(folder, "postgres")).FullName, bridge, "PostgreSQL", "row per event 50,000–76,000 (PostgreSQL)", ["--postgres", postgres.NewDatabase()]),
        ];
    }

    private static async Task<IEnumerable<Row>> RunAsync(string folder, string bridge, string engine, string peer, string[] store)
    {
        var (mqttPort, httpPort) = (MeasuredProgram.FreePort(), MeasuredProgram.FreePort());
        var config = Path.Combine(folder, "mosquitto.conf");
        await File.WriteAllTextAsync(config, string.Create(CultureInfo.InvariantCulture, $"user root\nlistener {mqttPort} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nmax_queued_bytes 268435456\nset_tcp_nodelay true\n"));
        using var broker = new MeasuredProgram("/usr/sbin/mosquitto", ["-c", config]);
        using var key = ProvinceKey.Create();
        var keyFile = Path.Combine(folder, "province.key");
        await File.WriteAllTextAsync(keyFile, key.PrivatePem());
        using var program = new MeasuredProgram(
            bridge, ["--data", Path.Combine(folder, "bridge"), "--mqtt", $"127.0.0.1:{mqttPort}", "--key", keyFile, "--urls", $"http://127.0.0.1:{httpPort}", .. store]);
        var logs = Enumerable.Range(0, Centres).Select(i => Log(new CentreId($"bench-{i}"))).ToList();
        using var link = await LinkAsync(mqttPort);
        var (perSecond, events) = await DrainAsync(link, key, logs);
        var hashing = Hashing(logs[0]);
        return
        [
            new Row($"ingest, committed before ack, {engine}", Math.Round(perSecond), "events/s", 100_000, peer, $"chain hash alone on one core: {hashing:F0} events/s; {events} events in full batches of 200 from {Centres} centres", AtLeast: true),
            new Row($"bridge memory after that, RSS, {engine}", program.Memory("Rss"), "MB", 400, null, null),
        ];
    }

    private static List<byte[]> Log(CentreId centre)
    {
        var epoch = new EpochId(0xbe);
        var hash = ChainHash.Genesis;
        var messages = new List<byte[]>();
        var seq = 0L;
        for (var b = 0; b < BatchesEach; b++)
        {
            var (from, prev) = (seq + 1, hash);
            var events = new List<ReadOnlyMemory<byte>>();
            for (var i = 0; i < EventBatch.MaxEvents; i++)
            {
                var output = new ArrayBufferWriter<byte>(512);
                EventCodec.Write(
                    output, new EventHeader(centre, epoch, ++seq, DateTimeOffset.UnixEpoch.AddSeconds(seq), seq * 10, "0badcafe", ClockTrust.Synced),
                    new TicketCalled(new DateOnly(2026, 11, 23), $"A{(seq % 999) + 1:D3}", 3, "Theo thứ tự lấy số."));
                events.Add(output.WrittenMemory.ToArray());
                hash = hash.Next(output.WrittenSpan);
            }

            messages.Add(new EventBatch(epoch, from, prev, null, events).ToBytes());
        }

        return messages;
    }

    private static async Task<MosquittoLink> LinkAsync(int port)
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var link = new MosquittoLink();
            link.Connect(new MqttConnection("127.0.0.1", port, $"bench-load-{attempt}", null, TimeSpan.FromSeconds(60)));
            for (var wait = 0; wait < 100; wait++)
            {
                if (link.TryTake(out var happened))
                {
                    if (happened is MqttLinkEvent.Connected)
                    {
                        link.Subscribe([$"{Topics.Root}/+/down/ack"]);
                        return link;
                    }

                    break;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            }

            link.Dispose();
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        throw new IOException("The broker did not come up.");
    }

    private static async Task<(double PerSecond, long Events)> DrainAsync(MosquittoLink link, ProvinceKey key, List<List<byte[]>> logs)
    {
        using var wake = new SemaphoreSlim(0);
        link.EventQueued += () => wake.Release();
        var next = new int[Centres];
        var finished = 0;
        // A birth first: its answer says that the bridge is there.
        for (var i = 0; i < Centres; i++)
        {
            var birth = new BirthMessage(1, $"Xã {i}", "0", new string('0', 64), [new BirthEpoch(new EpochId(0xbe).ToString(), 1, BatchesEach * EventBatch.MaxEvents)], []);
            link.Publish(new MqttMessage(Topics.Birth(new CentreId($"bench-{i}")), System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(birth, StateJson.Default.BirthMessage), MqttQuality.AtLeastOnce, Retain: true));
        }

        var begun = 0L;
        while (finished < Centres)
        {
            if (!await wake.WaitAsync(TimeSpan.FromSeconds(30)))
            {
                throw new TimeoutException($"No acknowledgement for 30 s; {finished} of {Centres} centres were done.");
            }

            while (link.TryTake(out var happened))
            {
                if (happened is not MqttLinkEvent.Received received || received.Topic.Split('/') is not [_, _, { } name, _, "ack"])
                {
                    continue;
                }

                var centre = int.Parse(name.AsSpan("bench-".Length), CultureInfo.InvariantCulture);
                var ack = Ack.TryVerify(key, new CentreId(name), received.Payload.Span, out var reason) ?? throw new InvalidDataException(reason);
                if (ack.UpTo != (long)next[centre] * EventBatch.MaxEvents)
                {
                    continue;
                }

                begun = begun == 0 ? TimeProvider.System.GetTimestamp() : begun;
                if (next[centre] == BatchesEach)
                {
                    finished++;
                    continue;
                }

                link.Publish(new MqttMessage(Topics.Events(new CentreId(name)), logs[centre][next[centre]++], MqttQuality.AtLeastOnce));
            }
        }

        var events = (long)Centres * BatchesEach * EventBatch.MaxEvents;
        return (events / TimeProvider.System.GetElapsedTime(begun).TotalSeconds, events);
    }

    private static double Hashing(List<byte[]> messages)
    {
        var (hash, events, begun) = (ChainHash.Genesis, 0L, TimeProvider.System.GetTimestamp());
        foreach (var message in messages)
        {
            foreach (var one in EventBatchReader.TryRead(message, out _)!.Events)
            {
                hash = hash.Next(one.Span);
                events++;
            }
        }

        return events / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
    }
}
