using MotCua.Edge.Devices.Boards;

namespace MotCua.Devices.Tests.Boards;

/// <summary>Views as tests say them.</summary>
internal static class Views
{
    private static readonly string[] Series = ["A", "H", "K", "L", "M", "S", "X"];

    private static readonly string?[] Notices = [null, null, null, "TẠM NGỪNG PHỤC VỤ", "HẾT GIỜ TIẾP NHẬN", "", "Mời quý vị quay lại vào buổi chiều từ 13:30 đến 17:00 cùng ngày, xin cảm ơn"];

    /// <summary>A view of calls such as "A105 3", newest first; each call's id is its ticket's number.</summary>
    public static BoardView Of(int waiting, params string[] calls) => new(1, [.. calls.Select(Call)], waiting);

    public static BoardCall Call(string call)
    {
        var parts = call.Split(' ');
        return new BoardCall(new CallId(long.Parse(parts[0][1..])), parts[0], int.Parse(parts[1]));
    }

    public static BoardView Any(Random random) => new(
        random.Next(),
        [.. Enumerable.Range(0, random.Next(6)).Select(_ => AnyCall(random))],
        random.Next(random.Next(2) == 0 ? 20 : 20_000),
        Notices[random.Next(Notices.Length)]) { Told = random.Next(3) == 0 ? AnyCall(random).Ticket : null };

    /// <summary>Differs from another view in little, as views do in service.</summary>
    public static BoardView Near(BoardView view, Random random) => random.Next(3) switch
    {
        0 => view with { Waiting = Math.Max(0, view.Waiting + random.Next(-1, 2)) },
        1 => view with { Calls = [AnyCall(random), .. view.Calls.Take(3)] },
        _ => view.Calls.IsEmpty ? view : view with { Calls = view.Calls.SetItem(0, AnyCall(random)) },
    };

    private static BoardCall AnyCall(Random random)
    {
        var number = random.Next(1, random.Next(4) == 0 ? 9999 : 999);
        return new BoardCall(new CallId(random.Next()), Series[random.Next(Series.Length)] + number.ToString("000"), random.Next(1, 100));
    }
}
