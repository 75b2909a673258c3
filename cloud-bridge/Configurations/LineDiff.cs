namespace MotCua.CloudBridge.Configurations;

/// <summary>What changes from one text to another, line by line. Pure.</summary>
public static class LineDiff
{
    /// <summary>Lines told; the last one counts the rest.</summary>
    public const int Most = 400;

    // Texts are compared as a table of lines by lines; past this many cells only what differs at beginning and end is left out.
    private const int MostCells = 4_000_000;

    /// <returns>Lines that go, with <c>- </c> before them, and lines that come, with <c>+ </c>; in order.</returns>
    public static IReadOnlyList<string> Between(string before, string after)
    {
        var (old, fresh) = (Lines(before), Lines(after));
        var head = 0;
        while (head < old.Length && head < fresh.Length && old[head] == fresh[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < old.Length - head && tail < fresh.Length - head && old[^(tail + 1)] == fresh[^(tail + 1)])
        {
            tail++;
        }

        var changes = Middle(old[head..^tail], fresh[head..^tail]);
        return changes.Count <= Most ? changes : [.. changes.Take(Most - 1), $"… {changes.Count - Most + 1}"];
    }

    private static List<string> Middle(string[] old, string[] fresh)
    {
        if ((long)old.Length * fresh.Length > MostCells)
        {
            return [.. old.Select(line => $"- {line}"), .. fresh.Select(line => $"+ {line}")];
        }

        // Longest common run of lines from each place to the end.
        var common = new int[old.Length + 1, fresh.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = fresh.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == fresh[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var changes = new List<string>();
        var (at, to) = (0, 0);
        while (at < old.Length || to < fresh.Length)
        {
            if (at < old.Length && to < fresh.Length && old[at] == fresh[to])
            {
                (at, to) = (at + 1, to + 1);
            }
            else if (to == fresh.Length || (at < old.Length && common[at + 1, to] >= common[at, to + 1]))
            {
                changes.Add($"- {old[at++]}");
            }
            else
            {
                changes.Add($"+ {fresh[to++]}");
            }
        }

        return changes;
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
