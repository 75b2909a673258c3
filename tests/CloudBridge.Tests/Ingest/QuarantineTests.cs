using System.Security.Cryptography;
using System.Text;
using MotCua.CloudBridge.Store;
using Xunit;

namespace MotCua.CloudBridge.Tests.Ingest;

public sealed class QuarantineTests : IDisposable
{
    private readonly BridgeRig bridge = new();
    private readonly SourceLog log = new SourceLog("viet-tri").Grow(10);

    public void Dispose() => bridge.Dispose();

    private QuarantinedMessage Quarantined(string topic, byte[] payload)
    {
        bridge.Link.Deliver(topic, payload);
        bridge.Settle();
        var row = Assert.Single(bridge.Store.ReadQuarantine(10));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(payload)), row.Sha256);
        Assert.Equal(payload.Length, row.Size);
        Assert.NotEmpty(row.Reason);
        Assert.Empty(bridge.Link.Sent);
        Assert.Equal(5, bridge.SendAndHear(log, 1, 5)?.UpTo); // The stream goes on.
        return row;
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{"epoch":"zz","from":"1","prev":"","events":[]}""")]
    public void Rubbish_on_the_events_topic_is_kept_apart(string text) =>
        Assert.Equal(log.Centre, Quarantined(log.Topic, Encoding.UTF8.GetBytes(text)).Centre);

    [Theory]
    [InlineData("motcua/v1/viet-tri/up/nonsense")]
    [InlineData("motcua/v1/viet-tri/up/evt/more")]
    [InlineData("motcua/v1/viet-tri/up/dev")]
    [InlineData("motcua/v2/viet-tri/up/evt")]
    [InlineData("motcua/v1/VIET TRI/up/evt")]
    [InlineData("elsewhere")]
    public void A_message_on_another_topic_is_kept_apart(string topic) =>
        Assert.Equal(topic, Quarantined(topic, log.Message(1, 5)).Topic);

    [Fact]
    public void An_event_that_names_another_centre_as_its_source_is_kept_apart() =>
        Assert.Contains("source", Quarantined("motcua/v1/lam-thao/up/evt", log.Message(1, 5)).Reason, StringComparison.Ordinal);

    [Fact]
    public void Ten_megabytes_are_kept_apart_with_their_head_only()
    {
        var payload = new byte[10 * 1024 * 1024];
        new Random(3).NextBytes(payload);
        Assert.Equal(payload.AsMemory(0, QuarantinedMessage.MaxHead).ToArray(), Quarantined(log.Topic, payload).Head.ToArray());
    }

    [Fact]
    public void Invalid_UTF_8_inside_a_string_is_kept_apart()
    {
        var payload = log.Message(1, 5);
        payload[payload.AsSpan().IndexOf("Đến"u8)] = 0xFF;
        Assert.Contains("UTF-8", Quarantined(log.Topic, payload).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("up/state", """{"state":"sleeping","session":1}""")]
    [InlineData("up/state", """{"session":1}""")]
    [InlineData("up/birth", """{"session":1,"name":"x","version":"1","configuration":"","epochs":[{"epoch":"no","from":1,"to":2}],"devices":[]}""")]
    [InlineData("up/dev/loa", """{"device":"bang","kind":"speaker","state":"ready","fault":null,"detail":null,"since":"2026-11-23T08:00:00+07:00"}""")]
    [InlineData("up/dev/loa", """{"device":"loa","kind":"speaker","state":"happy","fault":null,"detail":null,"since":"2026-11-23T08:00:00+07:00"}""")]
    [InlineData("up/health", "null")]
    public void A_state_message_that_makes_no_sense_is_kept_apart(string kind, string text) =>
        Quarantined($"motcua/v1/viet-tri/{kind}", Encoding.UTF8.GetBytes(text));

    [Fact]
    public void The_same_rubbish_again_and_again_is_one_row_with_a_count()
    {
        for (var i = 0; i < 20; i++)
        {
            bridge.Link.Deliver(log.Topic, "rubbish"u8.ToArray());
        }

        bridge.Settle();
        Assert.Equal(20, Assert.Single(bridge.Store.ReadQuarantine(100)).Seen);
        Assert.Equal(20, bridge.Status.Now.Quarantined);
    }

    [Fact]
    public void A_flood_of_rubbish_is_counted_and_only_some_of_each_group_is_kept()
    {
        for (var i = 0; i < 300; i++)
        {
            bridge.Link.Deliver(log.Topic, Encoding.UTF8.GetBytes($"rubbish {i}"));
        }

        bridge.Settle();
        Assert.Equal(300, bridge.Status.Now.Quarantined);
        Assert.Equal(bridge.Limits.Quarantined, bridge.Store.ReadQuarantine(1000).Count);
    }
}
