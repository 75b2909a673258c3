namespace MotCua.Protocols.Tests.State;

public sealed class TopicsTests
{
    private static readonly CentreId Centre = new("phuong-viet-tri");

    [Fact]
    public void Every_topic_of_a_centre_is_told_apart()
    {
        (string Topic, string Kind, string Id)[] topics =
        [
            (Topics.State(Centre), "state", ""), (Topics.Birth(Centre), "birth", ""), (Topics.Health(Centre), "health", ""),
            (Topics.Events(Centre), "evt", ""), (Topics.Device(Centre, "loa-sanh"), "dev", "loa-sanh"),
        ];
        foreach (var (topic, kind, id) in topics)
        {
            Assert.True(Topics.TryParseUp(topic, out var centre, out var found, out var foundId), topic);
            Assert.Equal((Centre, kind, id), (centre, found, foundId));
        }
    }

    [Theory]
    [InlineData("motcua/v1/phuong-viet-tri/down/ack")]
    [InlineData("motcua/v2/phuong-viet-tri/up/evt")]
    [InlineData("motcua/v1/Phuong/up/evt")]
    [InlineData("motcua/v1/phuong-viet-tri/up")]
    [InlineData("motcua/v1/phuong-viet-tri/up/evt/1")]
    [InlineData("motcua/v1/phuong-viet-tri/up/dev")]
    [InlineData("motcua/v1/phuong-viet-tri/up/dev/")]
    [InlineData("motcua/v1/phuong-viet-tri/up/dev/a/b")]
    [InlineData("motcua/v1/phuong-viet-tri/up/gossip")]
    [InlineData("a/motcua/v1/phuong-viet-tri/up/evt")]
    [InlineData("")]
    public void A_topic_that_is_not_of_the_contract_is_refused(string topic) => Assert.False(Topics.TryParseUp(topic, out _, out _, out _));

    [Theory]
    [InlineData("ab", true)]
    [InlineData("phuong-viet-tri-2", true)]
    [InlineData("a", false)]
    [InlineData("2ab", false)]
    [InlineData("Ab", false)]
    [InlineData("a+", false)]
    [InlineData("ab\n", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void A_centre_id_fits_a_topic_level_and_a_certificate_name(string text, bool valid) => Assert.Equal(valid, CentreId.IsValid(text));
}
