using MotCua.Protocols.Mqtt;
using MotCua.Testing;

namespace MotCua.Protocols.Tests.Mqtt;

/// <content>Mutual TLS as the province runs it: the certificate's name is the user name.</content>
public abstract partial class MqttLinkContract
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public void With_certificates_of_the_same_authority_messages_go_both_ways(string host)
    {
        using var certificates = new TestCertificates();
        using var broker = Guarded(certificates);
        using var link = Watch().Connected(To(broker, "a") with { Host = host, Tls = certificates.Issue("centre-a"), MaxPacketBytes = 300 * 1024 }).Subscribed("centre-a/down");
        var payload = new byte[200_000];
        new Random(7).NextBytes(payload);
        for (var i = 0; i < 20; i++)
        {
            link.Link.Publish(new MqttMessage("centre-a/down", payload, Qos1));
        }

        for (var i = 0; i < 20; i++)
        {
            Assert.True(payload.AsSpan().SequenceEqual(link.Take<MqttLinkEvent.Received>().Payload.Span));
        }

        Assert.Equal(0x87, link.Publish(Message("centre-b/down", "1")).ReasonCode);
        link.Link.Disconnect();
    }

    [Fact]
    public void A_broker_of_another_authority_is_not_trusted()
    {
        using var certificates = new TestCertificates();
        using var strangers = new TestCertificates();
        using var broker = Guarded(certificates);
        using var link = Watch();
        link.Link.Connect(To(broker, "a") with { Tls = strangers.Issue("centre-a") });
        var reason = link.Take<MqttLinkEvent.Lost>().Reason;
        Assert.True(reason.Contains("certificate", StringComparison.OrdinalIgnoreCase), reason);
    }

    [Fact]
    public void A_client_certificate_of_another_authority_is_refused_by_the_broker()
    {
        using var certificates = new TestCertificates();
        using var strangers = new TestCertificates();
        using var broker = Guarded(certificates);
        using var link = Watch();
        link.Link.Connect(To(broker, "a") with { Tls = strangers.Issue("centre-a") with { CaFile = certificates.CaFile } });
        Assert.NotEmpty(link.Take<MqttLinkEvent.Lost>().Reason);
    }

    [Fact]
    public void A_broker_of_another_name_is_not_trusted()
    {
        using var certificates = new TestCertificates();
        certificates.Issue("broker", asLocalhost: false);
        using var broker = Guarded(certificates, issue: false);
        using var link = Watch();
        link.Link.Connect(To(broker, "a") with { Host = "localhost", Tls = certificates.Issue("centre-a") });
        Assert.NotEmpty(link.Take<MqttLinkEvent.Lost>().Reason);
    }

    [Fact]
    public void A_certificate_file_that_is_missing_is_named()
    {
        using var certificates = new TestCertificates();
        using var broker = Guarded(certificates);
        using var link = Watch();
        link.Link.Connect(To(broker, "a") with { Tls = certificates.Issue("centre-a") with { KeyFile = "/no/such.key" } });
        Assert.Contains("/no/such.key", link.Take<MqttLinkEvent.Lost>().Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_that_speaks_the_other_language_than_the_broker_is_lost(bool clientSpeaksTls)
    {
        using var certificates = new TestCertificates();
        using var broker = clientSpeaksTls ? new LiveMosquitto() : Guarded(certificates);
        using var link = Watch();
        link.Link.Connect(To(broker, "a") with { Tls = clientSpeaksTls ? certificates.Issue("centre-a") : null });
        link.Take<MqttLinkEvent.Lost>();
    }

    /// <param name="issue">False: the broker's certificate is there already.</param>
    protected static LiveMosquitto Guarded(TestCertificates certificates, bool issue = true, string more = "")
    {
        var tls = issue ? certificates.Issue("broker") : certificates.FilesOf("broker");
        return new LiveMosquitto(
            $"{more}\ncafile {tls.CaFile}\ncertfile {tls.CertificateFile}\nkeyfile {tls.KeyFile}\nrequire_certificate true\nuse_identity_as_username true\nacl_file {{dir}}/acl",
            new Dictionary<string, string> { ["acl"] = "pattern readwrite %u/#\n" });
    }
}
