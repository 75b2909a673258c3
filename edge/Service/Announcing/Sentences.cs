namespace MotCua.Edge.Announcing;

/// <summary>Cuts a text where people breathe, so that a call can go between two sentences and what was cut short is not said from the very beginning.</summary>
internal static class Sentences
{
    /// <summary>Characters of a piece: some 40 s, which is how long a call may wait for it.</summary>
    public const int LongestPiece = 500;

    /// <summary>Shorter sentences go with the next, so that a text has few pieces.</summary>
    private const int ShortestPiece = 150;

    private const string Ends = ".!?;…";

    /// <param name="text">Any text without control characters; blanks at both ends of a piece are dropped.</param>
    /// <returns>Pieces of at most <see cref="LongestPiece"/> characters, in order; none of a blank text.</returns>
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
        var most = Math.Min(text.Length, LongestPiece);
        for (var i = Math.Min(most, ShortestPiece) - 1; i < most; i++)
        {
            // "Nghị định 61.2018" and "v.v" go on; a sentence ends before a blank.
            if (Ends.Contains(text[i]) && (i + 1 == text.Length || text[i + 1] == ' '))
            {
                return i + 1;
            }
        }

        if (text.Length <= most)
        {
            return text.Length;
        }

        var blank = text.LastIndexOf(' ', most - 1);
        return blank > 0 ? blank : char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
    }
}
