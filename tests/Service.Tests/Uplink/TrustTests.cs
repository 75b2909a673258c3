using MotCua.Protocols.Mqtt;
using Xunit;

namespace MotCua.Edge.Uplink.Tests;

/// <summary>Certificates that do not fit are told by name, and tried with patience.</summary>
public sealed class TrustTests
{
    [Theory]
    [InlineData(LossCause.NotAdmitted, "uplink.not-admitted")]
    [InlineData(LossCause.BrokerUntrusted, "uplink.broker-untrusted")]
    public void A_refusal_is_told_by_its_cause_tried_less_and_less_often_and_over_once_the_broker_takes_us_in(LossCause cause, string fault)
    {
        using var bench = new UplinkBench();
        bench.Link.Reachable = false;
        bench.Link.Loss = new MqttLinkEvent.Lost("TLS: sslv3 alert certificate expired", cause);
        bench.Deliver = bench.Link.Deliver;
        bench.Run(TimeSpan.FromHours(1), TimeSpan.FromSeconds(1));
        Assert.Equal(fault, bench.FaultOf("uplink"));
        Assert.InRange(bench.Link.Attempts, 30, 300);
        bench.Link.Reachable = true;
        bench.Run(TimeSpan.FromSeconds(70));
        Assert.Null(bench.FaultOf("uplink"));
        bench.BridgeHoldsTheJournal();
    }

    [Fact]
    public void A_line_that_fails_as_well_takes_nothing_back_and_another_cause_replaces_the_first()
    {
        using var bench = new UplinkBench();
        bench.Link.Reachable = false;
        bench.Link.Loss = new MqttLinkEvent.Lost("TLS", LossCause.NotAdmitted);
        bench.Settle();
        bench.Link.Loss = new MqttLinkEvent.Lost("No route to host.");
        bench.Run(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1));
        Assert.Equal("uplink.not-admitted", bench.FaultOf("uplink"));
        bench.Link.Loss = new MqttLinkEvent.Lost("TLS", LossCause.BrokerUntrusted);
        bench.Run(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1));
        Assert.Equal("uplink.broker-untrusted", bench.FaultOf("uplink"));
    }
}
