using MotCua.Edge.Devices.Boards.Pixels;

namespace MotCua.Edge.Devices.Boards.Max7219;

/// <summary>What a matrix says for a view, in dots: a call in each line of modules, ticket left and counter right.</summary>
internal static class MatrixLayout
{
    public const int Module = 8;

    /// <param name="part">Which part of a notice, counted on and on; the layout wraps it.</param>
    /// <param name="isDark">Whether a call's ticket is in the dark part of its blink.</param>
    public static PixelMap Dots(BoardView view, int width, int rows, long part, Func<CallId, bool> isDark)
    {
        var wall = new PixelMap(width, rows * Module);
        if (!string.IsNullOrWhiteSpace(view.Notice))
        {
            var lines = NoticeLines(view.Notice, width);
            var parts = Parts(lines.Count, rows);
            var first = (int)(part % parts) * rows;
            var shown = lines.Skip(first).Take(rows).ToList();
            for (var row = 0; row < shown.Count; row++)
            {
                wall.Draw(shown[row], (width - shown[row].Width) / 2, row * Module);
            }
        }
        else if (view.Notice is null && view.Calls.IsDefaultOrEmpty && view.Told is { } told)
        {
            Tell(wall, told, 0);
        }
        else if (view.Notice is not null || view.Calls.IsDefaultOrEmpty)
        {
            // Dashes, since a dark board looks like a broken one.
            var dashes = PixelFont.Small.Line("- - -");
            wall.Draw(dashes, (width - dashes.Width) / 2, 0);
        }
        else
        {
            for (var row = 0; row < Math.Min(rows, view.Calls.Length); row++)
            {
                wall.Draw(Call(view.Calls[row], width, isDark(view.Calls[row].CallId)), 0, row * Module);
            }

            // Below the calls, where there is a line left: it takes no call's place.
            if (view.Told is { } number && view.Calls.Length < rows)
            {
                Tell(wall, number, rows - 1);
            }
        }

        return wall;
    }

    /// <summary>A number that was given without paper, with as many words as there is room for.</summary>
    private static void Tell(PixelMap wall, string number, int row)
    {
        PixelMap[] ways = [PixelFont.Small.Line($"SỐ MỚI {number}"), PixelFont.Small.Line($"MỚI {number}"), PixelFont.Small.Line(number)];
        var line = ways.FirstOrDefault(way => way.Width <= wall.Width, ways[^1]);
        wall.Draw(line, Math.Max(0, (wall.Width - line.Width) / 2), row * Module);
    }

    /// <summary>How many parts a notice has; 1 for one that fits.</summary>
    public static int NoticeParts(string notice, int width, int rows) => Parts(NoticeLines(notice, width).Count, rows);

    private static int Parts(int lines, int rows) => Math.Max(1, (lines + rows - 1) / rows);

    /// <summary>The largest way to say it that fits.</summary>
    private static PixelMap Call(BoardCall call, int width, bool ticketDark)
    {
        var counter = Math.Clamp(call.Counter, 0, 99).ToString();
        var (bigTicket, smallTicket) = (Figures(call.Ticket), PixelFont.Small.Line(call.Ticket));
        (PixelMap Ticket, PixelMap Counter)[] ways =
        [
            (bigTicket, Beside(PixelFont.Small.Line("QUẦY"), Figures(counter))),
            (bigTicket, Figures(counter)),
            (bigTicket, PixelFont.Small.Line(counter)),
            (smallTicket, PixelFont.Small.Line(counter)),
        ];
        var (ticket, right) = ways.FirstOrDefault(way => way.Ticket.Width + 2 + way.Counter.Width <= width, ways[^1]);
        var line = new PixelMap(width, Module);
        if (!ticketDark)
        {
            line.Draw(ticket, 0, 0);
        }

        line.Draw(right, width - right.Width, 0);
        return line;
    }

    /// <summary>Tall figures on the first seven rows: their foot is the foot of small letters.</summary>
    private static PixelMap Figures(string text)
    {
        var tall = PixelFont.Tall.Line(text);
        var figures = new PixelMap(tall.Width, Module);
        figures.Draw(tall, 0, -PixelFont.Tall.Above);
        return figures;
    }

    private static PixelMap Beside(PixelMap left, PixelMap right)
    {
        const int gap = 2;
        var both = new PixelMap(left.Width + gap + right.Width, Module);
        both.Draw(left, 0, 0);
        both.Draw(right, left.Width + gap, 0);
        return both;
    }

    private static List<PixelMap> NoticeLines(string notice, int width) =>
        [.. WordWrap.Lines(notice, text => PixelFont.Small.Line(text).Width <= width).Select(PixelFont.Small.Line)];
}
