namespace MotCua.CloudBridge.Api;

/// <summary>What people write into requests.</summary>
internal static class Words
{
    /// <summary>A line of so many characters, none of which a store or a page could not hold.</summary>
    public static bool IsLine(string? text, int least, int most) =>
        text is not null && text.Trim().Length >= least && text.Length <= most && !text.Any(char.IsControl) && IsWhole(text);

    // Half a surrogate pair is no letter, and PostgreSQL would refuse it.
    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
