namespace MotCua.Edge.Devices.Boards.Max7219;

/// <summary>What the eight-digit sign says for a view: the newest call, ticket left and counter right, such as <c>A105   3</c> or <c>A1005 12</c>.</summary>
internal static class SignLayout
{
    public const int Digits = 8;
    private const int CounterDigits = 2;
    private const int TicketDigits = Digits - CounterDigits;

    /// <summary>Dashes, since a dark sign looks like a broken one.</summary>
    private const string NoCall = "----   -";
    private const string Paused = "--------";

    /// <returns>Eight segment bytes, left to right.</returns>
    public static byte[] Segments(BoardView view) => [.. Text(view).Select(SegmentFont.Segments)];

    private static string Text(BoardView view)
    {
        if (view.Notice is not null)
        {
            return Paused;
        }

        if (view.Calls.IsDefaultOrEmpty)
        {
            return NoCall;
        }

        var call = view.Calls[0];
        var ticket = VietnameseFolding.Fold(call.Ticket).PadRight(TicketDigits)[..TicketDigits];
        return ticket + $"{Math.Clamp(call.Counter, 0, 99),CounterDigits}";
    }
}
