namespace MotCua.Edge.Devices.Boards.Ssd1306;

/// <summary>A rectangle of the display memory: columns 0 to 127, pages 0 to 7, both ends included.</summary>
internal readonly record struct OledWindow(int Left, int Right, int Top, int Bottom)
{
    /// <summary>Bytes on the wire before the first byte of data: three control bytes and arguments for columns, three for pages, and the control byte of the data.</summary>
    public const int Overhead = 13;

    public int Area => (Right - Left + 1) * (Bottom - Top + 1);

    public OledWindow With(OledWindow other) =>
        new(Math.Min(Left, other.Left), Math.Max(Right, other.Right), Math.Min(Top, other.Top), Math.Max(Bottom, other.Bottom));
}

/// <summary>Which windows to write so that an old picture becomes the new one, with few bytes on the wire.</summary>
internal static class ChangedWindows
{
    /// <summary>Joins any two windows as long as one of both is cheaper than each alone; greedy, so near the best but not always the best.</summary>
    public static List<OledWindow> Between(byte[] old, byte[] memory)
    {
        var windows = Runs(old, memory).ToList();
        while (Cheapest(windows) is var (a, b))
        {
            windows[a] = windows[a].With(windows[b]);
            windows.RemoveAt(b);
        }

        return windows;
    }

    private static (int A, int B)? Cheapest(List<OledWindow> windows)
    {
        (int, int)? best = null;
        var most = 0;
        for (var a = 0; a < windows.Count; a++)
        {
            for (var b = a + 1; b < windows.Count; b++)
            {
                var saved = windows[a].Area + windows[b].Area + OledWindow.Overhead - windows[a].With(windows[b]).Area;
                if (saved >= 0 && (best is null || saved > most))
                {
                    (best, most) = ((a, b), saved);
                }
            }
        }

        return best;
    }

    /// <summary>Changed columns of each page; a gap that costs less than a window is written over.</summary>
    private static IEnumerable<OledWindow> Runs(byte[] old, byte[] memory)
    {
        for (var page = 0; page < OledLayout.Height / 8; page++)
        {
            OledWindow? run = null;
            for (var x = 0; x < OledLayout.Width; x++)
            {
                var at = page * OledLayout.Width + x;
                if (old[at] == memory[at])
                {
                    continue;
                }

                if (run is { } open && x - open.Right > OledWindow.Overhead)
                {
                    yield return open;
                    run = null;
                }

                run = run is { } begun ? begun with { Right = x } : new OledWindow(x, x, page, page);
            }

            if (run is { } last)
            {
                yield return last;
            }
        }
    }
}
