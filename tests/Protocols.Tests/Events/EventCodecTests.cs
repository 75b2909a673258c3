using System.Buffers;
using System.Text;
using System.Text.Json;
using MotCua.Protocols.Events;
using MotCua.Protocols.Tests.Documents;

namespace MotCua.Protocols.Tests.Events;

public sealed class EventCodecTests
{
    [Fact]
    public void What_was_written_is_read_back()
    {
        for (var i = 0; i < Samples.Events.Count; i++)
        {
            var read = EventCodec.Read(Golden.Example(EventTypes.All[i]));
            Assert.Equal(EventTypes.All[i], read.Type);
            Assert.Equal(Samples.Header(i + 1), read.Header);
            Assert.Equal(Samples.Events[i], read.Data);
        }
    }

    [Theory]
    [InlineData(ClockTrust.Unsynced)]
    [InlineData(ClockTrust.Holdover)]
    [InlineData(ClockTrust.Synced)]
    public void Trust_in_the_clock_is_read_back(ClockTrust trust)
    {
        var output = new ArrayBufferWriter<byte>();
        EventCodec.Write(output, Samples.Header(9) with { Clock = trust }, Samples.Events[2]);
        Assert.Equal(trust, EventCodec.Read(output.WrittenSpan).Header.Clock);
    }

    [Fact]
    public void What_there_is_not_is_read_back_as_nothing()
    {
        foreach (var data in (EventData[])[new JournalOpened("first", null, 0), new DeviceChanged("loa-sanh", "ready", null, null)])
        {
            Assert.Equal(data, EventCodec.Read(Samples.Bytes(1, data)).Data);
        }
    }

    [Fact]
    public void Fields_of_a_newer_edge_are_ignored()
    {
        var text = Example("ticket.called").Replace("\"clk\":", "\"tags\":{\"a\":[1,{}]},\"clk\":", StringComparison.Ordinal)
            .Replace("\"counter\":", "\"mood\":\"good\",\"counter\":", StringComparison.Ordinal);
        Assert.Equal(Samples.Events[4], Read(text).Data);
    }

    [Fact]
    public void The_order_of_the_fields_does_not_matter_to_a_reader()
    {
        var event5 = System.Text.Json.Nodes.JsonNode.Parse(Example("ticket.called"))!.AsObject();
        var reversed = new System.Text.Json.Nodes.JsonObject(event5.Reverse().Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
        Assert.Equal(Samples.Events[4], Read(reversed.ToJsonString()).Data);
    }

    [Fact]
    public void An_event_type_of_a_newer_edge_has_a_header_but_no_data()
    {
        var read = Read(Example("ticket.called").Replace("ticket.called", "ticket.praised", StringComparison.Ordinal));
        Assert.Equal("ticket.praised", read.Type);
        Assert.Equal(Samples.Header(5), read.Header);
        Assert.Null(read.Data);
    }

    [Theory]
    [InlineData("\"seq\":\"5\"", "\"seq\":\"6\"")]
    [InlineData("\"seq\":\"5\"", "\"seq\":5")]
    [InlineData("\"seq\":\"5\"", "\"seq\":\"5\",\"seq\":\"5\"")]
    [InlineData("\"seq\":\"5\"", "\"seq\":\"05\"")]
    [InlineData("\"seq\":\"5\"", "\"seq\":\"-5\"")]
    [InlineData("\"seq\":\"5\"", "\"seq\":\"5\\u0000\"")]
    [InlineData("\"seq\":\"5\"", "\"seq\":\"\\ud800\"")]
    [InlineData("\"seq\":\"5\",", "")]
    [InlineData("3f9a11c027de5b84.5", "3F9A11C027DE5B84.5")]
    [InlineData("/centres/phuong", "/centres/Phuong")]
    [InlineData("/centres/", "")]
    [InlineData("2026-11-23T07:31:10.250+07:00", "2026-11-23")]
    [InlineData("2026-11-23T07:31:10.250+07:00", "2026-11-23T07:31:10.250")]
    [InlineData("2026-11-23T07:31:10.250+07:00", "0001-01-01T00:00:00.000+14:00")]
    [InlineData("2026-11-23T07:31:10.250+07:00", "11/23/2026 07:31:10 +07:00")]
    [InlineData("\"clk\":\"synced\"", "\"clk\":\"sure\"")]
    [InlineData("\"counter\":3", "\"counter\":\"3\"")]
    [InlineData("\"counter\":3,", "")]
    [InlineData("\"number\":\"A105\"", "\"number\":null")]
    [InlineData("\"data\":{", "\"data\":{},\"data\":{")]
    [InlineData("\"type\":\"ticket.called\",", "")]
    public void What_is_no_event_is_refused_with_a_reason(string written, string forged)
    {
        var text = Example("ticket.called");
        Assert.Contains(written, text, StringComparison.Ordinal);
        Assert.NotEmpty(Assert.ThrowsAny<JsonException>(() => Read(text.Replace(written, forged, StringComparison.Ordinal))).Message);
    }

    [Fact]
    public void Nothing_may_follow_an_event() => Assert.ThrowsAny<JsonException>(() => Read(Example("ticket.called") + "{}"));

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 500)) + string.Concat(Enumerable.Repeat("]", 500));
        Assert.ThrowsAny<JsonException>(() => Read(Example("ticket.called").Replace("\"clk\":", $"\"x\":{deep},\"clk\":", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_event_that_cannot_travel_is_never_written()
    {
        var tooLong = new DeviceChanged("d", "failed", null, new string('x', EventCodec.MaxBytes));
        Assert.Throws<InvalidOperationException>(() => Samples.Bytes(1, tooLong));
    }

    [Fact]
    public void Vietnamese_letters_travel_as_themselves() => Assert.Contains("Ưu tiên: người cao tuổi", Example("ticket.called"), StringComparison.Ordinal);

    private static string Example(string type) => Encoding.UTF8.GetString(Golden.Example(type));

    private static ReadEvent Read(string text) => EventCodec.Read(Encoding.UTF8.GetBytes(text));
}
