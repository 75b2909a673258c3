namespace MotCua.Edge.Announcing;

/// <summary>Cuts a text where people breathe, so that a call can go between two sentences and what was cut short is not said from the very beginning.</summary>
internal static class Sentences
{
    /// <summary>Characters of a piece: some 25 s, which is how long a call may wait for it.</summary>
    public const int LongestPiece = 300;

    /// <summary>Shorter sentences go with the next, so that a text has few pieces.</summary>
    private const int ShortestPiece = 150;

    /// <summary>A digit counts as so many characters: "15" is read as "mười lăm", and a long number digit by digit.</summary>
    public const int Digit = 6;

    private const string Ends = ".!?;…";

    /// <param name="text">Any text without control characters; blanks at both ends of a piece are dropped.</param>
    /// <returns>Pieces of at most <see cref="LongestPiece"/>, in order; none of a blank text.</returns>
    public static List<string> Of(string text)
    {
        List<string> pieces = [];
        var rest = text.Trim();
        while (rest.Length > 0)
        {
            var end = EndOfFirst(rest);
            pieces.Add(rest[..end].TrimEnd());
            rest = rest[end..].TrimStart();
        }

        return pieces;
    }

    private static int EndOfFirst(string text)
    {
        var (end, length) = (0, 0);
        while (end < text.Length && (length += char.IsDigit(text[end]) ? Digit : 1) <= LongestPiece)
        {
            end++;
            // "Nghị định 61.2018" and "v.v" go on; a sentence ends before a blank.
            if (length >= ShortestPiece && Ends.Contains(text[end - 1]) && (end == text.Length || text[end] == ' '))
            {
                return end;
            }
        }

        if (end == text.Length)
        {
            return end;
        }

        var blank = text.LastIndexOf(' ', end - 1);
        return blank > 0 ? blank : char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
    }
}
