namespace MotCua.Edge.Devices.Boards;

/// <summary>Breaks a notice into lines at its spaces.</summary>
internal static class WordWrap
{
    /// <summary>A notice comes from a person's keyboard; no board has room for more.</summary>
    private const int MostLetters = 500;

    /// <param name="fits">Whether a text has room in one line. A word that has none is cut where it ends to fit.</param>
    public static IEnumerable<string> Lines(string text, Func<string, bool> fits)
    {
        var line = "";
        foreach (var word in text[..Math.Min(text.Length, MostLetters)].Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Pieces(word, fits)))
        {
            var longer = line.Length > 0 ? $"{line} {word}" : word;
            if (line.Length > 0 && !fits(longer))
            {
                yield return line;
                longer = word;
            }

            line = longer;
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Pieces(string word, Func<string, bool> fits)
    {
        var start = 0;
        while (start < word.Length)
        {
            var length = word.Length - start;
            while (length > 1 && !fits(word.Substring(start, length)))
            {
                length--;
            }

            yield return word.Substring(start, length);
            start += length;
        }
    }
}
