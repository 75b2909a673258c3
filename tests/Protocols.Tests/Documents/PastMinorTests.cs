using MotCua.Protocols.Events;

namespace MotCua.Protocols.Tests.Documents;

/// <summary>Examples of minors that are past, as they were written then; a folder of <c>protocols/examples/</c> each. They are never written anew.</summary>
public sealed class PastMinorTests
{
    public static TheoryData<string> Examples => [.. Directory.GetDirectories(Path.Combine(Golden.Protocols, "examples"))
        .SelectMany(minor => Directory.GetFiles(minor, "*.json"))
        .Where(file => EventTypes.InfoOf(Path.GetFileNameWithoutExtension(file)) is not null || Path.GetFileName(file) == "evt.json")
        .Select(file => Path.GetRelativePath(Golden.Protocols, file))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void What_an_older_edge_wrote_is_still_read(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Golden.Protocols, file)).AsSpan().TrimEnd((byte)'\n').ToArray();
        var type = Path.GetFileNameWithoutExtension(file);
        if (type == "evt")
        {
            var batch = EventBatchReader.TryRead(bytes, out var reason);
            Assert.NotNull(batch);
            Assert.Equal("", reason);
            Assert.All(batch.Events, one => Assert.NotNull(EventCodec.Read(one.Span).Data));
            return;
        }

        var read = EventCodec.Read(bytes);
        Assert.Equal(type, read.Type);
        Assert.Equal(EventTypes.InfoOf(type)!.Type, read.Data?.GetType());
    }

    [Fact]
    public void A_call_of_the_first_minor_has_no_grounds_and_a_ticket_of_it_no_credit()
    {
        var called = Assert.IsType<TicketCalled>(EventCodec.Read(Golden.Example("1.0/ticket.called")).Data);
        Assert.Null(called.Grounds);
        var issued = Assert.IsType<TicketIssued>(EventCodec.Read(Golden.Example("1.0/ticket.issued")).Data);
        Assert.Equal((null, 0, null, null, null, null), (issued.Priority, issued.CreditSeconds, issued.Appointment, issued.Slot, issued.Language, issued.Procedure));
    }
}
