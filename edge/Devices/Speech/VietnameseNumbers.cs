namespace MotCua.Edge.Devices.Speech;

/// <summary>Numbers as they are said in Vietnamese.</summary>
public static class VietnameseNumbers
{
    public const int Max = 9_999_999;

    private static readonly string[] Digit = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

    /// <summary>Says a number as a quantity, such as "một nghìn không trăm linh năm".</summary>
    /// <param name="number">0 to <see cref="Max"/>.</param>
    /// <param name="dialect">Regional words; the default is northern.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside the range.</exception>
    public static string Say(int number, NumberDialect dialect = default)
    {
        if (number is < 0 or > Max)
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, $"Numbers are said from 0 to {Max}.");
        }

        if (number == 0)
        {
            return Digit[0];
        }

        var words = new List<string>(16);
        AddGroup(words, number / 1_000_000, "triệu", dialect);
        AddGroup(words, number / 1000 % 1000, dialect.ThousandSpoken, dialect);
        AddGroup(words, number % 1000, unit: null, dialect);
        return string.Join(' ', words);
    }

    /// <summary>Says digits one by one, such as "không không bảy".</summary>
    /// <param name="digits">ASCII digits.</param>
    /// <exception cref="ArgumentException">Something else than a digit is in it.</exception>
    public static string SayDigits(string digits) => digits.All(char.IsAsciiDigit)
        ? string.Join(' ', digits.Select(d => Digit[d - '0']))
        : throw new ArgumentException("Only digits can be read digit by digit.", nameof(digits));

    private static void AddGroup(List<string> words, int group, string? unit, NumberDialect dialect)
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
            words.Add(Digit[hundreds]);
            words.Add("trăm");
        }

        switch (tens)
        {
            case 0 when ones > 0 && saysHundreds:
                words.Add(dialect.GapSpoken);
                break;
            case 1:
                words.Add("mười");
                break;
            case > 1:
                words.Add(Digit[tens]);
                words.Add("mươi");
                break;
        }

        if (ones > 0)
        {
            words.Add(Ones(tens, ones));
        }

        if (unit is not null)
        {
            words.Add(unit);
        }
    }

    private static string Ones(int tens, int ones) => (tens, ones) switch
    {
        (> 1, 1) => "mốt",
        (> 1, 4) => "tư",
        (> 0, 5) => "lăm",
        _ => Digit[ones],
    };
}
