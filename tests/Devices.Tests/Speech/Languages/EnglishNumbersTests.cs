using FsCheck;
using FsCheck.Fluent;
using MotCua.Edge.Devices.Speech.Languages;
using Xunit;

namespace MotCua.Devices.Tests.Speech.Languages;

public sealed class EnglishNumbersTests
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    [Theory]
    [InlineData(0, "zero")]
    [InlineData(7, "seven")]
    [InlineData(13, "thirteen")]
    [InlineData(20, "twenty")]
    [InlineData(21, "twenty one")]
    [InlineData(40, "forty")]
    [InlineData(100, "one hundred")]
    [InlineData(101, "one hundred and one")]
    [InlineData(115, "one hundred and fifteen")]
    [InlineData(999, "nine hundred and ninety nine")]
    [InlineData(1000, "one thousand")]
    [InlineData(1005, "one thousand and five")]
    [InlineData(1105, "one thousand one hundred and five")]
    [InlineData(21_000, "twenty one thousand")]
    [InlineData(115_000, "one hundred and fifteen thousand")]
    [InlineData(1_005_000, "one million five thousand")]
    [InlineData(1_000_005, "one million and five")]
    [InlineData(9_999_999, "nine million nine hundred and ninety nine thousand nine hundred and ninety nine")]
    public void A_number_is_said_in_words(int number, string words) => Assert.Equal(words, EnglishNumbers.Say(number));

    [Fact]
    public void Any_number_reads_back_to_itself() =>
        Prop.ForAll(Gen.OneOf(Gen.Choose(0, 9999), Gen.Choose(0, SpokenLanguage.MaxNumber)).ToArbitrary(), static number => Read(EnglishNumbers.Say(number)) == number)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void And_stands_only_where_it_joins() =>
        Prop.ForAll(Gen.Choose(0, SpokenLanguage.MaxNumber).ToArbitrary(), static number =>
        {
            var said = EnglishNumbers.Say(number).Split(' ');
            return said.Index().Where(word => word.Item == "and").All(word =>
                word.Index > 0 && said[word.Index - 1] is "hundred" or "thousand" or "million" && word.Index + 1 < said.Length && (Small.Contains(said[word.Index + 1]) || Tens.Contains(said[word.Index + 1])));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData(-1)]
    [InlineData(10_000_000)]
    public void A_number_outside_the_range_is_refused(int number) => Assert.Throws<ArgumentOutOfRangeException>(() => EnglishNumbers.Say(number));

    private static int Read(string words)
    {
        var (total, group) = (0, 0);
        foreach (var word in words.Split(' '))
        {
            (total, group) = word switch
            {
                "and" => (total, group),
                "hundred" => (total, group * 100),
                "thousand" => (total + group * 1000, 0),
                "million" => (total + group * 1_000_000, 0),
                _ when Tens.Contains(word) => (total, group + Array.IndexOf(Tens, word) * 10 + 20),
                _ => (total, group + Array.IndexOf(Small, word)),
            };
        }

        return total + group;
    }
}
