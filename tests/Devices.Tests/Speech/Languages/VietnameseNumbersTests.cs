using FsCheck;
using FsCheck.Fluent;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Languages;
using Xunit;

namespace MotCua.Devices.Tests.Speech.Languages;

public sealed class VietnameseNumbersTests
{
    private static readonly Arbitrary<int> AnyNumber =
        Gen.OneOf(Gen.Choose(0, 9999), Gen.Choose(0, SpokenLanguage.MaxNumber)).ToArbitrary();

    [Theory]
    [InlineData(0, "không")]
    [InlineData(1, "một")]
    [InlineData(2, "hai")]
    [InlineData(3, "ba")]
    [InlineData(4, "bốn")]
    [InlineData(5, "năm")]
    [InlineData(6, "sáu")]
    [InlineData(7, "bảy")]
    [InlineData(8, "tám")]
    [InlineData(9, "chín")]
    [InlineData(10, "mười")]
    [InlineData(11, "mười một")]
    [InlineData(14, "mười bốn")]
    [InlineData(15, "mười lăm")]
    [InlineData(20, "hai mươi")]
    [InlineData(21, "hai mươi mốt")]
    [InlineData(24, "hai mươi tư")]
    [InlineData(25, "hai mươi lăm")]
    [InlineData(31, "ba mươi mốt")]
    [InlineData(55, "năm mươi lăm")]
    [InlineData(100, "một trăm")]
    [InlineData(101, "một trăm linh một")]
    [InlineData(104, "một trăm linh bốn")]
    [InlineData(105, "một trăm linh năm")]
    [InlineData(110, "một trăm mười")]
    [InlineData(111, "một trăm mười một")]
    [InlineData(115, "một trăm mười lăm")]
    [InlineData(121, "một trăm hai mươi mốt")]
    [InlineData(124, "một trăm hai mươi tư")]
    [InlineData(204, "hai trăm linh bốn")]
    [InlineData(555, "năm trăm năm mươi lăm")]
    [InlineData(1000, "một nghìn")]
    [InlineData(1005, "một nghìn không trăm linh năm")]
    [InlineData(1015, "một nghìn không trăm mười lăm")]
    [InlineData(1234, "một nghìn hai trăm ba mươi tư")]
    [InlineData(10_000, "mười nghìn")]
    [InlineData(21_100, "hai mươi mốt nghìn một trăm")]
    [InlineData(1_000_005, "một triệu không trăm linh năm")]
    [InlineData(1_005_000, "một triệu không trăm linh năm nghìn")]
    [InlineData(9_999_999, "chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín")]
    public void A_number_is_said_in_the_northern_norm(int number, string words) =>
        Assert.Equal(words, VietnameseNumbers.Say(number));

    [Theory]
    [InlineData(105, "một trăm lẻ năm")]
    [InlineData(1005, "một ngàn không trăm lẻ năm")]
    [InlineData(21_000, "hai mươi mốt ngàn")]
    public void The_south_says_its_own_words(int number, string words) =>
        Assert.Equal(words, VietnameseNumbers.Say(number, NumberDialect.Southern));

    [Fact]
    public void The_two_regional_words_are_chosen_apart() =>
        Assert.Equal("một nghìn không trăm lẻ năm", VietnameseNumbers.Say(1005, new NumberDialect(GapWord.Le, ThousandWord.Nghin)));

    /// <summary>The rules of the field, written once more in another way: whole words for what the table names, and joints between them.</summary>
    [Fact]
    public void The_first_thousand_is_said_word_for_word_as_the_rules_have_it()
    {
        string[] digit = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
        var under100 = new string[100];
        for (var n = 0; n < 100; n++)
        {
            under100[n] = n < 10 ? digit[n] : n == 10 ? "mười" : n < 20 ? "mười " + (n == 15 ? "lăm" : digit[n - 10])
                : digit[n / 10] + " mươi" + new[] { "", " mốt", " hai", " ba", " tư", " lăm", " sáu", " bảy", " tám", " chín" }[n % 10];
        }

        for (var n = 0; n < 1000; n++)
        {
            var (hundreds, rest) = (n / 100, n % 100);
            var expected = hundreds == 0 ? under100[rest] : $"{digit[hundreds]} trăm" + (rest == 0 ? "" : rest < 10 ? $" linh {digit[rest]}" : $" {under100[rest]}");
            Assert.Equal(expected, VietnameseNumbers.Say(n));
        }
    }

    [Fact]
    public void Every_ticket_number_of_a_day_reads_back_to_itself()
    {
        for (var number = 0; number <= 9999; number++)
        {
            Assert.Equal(number, NumberReader.Read(VietnameseNumbers.Say(number)));
        }
    }

    [Fact]
    public void Any_number_reads_back_to_itself_in_both_dialects() =>
        Prop.ForAll(AnyNumber, static number =>
            NumberReader.Read(VietnameseNumbers.Say(number)) == number
            && NumberReader.Read(VietnameseNumbers.Say(number, NumberDialect.Southern)) == number)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void No_number_has_a_word_where_it_does_not_belong() =>
        Prop.ForAll(AnyNumber, static number => FollowsTheRules(VietnameseNumbers.Say(number)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void Digits_are_read_one_by_one_with_their_zeros() => Assert.Equal("không không bảy", VietnameseNumbers.SayDigits("007"));

    [Theory]
    [InlineData(-1)]
    [InlineData(10_000_000)]
    public void A_number_outside_the_range_is_refused(int number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => VietnameseNumbers.Say(number));

    [Fact]
    public void Only_digits_are_read_digit_by_digit() => Assert.Throws<ArgumentException>(() => VietnameseNumbers.SayDigits("٣"));

    private static bool FollowsTheRules(string words)
    {
        var said = words.Split(' ');
        for (var i = 0; i < said.Length; i++)
        {
            var before = i > 0 ? said[i - 1] : "";
            var fits = said[i] switch
            {
                "mốt" or "tư" => before == "mươi",
                "lăm" => before is "mươi" or "mười",
                "một" => before is not "mươi",
                "bốn" => before is not "mươi",
                "năm" => before is not ("mươi" or "mười"),
                "linh" => before == "trăm" && i + 1 < said.Length,
                "mươi" => before is not ("" or "không" or "một" or "mười"),
                "không" => said.Length == 1 || (before is "nghìn" or "triệu" && said[i + 1] == "trăm"),
                "trăm" or "nghìn" or "triệu" => i > 0,
                _ => said[i].Length > 0,
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }
}
