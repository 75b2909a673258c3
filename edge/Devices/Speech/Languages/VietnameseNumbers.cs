using System.Collections.Immutable;

namespace MotCua.Edge.Devices.Speech.Languages;

/// <summary>Numbers as they are said in Vietnamese.</summary>
public static class VietnameseNumbers
{
    private static readonly Token Ten = new("10", "mười");
    private static readonly Token Tens = new("tens", "mươi");
    private static readonly Token OneAfterTens = new("1-after-tens", "mốt");
    private static readonly Token FourAfterTens = new("4-after-tens", "tư");
    private static readonly Token FiveAfterTens = new("5-after-tens", "lăm");
    private static readonly Token Hundred = new("hundred", "trăm");
    private static readonly Token Million = new("million", "triệu");

    internal static ImmutableArray<Token> Digits { get; } =
        [new("0", "không"), new("1", "một"), new("2", "hai"), new("3", "ba"), new("4", "bốn"), new("5", "năm"), new("6", "sáu"), new("7", "bảy"), new("8", "tám"), new("9", "chín")];

    /// <summary>The other words that numbers are made of; a voice says its own region's words for "linh" and "nghìn".</summary>
    internal static ImmutableArray<Token> Numerals { get; } =
        [Ten, Tens, OneAfterTens, FourAfterTens, FiveAfterTens, Gap(NumberDialect.Northern), Hundred, Thousand(NumberDialect.Northern), Million];

    /// <summary>Says a number as a quantity, such as "một nghìn không trăm linh năm".</summary>
    /// <param name="number">0 to <see cref="SpokenLanguage.MaxNumber"/>.</param>
    /// <param name="dialect">Regional words; the default is northern.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside the range.</exception>
    public static string Say(int number, NumberDialect dialect = default) => Join(Tokens(number, dialect));

    /// <summary>Says digits one by one, such as "không không bảy".</summary>
    /// <param name="digits">ASCII digits.</param>
    /// <exception cref="ArgumentException">Something else than a digit is in it.</exception>
    public static string SayDigits(string digits) => digits.All(char.IsAsciiDigit)
        ? Join(digits.Select(d => Digits[d - '0']))
        : throw new ArgumentException("Only digits can be read digit by digit.", nameof(digits));

    internal static List<Token> Tokens(int number, NumberDialect dialect)
    {
        if (number is < 0 or > SpokenLanguage.MaxNumber)
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, $"Numbers are said from 0 to {SpokenLanguage.MaxNumber}.");
        }

        if (number == 0)
        {
            return [Digits[0]];
        }

        var words = new List<Token>(16);
        AddGroup(words, number / 1_000_000, Million, dialect);
        AddGroup(words, number / 1000 % 1000, Thousand(dialect), dialect);
        AddGroup(words, number % 1000, unit: null, dialect);
        return words;
    }

    private static void AddGroup(List<Token> words, int group, Token? unit, NumberDialect dialect)
    {
        if (group == 0)
        {
            return; // An empty group is silent: 1,000,005 is "một triệu không trăm linh năm".
        }

        var (hundreds, tens, ones) = (group / 100, group / 10 % 10, group % 10);
        // Behind a higher group the hundreds are always said, else "một nghìn năm" could be 1005 or, in everyday speech, 1500.
        var saysHundreds = hundreds > 0 || words.Count > 0;
        if (saysHundreds)
        {
            words.Add(Digits[hundreds]);
            words.Add(Hundred);
        }

        switch (tens)
        {
            case 0 when ones > 0 && saysHundreds:
                words.Add(Gap(dialect));
                break;
            case 1:
                words.Add(Ten);
                break;
            case > 1:
                words.Add(Digits[tens]);
                words.Add(Tens);
                break;
        }

        if (ones > 0)
        {
            words.Add(Ones(tens, ones));
        }

        if (unit is { } name)
        {
            words.Add(name);
        }
    }

    private static Token Ones(int tens, int ones) => (tens, ones) switch
    {
        (> 1, 1) => OneAfterTens,
        (> 1, 4) => FourAfterTens,
        (> 0, 5) => FiveAfterTens,
        _ => Digits[ones],
    };

    private static Token Gap(NumberDialect dialect) => new("gap", dialect.GapSpoken);

    private static Token Thousand(NumberDialect dialect) => new("thousand", dialect.ThousandSpoken);

    private static string Join(IEnumerable<Token> tokens) => string.Join(' ', tokens.Select(token => token.Words));
}
