using System.Reflection;
using Xunit;

namespace MotCua.Edge.Queue.Tests;

/// <summary>What a clerk or citizen is told when something cannot be done.</summary>
public sealed class RefusalsTests
{
    private static readonly Dictionary<Type, object> Examples = new()
    {
        [typeof(Pause)] = new Pause(new Reason("mất điện"), DateTimeOffset.UnixEpoch),
        [typeof(Service)] = new Service(new ServiceCode("dat-dai"), "Đất đai", 'L', 40),
        [typeof(CounterId)] = new CounterId(3),
        [typeof(TicketNumber)] = new TicketNumber('A', 7),
        [typeof(QueueTiming)] = new QueueTiming(),
    };

    [Fact]
    public void Every_refusal_has_a_code_of_its_own_and_says_why_in_one_sentence()
    {
        var all = All();
        Assert.True(all.Count > 40);
        Assert.Equal(all.Count, all.Select(refused => refused.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.All(all, refused =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", refused.Code);
            Assert.Matches(@"^\p{Lu}.{12,}\.$", refused.Reason);
        });
    }

    [Theory]
    [InlineData("already-paused", "mất điện")]
    [InlineData("service-paused", "Đất đai")]
    [InlineData("counter-paused", "Quầy 3")]
    [InlineData("quota-reached", "40")]
    [InlineData("pressed-twice", "A007")]
    [InlineData("ticket-at-counter", "A007")]
    public void A_refusal_names_what_it_is_about(string code, string about) =>
        Assert.Contains(about, Assert.Single(All(), refused => refused.Code == code).Reason, StringComparison.Ordinal);

    private static List<Refused> All() =>
    [
        .. typeof(Refusals).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => (Refused)property.GetValue(null)!),
        .. typeof(Refusals).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => !method.IsSpecialName)
            .Select(method => (Refused)method.Invoke(null, [.. method.GetParameters().Select(parameter => Examples[parameter.ParameterType])])!),
    ];
}
