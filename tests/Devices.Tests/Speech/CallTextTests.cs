using MotCua.Edge.Devices.Speech;
using Xunit;

namespace MotCua.Devices.Tests.Speech;

public sealed class CallTextTests
{
    private readonly CallText text = new();

    [Fact]
    public void A_call_names_ticket_and_counter() =>
        Assert.Equal("Mời công dân có số thứ tự A, một trăm linh năm, đến quầy số ba.", text.Call("A105", 3));

    [Fact]
    public void A_repeat_says_so() =>
        Assert.Equal("Xin nhắc lại, mời công dân có số thứ tự A, một trăm linh năm, đến quầy số ba.", text.Repeat("A105", 3));

    [Fact]
    public void A_missed_ticket_is_sent_to_the_help_desk() =>
        Assert.Equal("Công dân có số thứ tự A, một trăm linh năm, đã lỡ lượt, vui lòng đến bàn hướng dẫn.", text.Missed("A105"));

    [Fact]
    public void Without_paper_the_number_is_told() =>
        Assert.Equal("Máy hết giấy. Số của quý vị là A, một trăm linh năm. Vui lòng ghi nhớ.", text.NoPaper("A105"));

    [Fact]
    public void A_centre_may_speak_its_own_way() =>
        Assert.Equal(
            "Mời công dân có số thứ tự H, không không bảy, đến quầy số hai mươi mốt.",
            new CallText(new SpokenStyle(NumberDialect.Southern, NumberReading.Digits)).Call("H007", 21));

    [Theory]
    [InlineData("A007", "A, bảy")]
    [InlineData("A000", "A, không")]
    [InlineData("A105", "A, một trăm linh năm")]
    [InlineData("K1005", "K, một nghìn không trăm linh năm")]
    [InlineData("Đ015", "Đ, mười lăm")]
    [InlineData("AB012", "A B, mười hai")]
    [InlineData("042", "bốn mươi hai")]
    [InlineData("A12345678", "A, một hai ba bốn năm sáu bảy tám")]
    public void A_ticket_is_its_letter_and_its_number_without_leading_zeros(string ticket, string words) =>
        Assert.Equal(words, TicketWords.Say(ticket));

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("A-12")]
    [InlineData("A12\n")]
    [InlineData("A12B")]
    [InlineData("A123456789012")]
    public void What_is_not_a_ticket_number_is_refused(string ticket) =>
        Assert.Throws<ArgumentException>(() => TicketWords.Say(ticket));

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void What_is_not_a_counter_is_refused(int counter) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => text.Call("A105", counter));

    [Theory]
    [InlineData("A a|B bê|C xê|D dê|Đ đê|E e|G giê|H hát|K ca|L e-lờ|M em-mờ|N en-nờ|P pê|Q quy|S ét-sì|T tê|V vê|X ích-xì")]
    public void Every_series_letter_has_its_name(string table)
    {
        foreach (var row in table.Split('|'))
        {
            Assert.Equal(row[2..], LetterNames.Of(row[0]));
        }
    }

    [Theory]
    [InlineData("số thứ tự S, bảy, đến", "số thứ tự ét-sì, bảy, đến")]
    [InlineData("X B, bảy", "ích-xì bê, bảy")]
    [InlineData("Là Đ.", "Là đê.")]
    [InlineData("Mời An đến CA 3, Z.", "Mời An đến CA 3, Z.")]
    public void Only_letters_that_stand_alone_are_written_out(string text, string spelled) =>
        Assert.Equal(spelled, LetterNames.SpellOut(text));

    [Theory]
    [InlineData("")]
    [InlineData("một\0hai")]
    [InlineData("một\nhai")]
    public void An_announcement_holds_plain_text(string text) =>
        Assert.Throws<ArgumentException>(() => new Announcement(null, text, 0));

    [Fact]
    public void An_announcement_is_bounded() =>
        Assert.Throws<ArgumentException>(() => new Announcement(null, new string('a', Announcement.MaxTextLength + 1), 0));
}
