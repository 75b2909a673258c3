using MotCua.Protocols.Mqtt;
using MotCua.Testing;

namespace MotCua.Protocols.Tests.Mqtt;

/// <summary>The contract over libmosquitto, and what this library tells beside it: who is to blame for a link that does not come about.</summary>
public sealed class MosquittoLinkTests : MqttLinkContract, IDisposable
{
    private static readonly DateTimeOffset LongAgo = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TestCertificates certificates = new();

    public void Dispose() => certificates.Dispose();

    protected override IMqttLink NewLink(int maxQueuedMessages = 4096, TimeProvider? time = null) => new MosquittoLink(time, maxQueuedMessages);

    [Fact]
    public void A_broker_of_another_authority_is_to_blame()
    {
        using var strangers = new TestCertificates();
        using var broker = Guarded(certificates);
        Assert.Equal(LossCause.BrokerUntrusted, CauseOf(To(broker, "a") with { Tls = strangers.Issue("centre-a") }));
    }

    [Fact]
    public void A_broker_of_another_name_is_to_blame()
    {
        certificates.Issue("broker", asLocalhost: false);
        using var broker = Guarded(certificates, issue: false);
        Assert.Equal(LossCause.BrokerUntrusted, CauseOf(To(broker, "a") with { Host = "localhost", Tls = certificates.Issue("centre-a") }));
    }

    [Fact]
    public void A_broker_whose_certificate_has_ended_is_to_blame()
    {
        certificates.Issue("broker", until: LongAgo);
        using var broker = Guarded(certificates, issue: false);
        Assert.Equal(LossCause.BrokerUntrusted, CauseOf(To(broker, "a") with { Tls = certificates.Issue("centre-a") }));
    }

    /// <summary>Over loopback some are lost: there the library may go through the whole handshake in one call, and writes to a broker that has hung up before it reads why.</summary>
    [Fact]
    public void A_certificate_of_another_authority_is_to_blame()
    {
        using var strangers = new TestCertificates();
        using var broker = Guarded(certificates);
        var own = strangers.Issue("centre-a") with { CaFile = certificates.CaFile };
        var losses = Enumerable.Range(0, 20).Select(_ => LossOf(To(broker, "a") with { Tls = own })).ToList();
        Assert.DoesNotContain(losses, loss => loss.Cause == LossCause.BrokerUntrusted);
        Assert.True(losses.Count(loss => loss.Cause == LossCause.NotAdmitted) >= 5, string.Join('\n', losses));
    }

    [Fact]
    public void A_certificate_that_has_ended_is_to_blame()
    {
        using var broker = Guarded(certificates);
        var ended = To(broker, "a") with { Tls = certificates.Issue("centre-a", until: LongAgo) };
        Assert.Contains(LossCause.NotAdmitted, Enumerable.Range(0, 20).Select(_ => CauseOf(ended)));
    }

    [Fact]
    public void A_wrong_password_is_to_blame()
    {
        using var broker = new LiveMosquitto(anonymous: false);
        Assert.Equal(LossCause.NotAdmitted, CauseOf(To(broker, "a") with { Login = new MqttLogin("phuong-viet-tri", "wrong") }));
    }

    [Fact]
    public void A_broker_that_is_away_is_nobodys_fault()
    {
        using var broker = Guarded(certificates);
        broker.Stop();
        Assert.Equal(LossCause.Line, CauseOf(To(broker, "a") with { Tls = certificates.Issue("centre-a") }));
    }

    [Fact]
    public void A_broker_that_speaks_nothing_older_than_TLS_1_3_is_understood()
    {
        using var broker = Guarded(certificates, more: "tls_version tlsv1.3");
        using var link = Watch().Connected(To(broker, "a") with { Tls = certificates.Issue("centre-a") });
    }

    private LossCause CauseOf(MqttConnection connection) => LossOf(connection).Cause;

    private MqttLinkEvent.Lost LossOf(MqttConnection connection)
    {
        using var link = Watch();
        link.Link.Connect(connection);
        return link.Take<MqttLinkEvent.Lost>();
    }
}
