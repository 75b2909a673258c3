using MotCua.Edge.Devices.Boards.Pixels;

namespace MotCua.Edge.Devices.Boards.Ssd1306;

/// <summary>What the OLED says for a view, in dots.</summary>
/// <remarks>
/// <code>
/// page 0–1   MỜI SỐ        CHỜ 12     small
///      2–4   A105                     three times as large
///      5–7   QUẦY 3                   twice as large
/// </code>
/// While a number was given without paper, <c>SỐ MỚI A105</c> stands in place of the small <c>MỜI SỐ</c>. The number keeps to three pages of eight rows, and its figures to a grid, so that a new one changes little.
/// </remarks>
internal static class OledLayout
{
    public const int Width = 128;
    public const int Height = 64;

    private const int NumberScale = 3;
    private const int CounterScale = 2;
    private const int NumberTop = 17;
    private const int MostWaiting = 999;

    /// <param name="ticketDark">The dark part of a blink.</param>
    public static PixelMap Dots(BoardView view, bool ticketDark)
    {
        var glass = new PixelMap(Width, Height);
        if (view.Notice is { } notice)
        {
            Notice(glass, notice);
            return glass;
        }

        var font = PixelFont.Tall;
        var waiting = font.Line($"CHỜ {Math.Clamp(view.Waiting, 0, MostWaiting)}");
        var heading = font.Line(view.Told is { } told ? $"SỐ MỚI {told}" : "MỜI SỐ");
        glass.Draw(heading, 0, 0);
        if (heading.Width < Width - waiting.Width)
        {
            glass.Draw(waiting, Width - waiting.Width, 0);
        }

        var (ticket, counter) = view.Calls.IsDefaultOrEmpty ? ("---", "-") : (view.Calls[0].Ticket, $"{Math.Clamp(view.Calls[0].Counter, 0, 99)}");
        if (!ticketDark)
        {
            glass.Draw(Number(ticket), 0, NumberTop);
        }

        // The uppermost row is for marks that QUẦY does not wear, so the foot of its letters stands on the last row.
        var line = font.Line($"QUẦY {counter}").Enlarged(CounterScale);
        glass.Draw(line, 0, Height - (font.Above + font.Rows) * CounterScale);
        return glass;
    }

    /// <summary>The ticket's bare figures: no marks, so no rows for them.</summary>
    private static PixelMap Number(string ticket)
    {
        var line = PixelFont.Tall.Line(VietnameseFolding.Fold(ticket));
        var bare = new PixelMap(line.Width, PixelFont.Tall.Rows);
        bare.Draw(line, 0, -PixelFont.Tall.Above);
        return bare.Enlarged(NumberScale);
    }

    /// <summary>As large as it fits, centred.</summary>
    private static void Notice(PixelMap glass, string notice)
    {
        var font = PixelFont.Tall;
        foreach (var scale in (int[])[2, 1])
        {
            var lines = WordWrap.Lines(notice, text => font.Line(text).Width * scale <= Width).ToList();
            var room = Height / (font.Height * scale);
            if (lines.Count > room && scale > 1)
            {
                continue;
            }

            var shown = lines.Take(room).Select(text => font.Line(text).Enlarged(scale)).ToList();
            var top = (Height - shown.Sum(line => line.Height)) / 2;
            foreach (var line in shown)
            {
                glass.Draw(line, (Width - line.Width) / 2, top);
                top += line.Height;
            }

            return;
        }
    }
}
