using System.Collections.Immutable;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Devices.Speech.Languages;

/// <summary>The phrases that every language has. A ticket and, in a call, a counter stand between them.</summary>
/// <param name="Call">Before the ticket of a call.</param>
/// <param name="CallAgain">The same when it is a repetition.</param>
/// <param name="ToCounter">Between ticket and counter.</param>
/// <param name="Citizen">Before the ticket of somebody who missed the turn.</param>
/// <param name="Missed">After it: where to go.</param>
/// <param name="NoPaper">Before a ticket for which the printer has no paper.</param>
/// <param name="NoPrint">Before one that could not be printed for any other reason: nobody is to look for paper.</param>
/// <param name="Remember">After it.</param>
public sealed record Phrases(string Call, string CallAgain, string ToCounter, string Citizen, string Missed, string NoPaper, string NoPrint, string Remember);

/// <summary>A language in which the hall is spoken to. Each one is a file beside this and a row of <see cref="SpokenLanguages"/>.</summary>
/// <param name="number">Reads 0 to <see cref="MaxNumber"/> as tokens.</param>
/// <param name="digits">The ten digits, in order.</param>
/// <param name="alphabet">The letters that a series usually has, each with a clip.</param>
public sealed class SpokenLanguage(
    LanguageCode code, string name, Phrases phrases, Func<int, NumberDialect, List<Token>> number, ImmutableArray<Token> digits, ImmutableArray<Token> numerals, string alphabet)
{
    public const int MaxNumber = 9_999_999;

    /// <summary>The longest text that a ticket number may have.</summary>
    public const int MaxTicketLength = 12;

    // What fits MaxNumber; longer numbers are read digit by digit rather than not at all.
    private const int MaxWholeDigits = 7;

    public LanguageCode Code => code;

    /// <summary>In Vietnamese, for pages and reports.</summary>
    public string Name => name;

    /// <summary>No synthesiser speaks it, and its words stand here in Vietnamese: whoever records a voice pack says them in this language.</summary>
    public bool IsOnlyRecorded { get; init; }

    /// <summary>The other letters that a series may have; a voice pack may hold them.</summary>
    public string RareLetters { get; init; } = "";

    /// <summary>Clips that a voice pack may hold and is whole without.</summary>
    public ImmutableArray<Token> RareClips => [new("no-print", phrases.NoPrint), .. RareLetters.Select(Letter)];

    /// <summary>Every clip of a whole voice pack, in the order in which it is recorded.</summary>
    public ImmutableArray<Token> Clips =>
    [
        new("call", phrases.Call), new("call-again", phrases.CallAgain), new("to-counter", phrases.ToCounter), new("citizen", phrases.Citizen), new("missed", phrases.Missed),
        new("no-paper", phrases.NoPaper), new("remember", phrases.Remember), .. digits, .. numerals, .. alphabet.Select(Letter),
    ];

    /// <summary>Invites a citizen to a counter.</summary>
    /// <param name="ticket">As printed: capital letters (none is allowed), then digits, such as "A105"; at most <see cref="MaxTicketLength"/> characters.</param>
    /// <param name="counter">1 to 99.</param>
    /// <param name="again">The citizen was called before.</param>
    /// <exception cref="ArgumentException">Not a ticket number, or not a counter.</exception>
    public Sentence Call(string ticket, int counter, bool again, SpokenStyle style = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(counter, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(counter, 99);
        return Sentence(
        [
            again ? new("call-again", phrases.CallAgain) : new("call", phrases.Call), .. Ticket(ticket, style, Breath.Comma),
            new("to-counter", phrases.ToCounter), .. Ending(number(counter, style.Dialect), Breath.FullStop),
        ]);
    }

    /// <exception cref="ArgumentException">Not a ticket number.</exception>
    public Sentence Missed(string ticket, SpokenStyle style = default) =>
        Sentence([new("citizen", phrases.Citizen), .. Ticket(ticket, style, Breath.Comma), new("missed", phrases.Missed, Breath.FullStop)]);

    /// <summary>Replaces the paper: the citizen keeps the number in mind.</summary>
    /// <exception cref="ArgumentException">Not a ticket number.</exception>
    public Sentence NoPaper(string ticket, SpokenStyle style = default) =>
        Sentence([new("no-paper", phrases.NoPaper), .. Ticket(ticket, style, Breath.FullStop), new("remember", phrases.Remember, Breath.FullStop)]);

    /// <inheritdoc cref="NoPaper"/>
    public Sentence NoPrint(string ticket, SpokenStyle style = default) =>
        Sentence([new("no-print", phrases.NoPrint), .. Ticket(ticket, style, Breath.FullStop), new("remember", phrases.Remember, Breath.FullStop)]);

    /// <summary>A ticket number as it is said: its letters, a pause, its number.</summary>
    /// <exception cref="ArgumentException">Not a ticket number.</exception>
    public ImmutableArray<Token> Ticket(string ticket, SpokenStyle style, Breath after)
    {
        var letters = ticket.TakeWhile(char.IsLetter).Count();
        var figures = ticket[letters..];
        if (ticket.Length > MaxTicketLength || figures.Length == 0 || !figures.All(char.IsAsciiDigit))
        {
            throw new ArgumentException($"'{ticket}' is not a ticket number: letters, then digits, at most {MaxTicketLength} characters.", nameof(ticket));
        }

        var significant = figures.TrimStart('0');
        var said = style.Reading == NumberReading.Digits || significant.Length > MaxWholeDigits
            ? [.. figures.Select(figure => digits[figure - '0'])]
            : number(significant.Length == 0 ? 0 : int.Parse(significant, System.Globalization.CultureInfo.InvariantCulture), style.Dialect);
        var series = Ending([.. ticket[..letters].ToUpperInvariant().Select(Letter)], Breath.Comma);
        return [.. series, .. Ending(said, after)];
    }

    // Letters stay letters in the text; an engine writes their names out where its language needs that.
    private static Token Letter(char letter) => new($"letter-{(letter == 'Đ' ? "dd" : char.ToLowerInvariant(letter))}", letter.ToString());

    private static List<Token> Ending(List<Token> tokens, Breath after)
    {
        if (tokens.Count > 0)
        {
            tokens[^1] = tokens[^1] with { After = after };
        }

        return tokens;
    }

    private Sentence Sentence(ImmutableArray<Token> tokens) => new(code, tokens) { Label = IsOnlyRecorded ? name : null };
}
