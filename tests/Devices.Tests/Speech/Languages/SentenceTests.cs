using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Queue;
using Xunit;

namespace MotCua.Devices.Tests.Speech.Languages;

public sealed class SentenceTests
{
    private static readonly SpokenLanguage Language = Vietnamese.Language;

    [Fact]
    public void A_call_names_ticket_and_counter() =>
        Assert.Equal("Mời công dân có số thứ tự A, một trăm linh năm, đến quầy số ba.", Language.Call("A105", 3, again: false).Text);

    [Fact]
    public void A_repeat_says_so() =>
        Assert.Equal("Xin nhắc lại, mời công dân có số thứ tự A, một trăm linh năm, đến quầy số ba.", Language.Call("A105", 3, again: true).Text);

    [Fact]
    public void A_missed_ticket_is_sent_to_the_help_desk() =>
        Assert.Equal("Công dân có số thứ tự A, một trăm linh năm, đã lỡ lượt, vui lòng đến bàn hướng dẫn.", Language.Missed("A105").Text);

    [Fact]
    public void Without_paper_the_number_is_told() =>
        Assert.Equal("Máy hết giấy. Số của quý vị là A, một trăm linh năm. Vui lòng ghi nhớ.", Language.NoPaper("A105").Text);

    [Fact]
    public void A_ticket_that_was_not_printed_for_another_reason_says_nothing_of_paper() =>
        Assert.Equal("Máy chưa in được phiếu. Số của quý vị là A, một trăm linh năm. Vui lòng ghi nhớ.", Language.NoPrint("A105").Text);

    [Fact]
    public void A_centre_may_speak_its_own_way() =>
        Assert.Equal(
            "Mời công dân có số thứ tự H, không không bảy, đến quầy số hai mươi mốt.",
            Language.Call("H007", 21, again: false, new SpokenStyle(NumberDialect.Southern, NumberReading.Digits)).Text);

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
        Assert.Equal(words, Sentence.Join(Language.Ticket(ticket, default, Breath.None)));

    [Theory]
    [InlineData("en", "Number A, one hundred and five, please go to counter twenty one.")]
    [InlineData("mtq", "[Tiếng Mường] Mời công dân có số thứ tự A, một trăm linh năm, đến quầy số hai mươi mốt.")]
    public void Another_language_calls_in_its_own_words(string language, string words) =>
        Assert.Equal(words, SpokenLanguages.Find(new LanguageCode(language))!.Call("A105", 21, again: false).Text);

    [Fact]
    public void English_says_its_other_sentences()
    {
        Assert.Equal("Once more, number H, seven, please go to counter ten.", English.Language.Call("H007", 10, again: true).Text);
        Assert.Equal("Number H, seven, has missed its turn, please go to the help desk.", English.Language.Missed("H007").Text);
        Assert.Equal("The machine is out of paper. Your number is H, zero zero seven. Please remember it.", English.Language.NoPaper("H007", new SpokenStyle(default, NumberReading.Digits)).Text);
    }

    [Fact]
    public void A_whole_voice_pack_holds_a_clip_for_all_that_a_language_ever_says()
    {
        foreach (var language in SpokenLanguages.All)
        {
            var clips = language.Clips.Select(clip => clip.Name).ToHashSet();
            Assert.Equal(clips.Count, language.Clips.Length);
            Assert.All(clips, name => Assert.True(name.Length <= 32 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'), name));
            foreach (var reading in new[] { NumberReading.Whole, NumberReading.Digits })
            {
                var style = new SpokenStyle(NumberDialect.Southern, reading);
                var said = Enumerable.Range(1, 99).SelectMany(counter => language.Call("A1234567", counter, counter % 2 == 0, style).Tokens)
                    .Concat("ABCDĐEGHKLMNPQSTVX".SelectMany(series => language.Missed($"{series}{series * 7919}", style).Tokens))
                    .Concat(language.NoPaper("H9999999", style).Tokens).Concat(language.NoPrint("H9999999", style).Tokens).Select(token => token.Name).ToHashSet();
                Assert.Equal(["no-print"], said.Except(clips)); // Young enough that a pack recorded before it is still whole.
            }
        }
    }

    [Fact]
    public void What_is_heard_as_one_word_is_one_clip_whatever_the_region() => Assert.Equal(
        Language.Call("A1005", 3, again: false).Tokens.Select(token => token.Name),
        Language.Call("A1005", 3, again: false, new SpokenStyle(NumberDialect.Southern, default)).Tokens.Select(token => token.Name));

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("A-12")]
    [InlineData("A12\n")]
    [InlineData("A12B")]
    [InlineData("A123456789012")]
    public void What_is_not_a_ticket_number_is_refused(string ticket) =>
        Assert.Throws<ArgumentException>(() => Language.Ticket(ticket, default, Breath.None));

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void What_is_not_a_counter_is_refused(int counter) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Language.Call("A105", counter, again: false));

    [Theory]
    [InlineData("A a|B bê|C xê|D dê|Đ đê|E e|F ép|G giê|H hát|I i|J gi|K ca|L e-lờ|M em-mờ|N en-nờ|O o|P pê|Q quy|S ét-sì|T tê|U u|V vê|W vê kép|X ích-xì|Y i dài|Z dét")]
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
    [InlineData("Mời An đến CA 3, Z.", "Mời An đến CA 3, dét.")]
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
