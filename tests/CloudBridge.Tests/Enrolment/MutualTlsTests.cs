using Microsoft.Extensions.DependencyInjection;
using MotCua.CloudBridge.Enrolment;
using MotCua.CloudBridge.Ingest;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Tests.Api;
using MotCua.CloudBridge.Tests.Replicas;
using MotCua.Protocols.Mqtt;
using MotCua.Testing;
using Xunit;

namespace MotCua.CloudBridge.Tests.Enrolment;

/// <summary>A real Mosquitto with the product's configuration and access list, and certificates that the commands made.</summary>
public sealed class MutualTlsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestProvince province = new();

    public void Dispose() => province.Dispose();

    [Fact]
    public async Task Events_of_a_centre_are_acknowledged_over_mutual_tls()
    {
        var log = new SourceLog("viet-tri").Grow(300);
        var (broker, centre, files) = Start();
        using var running = broker;
        await using var bridge = await BridgeAt(broker, files);
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await new ShippingCentre(log, broker, bridge.Key, 100, centre).ShipAsync(patience.Token);
        Assert.Equal(300, bridge.Services.GetRequiredService<IBridgeStore>().ReadLogs().Single().End.UpTo);
    }

    /// <summary>The broker of a careless operator: anyone with a certificate may say anything.</summary>
    [Fact]
    public async Task Without_an_access_list_what_a_centre_says_under_anothers_name_is_kept_apart_and_the_stream_goes_on()
    {
        var (truth, lie) = (new SourceLog("viet-tri").Grow(10), new SourceLog("lam-thao", epoch: 2).Grow(10));
        var (broker, centre, files) = Start(withAccessList: false);
        using var running = broker;
        await using var bridge = await BridgeAt(broker, files);
        // What is said before the bridge listens, the broker keeps for nobody.
        var status = bridge.Services.GetRequiredService<IngestStatus>();
        Assert.True(SpinWait.SpinUntil(() => status.Now.LinkFault is null, Patience), "The bridge never heard the broker.");
        using (var liar = Caller(broker, "lam-thao"))
        {
            Assert.True(liar.Says(truth.Topic)); // No events at all.
            Assert.True(liar.Says(truth.Topic, lie.Message(1, 10))); // The liar's own, as somebody else's.
            Assert.True(liar.Says($"motcua/v1/{truth.Centre}/down/ack")); // Nobody hears it but the centre, which believes the province only.
        }

        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await new ShippingCentre(truth, broker, bridge.Key, 10, centre).ShipAsync(patience.Token);
        var store = bridge.Services.GetRequiredService<IBridgeStore>();
        Assert.Equal(2, store.ReadQuarantine(10).Count);
        Assert.Equal(truth.Centre, Assert.Single(store.ReadLogs()).Log.Centre);
    }

    [Theory]
    [InlineData("another authority")]
    [InlineData("ended")]
    [InlineData("of a server")]
    [InlineData("revoked")]
    public void Who_may_not_come_in_is_told_that_it_is_his_certificate(string how)
    {
        using var strangers = new TestProvince();
        var folder = province.Broker();
        var files = how switch
        {
            "another authority" => strangers.Centre("viet-tri") with { CaFile = Path.Combine(folder, "ca.pem") },
            "ended" => Ended(),
            "of a server" => new MqttTls(Path.Combine(folder, "ca.pem"), Path.Combine(folder, "broker.pem"), Path.Combine(folder, "broker.key")),
            _ => Revoked(folder),
        };
        using var broker = LiveMosquitto.OfProvince(folder);
        var lost = Attempt(broker, files);
        Assert.True(lost?.Cause == LossCause.NotAdmitted, $"{lost}\n{broker.Log}");
    }

    [Fact]
    public void A_certificate_that_is_revoked_holds_until_the_broker_reads_the_list_and_a_new_one_comes_in()
    {
        var (folder, lost) = (province.Broker(), province.Centre("viet-tri"));
        using var broker = LiveMosquitto.OfProvince(folder);
        Assert.Null(Attempt(broker, lost));
        File.Copy(lost.CertificateFile, lost.CertificateFile + ".old");
        File.Copy(lost.KeyFile, lost.KeyFile + ".old");
        province.Revoke("viet-tri");
        var renewed = province.Centre("viet-tri");
        File.Copy(Path.Combine(province.Ca, Authority.RevokedFile), Path.Combine(folder, Authority.RevokedFile), overwrite: true);
        broker.Stop();
        broker.Start();
        Assert.Equal(LossCause.NotAdmitted, Attempt(broker, renewed with { CertificateFile = lost.CertificateFile + ".old", KeyFile = lost.KeyFile + ".old" })?.Cause);
        Assert.Null(Attempt(broker, renewed));
    }

    [Fact]
    public void No_centre_pushes_another_off_the_line_by_coming_in_under_its_client_id()
    {
        var (broker, files, _) = Start();
        using var running = broker;
        using var centre = new BrokerCaller(broker.Host, broker.Port, "viet-tri", files, TimeProvider.System);
        using var impostor = new BrokerCaller(broker.Host, broker.Port, "viet-tri", province.Centre("lam-thao"), TimeProvider.System);
        Assert.True(impostor.Says("motcua/v1/lam-thao/up/check-broker"));
        Assert.True(centre.Says("motcua/v1/viet-tri/up/check-broker"));
    }

    [Fact]
    public async Task The_broker_as_it_is_handed_out_passes_its_own_check()
    {
        var (broker, _, _) = Start();
        using var running = broker;
        var (code, said) = await Check(broker);
        Assert.True(code == 0, $"{said}\n{broker.Log}");
        Assert.Equal(9, said.Split('\n').Count(line => line.StartsWith('✓')));
        Assert.Contains("chưa thử thu hồi", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_without_an_access_list_is_told_as_unsafe_with_what_it_lets_through()
    {
        var (broker, _, _) = Start(withAccessList: false);
        using var running = broker;
        var (code, said) = await Check(broker);
        Assert.Equal(CheckBrokerCommand.NotSafe, code);
        Assert.Equal(3, said.Split('\n').Count(line => line.StartsWith('✗')));
    }

    [Fact]
    public async Task A_broker_that_believes_a_client_id_is_told_as_unsafe()
    {
        var folder = province.Broker();
        var configuration = Path.Combine(folder, "mosquitto.conf");
        File.WriteAllText(configuration, File.ReadAllText(configuration).Replace("use_username_as_clientid true", "", StringComparison.Ordinal));
        using var broker = LiveMosquitto.OfProvince(folder);
        var (code, said) = await Check(broker);
        Assert.Equal(CheckBrokerCommand.NotSafe, code);
        Assert.Contains("không đẩy được", Assert.Single(said.Split('\n'), line => line.StartsWith('✗')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("viet-tri/up/state", true)]
    [InlineData("viet-tri/up/dev/may-in", true)]
    [InlineData("viet-tri/up/snap/1", true)]
    [InlineData("viet-tri/up/anything", false)]
    [InlineData("viet-tri/up/dev/a/b", false)]
    public void A_centre_writes_topics_of_the_contract_only(string topic, bool taken)
    {
        var (broker, files, _) = Start();
        using var running = broker;
        using var centre = new BrokerCaller(broker.Host, broker.Port, "viet-tri", files, TimeProvider.System);
        Assert.Equal(taken, centre.Says($"motcua/v1/{topic}"));
    }

    [Fact]
    public async Task A_broker_that_asks_for_no_certificate_is_told_as_unsafe()
    {
        var folder = province.Broker();
        var configuration = Path.Combine(folder, "mosquitto.conf");
        File.WriteAllText(configuration, File.ReadAllText(configuration)
            .Replace("require_certificate true", "require_certificate false", StringComparison.Ordinal).Replace("use_identity_as_username true", "", StringComparison.Ordinal)
            .Replace("use_username_as_clientid true", "", StringComparison.Ordinal).Replace("allow_anonymous false", "allow_anonymous true", StringComparison.Ordinal));
        using var broker = LiveMosquitto.OfProvince(folder, withAccessList: false);
        var (code, said) = await Check(broker);
        Assert.Equal(CheckBrokerCommand.NotSafe, code);
        Assert.Contains("✗ không chứng thư", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_not_there_was_not_checked()
    {
        var (broker, _, _) = Start();
        using var running = broker;
        broker.Stop();
        Assert.Equal(1, (await Check(broker)).Code);
    }

    private (LiveMosquitto Broker, MqttTls Centre, MqttTls Bridge) Start(bool withAccessList = true)
    {
        var folder = province.Broker();
        return (LiveMosquitto.OfProvince(folder, withAccessList), province.Centre("viet-tri"), province.Bridge("1"));
    }

    private static async Task<RunningBridge> BridgeAt(LiveMosquitto broker, MqttTls files) => await new RunningBridge(new MosquittoLink(), broker.Host, broker.Port, files).StartAsync();

    private BrokerCaller Caller(LiveMosquitto broker, string centre) => new(broker.Host, broker.Port, centre, province.Centre(centre), TimeProvider.System);

    private async Task<(int Code, string Said)> Check(LiveMosquitto broker)
    {
        using var said = new StringWriter();
        var code = await CheckBrokerCommand.RunAsync(["--ca", province.Ca, "--mqtt", $"{broker.Host}:{broker.Port}"], TimeProvider.System, said, said);
        return (code, said.ToString());
    }

    private MqttTls Ended()
    {
        // Given out long ago, by an authority that is older still.
        var then = new ManualTime(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(200));
        Assert.Equal(0, EnrolCommand.Run(["viet-tri", "--days", "100", "--mqtt", "localhost:8883", "--ca", province.Ca, "--out", province.Out], then, TextWriter.Null, TextWriter.Null));
        return new MqttTls(Path.Combine(province.Out, "viet-tri/ca.pem"), Path.Combine(province.Out, "viet-tri/centre.pem"), Path.Combine(province.Out, "viet-tri/centre.key"));
    }

    private MqttTls Revoked(string folder)
    {
        var files = province.Centre("viet-tri");
        province.Revoke("viet-tri");
        File.Copy(Path.Combine(province.Ca, Authority.RevokedFile), Path.Combine(folder, Authority.RevokedFile), overwrite: true);
        return files;
    }

    /// <summary>Tries as a centre does: again, when the broker hung up before its reason was read.</summary>
    /// <returns>Null when the broker took it in.</returns>
    private static MqttLinkEvent.Lost? Attempt(LiveMosquitto broker, MqttTls files)
    {
        var lost = AttemptOnce(broker, files);
        for (var i = 0; i < 20 && lost?.Cause == LossCause.Line; i++)
        {
            lost = AttemptOnce(broker, files);
        }

        return lost;
    }

    private static MqttLinkEvent.Lost? AttemptOnce(LiveMosquitto broker, MqttTls files)
    {
        using var link = new MosquittoLink();
        using var something = new SemaphoreSlim(0);
        link.EventQueued += () => something.Release();
        link.Connect(new MqttConnection(broker.Host, broker.Port, "viet-tri", null, TimeSpan.FromSeconds(30), files));
        while (true)
        {
            Assert.True(something.Wait(Patience), "The link says nothing.");
            while (link.TryTake(out var happened))
            {
                if (happened is MqttLinkEvent.Connected or MqttLinkEvent.Lost)
                {
                    link.Disconnect();
                    return happened as MqttLinkEvent.Lost;
                }
            }
        }
    }
}
