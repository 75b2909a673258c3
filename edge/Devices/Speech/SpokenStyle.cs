namespace MotCua.Edge.Devices.Speech;

/// <summary>What stands for an empty tens place, as in "một trăm linh năm".</summary>
public enum GapWord
{
    /// <summary>"linh", the northern norm.</summary>
    Linh,

    /// <summary>"lẻ", southern.</summary>
    Le,
}

/// <summary>The word for a thousand.</summary>
public enum ThousandWord
{
    /// <summary>"nghìn", the northern norm.</summary>
    Nghin,

    /// <summary>"ngàn", southern.</summary>
    Ngan,
}

/// <summary>Words that differ by region.</summary>
public readonly record struct NumberDialect(GapWord Gap, ThousandWord Thousand)
{
    public static NumberDialect Northern { get; } = new(GapWord.Linh, ThousandWord.Nghin);
    public static NumberDialect Southern { get; } = new(GapWord.Le, ThousandWord.Ngan);

    internal string GapSpoken => Gap == GapWord.Le ? "lẻ" : "linh";
    internal string ThousandSpoken => Thousand == ThousandWord.Ngan ? "ngàn" : "nghìn";
}

/// <summary>How the number of a ticket is read.</summary>
public enum NumberReading
{
    /// <summary>As a quantity, without leading zeros: A007 is "A, bảy".</summary>
    Whole,

    /// <summary>Digit by digit, zeros too: A007 is "A, không không bảy".</summary>
    Digits,
}

/// <summary>How a centre speaks. The default value is the northern norm with whole numbers.</summary>
public readonly record struct SpokenStyle(NumberDialect Dialect, NumberReading Reading);
