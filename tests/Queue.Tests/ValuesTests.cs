using Xunit;

namespace MotCua.Edge.Queue.Tests;

public sealed class ValuesTests
{
    [Theory]
    [InlineData("thiếu bản sao", true)]
    [InlineData("", false)]
    [InlineData("   ", false)]
    [InlineData("hai\ndòng", false)]
    public void A_reason_is_one_line_of_words(string text, bool valid) => Assert.Equal(valid, Reason.IsValid(text));

    [Theory]
    [InlineData(120, true)]
    [InlineData(121, false)]
    public void A_reason_is_bounded(int length, bool valid)
    {
        Assert.Equal(valid, Reason.IsValid(new string('a', length)));
        Assert.Equal(!valid, Throws(() => _ = new Reason(new string('a', length))));
    }

    [Theory]
    [InlineData("hen-1", true)]
    [InlineData("A9", true)]
    [InlineData("", false)]
    [InlineData("hẹn", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    public void An_appointments_id_is_letters_digits_and_dashes(string text, bool valid) => Assert.Equal(!valid, Throws(() => _ = new AppointmentId(text)));

    [Fact]
    public void An_appointments_id_has_at_most_forty()
    {
        Assert.Equal(40, new AppointmentId(new string('a', 40)).ToString().Length);
        Assert.True(Throws(() => _ = new AppointmentId(new string('a', 41))));
    }

    [Theory]
    [InlineData("quay-3", true)]
    [InlineData("Quầy 3", false)]
    public void Places_and_groups_are_plain_codes(string text, bool valid)
    {
        Assert.Equal(!valid, Throws(() => _ = new HelpPlace(text)));
        Assert.Equal(!valid, Throws(() => _ = new PriorityCode(text)));
    }

    [Theory]
    [InlineData("vi", true)]
    [InlineData("mtq", true)]
    [InlineData("v", false)]
    [InlineData("vini", false)]
    [InlineData("VI", false)]
    [InlineData("v1", false)]
    [InlineData("", false)]
    public void A_language_is_two_or_three_small_letters(string text, bool valid)
    {
        Assert.Equal(valid, LanguageCode.IsValid(text));
        Assert.Equal(!valid, Throws(() => _ = new LanguageCode(text)));
    }

    [Fact]
    public void The_shortest_values_are_valid()
    {
        Assert.Equal("a", new AppointmentId("a").ToString());
        Assert.Equal("x", new Reason("x").ToString());
        Assert.Equal('Z', new TicketNumber('Z', 1).Series);
    }

    [Fact]
    public void What_is_not_a_value_says_what_one_looks_like()
    {
        Assert.Contains("1 to 120", Message(() => _ = new Reason("")), StringComparison.Ordinal);
        Assert.Contains("'Ưu tiên'", Message(() => _ = new PriorityCode("Ưu tiên")), StringComparison.Ordinal);
        Assert.Contains("two or three", Message(() => _ = new LanguageCode("VI")), StringComparison.Ordinal);
        Assert.Contains("1 to 40", Message(() => _ = new AppointmentId("")), StringComparison.Ordinal);
        Assert.Contains("'Sảnh'", Message(() => _ = new HelpPlace("Sảnh")), StringComparison.Ordinal);
        Assert.Contains("'Đất đai'", Message(() => _ = new ServiceCode("Đất đai")), StringComparison.Ordinal);
        Assert.Contains("A..Z", Message(() => _ = new TicketNumber('a', 1)), StringComparison.Ordinal);
        Assert.Contains("9,999,999", Message(() => _ = new TicketNumber('A', 0)), StringComparison.Ordinal);
        Assert.Contains("22 characters", Message(() => _ = new FollowToken("short")), StringComparison.Ordinal);

        static string Message(Action make) => Assert.ThrowsAny<ArgumentException>(make).Message;
    }

    [Fact]
    public void Every_moment_has_a_wall_time_in_viet_nam_and_every_wall_time_a_moment()
    {
        var hour = TimeSpan.FromHours(7);
        Assert.Equal(new DateTime(2026, 3, 2, 0, 30, 0), BusinessDate.Local(new DateTimeOffset(2026, 3, 1, 17, 30, 0, TimeSpan.Zero)));
        Assert.Equal(DateTime.MaxValue, BusinessDate.Local(DateTimeOffset.MaxValue));
        Assert.Equal(DateTime.MaxValue, BusinessDate.Local(new DateTimeOffset(DateTime.MaxValue - hour, TimeSpan.Zero)));
        Assert.Equal(DateTime.MaxValue.AddTicks(-1), BusinessDate.Local(new DateTimeOffset(DateTime.MaxValue.AddTicks(-1) - hour, TimeSpan.Zero)));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 17, 30, 0, TimeSpan.Zero), BusinessDate.OfLocal(new DateTime(2026, 3, 2, 0, 30, 0)));
        Assert.Equal(DateTime.MinValue.AddDays(1), BusinessDate.OfLocal(DateTime.MinValue).DateTime);
        Assert.Equal(DateTime.MinValue.AddDays(1), BusinessDate.OfLocal(DateTime.MinValue + hour).DateTime);
        Assert.Equal(DateTime.MinValue + hour + TimeSpan.FromTicks(1), BusinessDate.OfLocal(DateTime.MinValue + hour + TimeSpan.FromTicks(1)).DateTime);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(99, true)]
    [InlineData(100, false)]
    public void Counters_are_numbered_1_to_99(int number, bool valid) => Assert.Equal(!valid, Throws(() => _ = new CounterId(number)));

    [Theory]
    [InlineData("A001", 1)]
    [InlineData("A1005", 1005)]
    [InlineData("A9999999", 9_999_999)]
    public void A_number_is_read_as_it_is_written(string text, int value)
    {
        Assert.Equal(value, TicketNumber.Parse(text).Value);
        Assert.Equal(text, TicketNumber.Parse(text).ToString());
    }

    [Theory]
    [InlineData("A01")]
    [InlineData("A00000001")]
    [InlineData("a001")]
    [InlineData("[001")]
    [InlineData("@001")]
    [InlineData("A000")]
    [InlineData("A-01")]
    public void What_is_no_number_is_refused(string text) => Assert.Throws<FormatException>(() => TicketNumber.Parse(text));

    [Theory]
    [InlineData('@', 1)]
    [InlineData('[', 1)]
    [InlineData('A', 0)]
    [InlineData('A', 10_000_000)]
    public void A_number_outside_its_range_cannot_be_made(char series, int value) => Assert.Throws<ArgumentOutOfRangeException>(() => new TicketNumber(series, value));

    [Theory]
    [InlineData("", false)]
    [InlineData("a", true)]
    [InlineData("az09-", true)]
    [InlineData("A", false)]
    [InlineData("{", false)]
    [InlineData("a_b", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyz012345", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456", false)]
    public void A_service_code_is_short_and_plain(string text, bool valid)
    {
        Assert.Equal(valid, ServiceCode.IsValid(text));
        Assert.Equal(!valid, Throws(() => _ = new ServiceCode(text)));
    }

    [Theory]
    [InlineData("abcdefghijklmnopqrst-_", true)]
    [InlineData("abcdefghijklmnopqrstu", false)]
    [InlineData("abcdefghijklmnopqrstuvw", false)]
    [InlineData("abcdefghijklmnopqrstu+", false)]
    public void A_follow_token_is_22_of_base64url(string text, bool valid) => Assert.Equal(!valid, Throws(() => _ = new FollowToken(text)));

    private static bool Throws(Action act)
    {
        try
        {
            act();
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
