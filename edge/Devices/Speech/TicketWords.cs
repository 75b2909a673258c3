namespace MotCua.Edge.Devices.Speech;

/// <summary>A ticket number as it is said: its letter, a pause, its number.</summary>
public static class TicketWords
{
    /// <summary>The longest text that a ticket number may have.</summary>
    public const int MaxLength = 12;

    // What fits VietnameseNumbers.Max; longer numbers are read digit by digit rather than not at all.
    private const int MaxWholeDigits = 7;

    /// <param name="ticket">As printed: capital letters (none is allowed), then digits, such as "A105"; at most <see cref="MaxLength"/> characters.</param>
    /// <returns>Such as "A, một trăm linh năm". Letters stay letters; a synthesiser writes them out with <see cref="LetterNames.SpellOut"/>.</returns>
    /// <exception cref="ArgumentException">Not a ticket number.</exception>
    public static string Say(string ticket, SpokenStyle style = default)
    {
        var letters = ticket.TakeWhile(char.IsLetter).Count();
        var digits = ticket[letters..];
        if (ticket.Length > MaxLength || digits.Length == 0 || !digits.All(char.IsAsciiDigit))
        {
            throw new ArgumentException($"'{ticket}' is not a ticket number: letters, then digits, at most {MaxLength} characters.", nameof(ticket));
        }

        var significant = digits.TrimStart('0');
        var number = style.Reading == NumberReading.Digits || significant.Length > MaxWholeDigits
            ? VietnameseNumbers.SayDigits(digits)
            : VietnameseNumbers.Say(significant.Length == 0 ? 0 : int.Parse(significant), style.Dialect);
        return letters == 0 ? number : $"{string.Join(' ', ticket[..letters].ToUpperInvariant().ToCharArray())}, {number}";
    }
}
