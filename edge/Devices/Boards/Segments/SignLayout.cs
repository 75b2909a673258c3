namespace MotCua.Edge.Devices.Boards.Segments;

/// <summary>What a seven-segment sign says for a view: the newest call, ticket left and counter right.</summary>
/// <example>
/// <code>
/// A105   3    A1005 12    eight digits
/// A105 3      100512      six: a ticket of four figures loses its letter
/// A105        1005        four: a sign over its counter, which need not say which
/// </code>
/// </example>
internal static class SignLayout
{
    private const int CounterDigits = 2;

    /// <param name="digits">4, 6 or 8.</param>
    /// <param name="ticketDark">The dark part of a blink: the counter alone.</param>
    /// <returns>A segment byte a digit, left to right.</returns>
    public static byte[] Segments(BoardView view, int digits, bool ticketDark) => [.. Text(view, digits, ticketDark).Select(SegmentFont.Segments)];

    private static string Text(BoardView view, int digits, bool ticketDark)
    {
        if (view.Notice is not null)
        {
            return new string('-', digits);
        }

        var counterDigits = digits > 4 ? CounterDigits : 0;
        var ticketDigits = digits - counterDigits;
        if (view.Calls.IsDefaultOrEmpty)
        {
            // Dashes, since a dark sign looks like a broken one.
            var idle = view.Told is { } told ? VietnameseFolding.Fold(told) : "----";
            return (idle.Length <= ticketDigits ? idle : idle[^ticketDigits..]).PadRight(ticketDigits) + (counterDigits > 0 ? "-".PadLeft(counterDigits) : "");
        }

        var call = view.Calls[0];
        var folded = VietnameseFolding.Fold(call.Ticket);
        var ticket = ticketDark ? "" : folded.Length <= ticketDigits ? folded : digits == 8 ? folded[..ticketDigits] : folded[^ticketDigits..];
        return ticket.PadRight(ticketDigits) + (counterDigits > 0 ? $"{Math.Clamp(call.Counter, 0, 99),CounterDigits}" : "");
    }
}
