using System.Collections.Immutable;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Devices.Speech.Languages;

/// <summary>English, for guests of the centre.</summary>
public static class English
{
    public static SpokenLanguage Language { get; } = new(
        new LanguageCode("en"), "Tiếng Anh",
        new Phrases(
            Call: "Number",
            CallAgain: "Once more, number",
            ToCounter: "please go to counter",
            Citizen: "Number",
            Missed: "has missed its turn, please go to the help desk",
            NoPaper: "The machine is out of paper. Your number is",
            NoPrint: "Your ticket could not be printed. Your number is",
            Remember: "Please remember it"),
        EnglishNumbers.Tokens, EnglishNumbers.Digits, EnglishNumbers.Numerals, "ABCDĐEFGHIJKLMNOPQRSTUVWXYZ");
}

/// <summary>Numbers as they are said in English, with "and" before what follows the hundreds.</summary>
public static class EnglishNumbers
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly Token And = new("and", "and");
    private static readonly Token Hundred = new("hundred", "hundred");
    private static readonly Token Thousand = new("thousand", "thousand");
    private static readonly Token Million = new("million", "million");

    internal static ImmutableArray<Token> Digits { get; } = [.. Enumerable.Range(0, 10).Select(Under20)];

    /// <summary>The other words that numbers are made of.</summary>
    internal static ImmutableArray<Token> Numerals { get; } = [.. Enumerable.Range(10, 10).Select(Under20), .. Enumerable.Range(2, 8).Select(TensOf), And, Hundred, Thousand, Million];

    /// <summary>Says a number as a quantity, such as "one thousand and five".</summary>
    /// <param name="number">0 to <see cref="SpokenLanguage.MaxNumber"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside the range.</exception>
    public static string Say(int number) => string.Join(' ', Tokens(number, default).Select(token => token.Words));

    internal static List<Token> Tokens(int number, NumberDialect dialect)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, SpokenLanguage.MaxNumber);
        if (number == 0)
        {
            return [Under20(0)];
        }

        var words = new List<Token>(16);
        AddGroup(words, number / 1_000_000, Million);
        AddGroup(words, number / 1000 % 1000, Thousand);
        AddGroup(words, number % 1000, unit: null);
        return words;
    }

    private static void AddGroup(List<Token> words, int group, Token? unit)
    {
        var (hundreds, rest) = (group / 100, group % 100);
        if (hundreds > 0)
        {
            words.AddRange([Under20(hundreds), Hundred]);
        }

        // "One thousand and five", but "one million five thousand": the last group alone is tied to what stands before it.
        if (rest > 0 && (hundreds > 0 || (unit is null && words.Count > 0)))
        {
            words.Add(And);
        }

        if (rest >= 20)
        {
            words.Add(TensOf(rest / 10));
            rest %= 10;
        }

        if (rest > 0)
        {
            words.Add(Under20(rest));
        }

        if (group > 0 && unit is { } name)
        {
            words.Add(name);
        }
    }

    private static Token Under20(int number) => new(number.ToString(System.Globalization.CultureInfo.InvariantCulture), Small[number]);

    private static Token TensOf(int tens) => new($"{tens}0", Tens[tens - 2]);
}
