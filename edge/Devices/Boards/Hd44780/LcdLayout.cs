namespace MotCua.Edge.Devices.Boards.Hd44780;

/// <summary>What the hall LCD says for a view.</summary>
/// <example>
/// <code>
/// ĐANG GỌI      CHỜ 12
/// SỐ A105  QUẦY 3
/// SỐ H007  QUẦY 12
/// SỐ A104  QUẦY 1
/// </code>
/// <para>While a number was given without paper, <c>SỐ MỚI A105</c> stands in place of the heading.</para>
/// </example>
internal static class LcdLayout
{
    /// <summary>Calls below the heading.</summary>
    public const int CallLines = LcdPage.Rows - 1;

    private const int MostWaiting = 9999;

    /// <param name="isDark">Whether a call's ticket is in the dark part of its blink.</param>
    /// <returns>At most four lines, with Vietnamese letters.</returns>
    public static List<string> Lines(BoardView view, Func<CallId, bool> isDark) => view.Notice is { } notice ? Centred(notice) : Calls(view, isDark);

    private static List<string> Calls(BoardView view, Func<CallId, bool> isDark)
    {
        var heading = view.Told is { } told ? $"SỐ MỚI {VietnameseFolding.Fold(told)}" : "ĐANG GỌI";
        var waiting = $"CHỜ {Math.Clamp(view.Waiting, 0, MostWaiting)}";
        return
        [
            heading + waiting.PadLeft(LcdPage.Columns - heading.Length),
            .. view.Calls.Take(CallLines).Select(call => $"SỐ {(isDark(call.CallId) ? "" : VietnameseFolding.Fold(call.Ticket)),-5} QUẦY {call.Counter}"),
        ];
    }

    private static List<string> Centred(string notice)
    {
        var lines = WordWrap.Lines(notice, text => Length(text) <= LcdPage.Columns).Take(LcdPage.Rows).Select(Centre).ToList();
        var above = (LcdPage.Rows - lines.Count) / 2;
        return [.. Enumerable.Repeat("", above), .. lines];
    }

    private static string Centre(string line) => new string(' ', (LcdPage.Columns - Length(line)) / 2) + line;

    /// <summary>In cells: a letter and its combining marks share one.</summary>
    private static int Length(string text) => VietnameseLetter.Of(text).Count;
}
