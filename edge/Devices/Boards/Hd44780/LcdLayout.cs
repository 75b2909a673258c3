namespace MotCua.Edge.Devices.Boards.Hd44780;

/// <summary>What the hall LCD says for a view.</summary>
/// <example>
/// <code>
/// DANG GOI      CHO 12
/// SO A105  QUAY 3
/// SO H007  QUAY 12
/// SO A104  QUAY 1
/// </code>
/// </example>
internal static class LcdLayout
{
    /// <summary>Calls below the heading.</summary>
    public const int CallLines = LcdPage.Rows - 1;

    private const int MostWaiting = 9999;

    public static LcdPage Page(BoardView view) => new(view.Notice is { } notice ? Centred(notice) : Calls(view));

    private static List<string> Calls(BoardView view)
    {
        const string heading = "DANG GOI";
        var waiting = $"CHO {Math.Clamp(view.Waiting, 0, MostWaiting)}";
        return
        [
            heading + waiting.PadLeft(LcdPage.Columns - heading.Length),
            .. view.Calls.Take(CallLines).Select(call => $"SO {VietnameseFolding.Fold(call.Ticket),-5} QUAY {call.Counter}"),
        ];
    }

    private static List<string> Centred(string notice)
    {
        var lines = Wrap(VietnameseFolding.Fold(notice)).Take(LcdPage.Rows).Select(Centre).ToList();
        var above = (LcdPage.Rows - lines.Count) / 2;
        return [.. Enumerable.Repeat("", above), .. lines];
    }

    private static string Centre(string line) => line.PadLeft(line.Length + (LcdPage.Columns - line.Length) / 2);

    private static IEnumerable<string> Wrap(string text)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => word.Chunk(LcdPage.Columns)))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > LcdPage.Columns)
            {
                yield return line;
                line = "";
            }

            line += (line.Length > 0 ? " " : "") + new string(word);
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }
}
