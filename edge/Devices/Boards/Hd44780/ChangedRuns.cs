namespace MotCua.Edge.Devices.Boards.Hd44780;

/// <summary>Which stretches of the ring to write so that an old page becomes the new one, with the fewest bytes on the wire.</summary>
internal static class ChangedRuns
{
    /// <summary>A new address costs six bytes (instruction and two changes of RS), an unchanged cell four: so only a single cell is written over.</summary>
    private const int Bridged = 1;

    /// <returns>Start (0 to 79) and length of each stretch; a stretch may run over the end of the ring. Empty when nothing changed.</returns>
    public static IEnumerable<(int Start, int Length)> Between(LcdPage old, LcdPage page)
    {
        if (FirstAfterGap(old, page) is not { } first)
        {
            yield break;
        }

        var start = first;
        var end = first;
        for (var step = 0; step < LcdPage.Cells; step++)
        {
            var place = first + step;
            if (!Differs(old, page, place))
            {
                continue;
            }

            if (place - end > Bridged)
            {
                yield return (start % LcdPage.Cells, end - start);
                start = place;
            }

            end = place + 1;
        }

        yield return (start % LcdPage.Cells, end - start);
    }

    /// <summary>A changed cell with a gap before it that is worth a new address; any changed cell when there is no such gap.</summary>
    private static int? FirstAfterGap(LcdPage old, LcdPage page)
    {
        int? first = null;
        for (var place = 0; place < LcdPage.Cells; place++)
        {
            if (!Differs(old, page, place))
            {
                continue;
            }

            first ??= place;
            if (!Differs(old, page, place + LcdPage.Cells - 1) && !Differs(old, page, place + LcdPage.Cells - 2))
            {
                return place;
            }
        }

        return first;
    }

    private static bool Differs(LcdPage old, LcdPage page, int place) =>
        old[place % LcdPage.Cells] != page[place % LcdPage.Cells];
}
