using MotCua.Edge.Devices.Cameras.Decoding;

namespace MotCua.Edge.Devices.Cameras.Judging;

/// <summary>Measures a picture against the one before and against the memory of the scene. Pure but for what it is given.</summary>
internal static class PictureScale
{
    /// <summary>Less than this in a cell is nothing, in full light.</summary>
    private const double FlatSpread = 2.4;

    // In a dark room what is to be seen is fainter; the steps of the picture are a limit.
    private const double FlatSpreadInTheDark = 0.7;

    /// <param name="likeness">Filled with how much each cell looks as always.</param>
    public static PictureMeasures Measure(GreyPicture now, Cells cells, GreyPicture? before, Cells? cellsBefore, SceneMemory scene, Span<double> likeness)
    {
        var noise = before is null ? 0 : NoiseOf(now, before);
        var brightness = cells.Brightness;
        var light = scene.IsReady ? Math.Clamp(brightness / Math.Max(1, scene.Brightness), 0.1, 1) : Math.Clamp(brightness / 100, 0.1, 1);
        var nothing = Math.Max(FlatSpreadInTheDark, FlatSpread * light);
        var (flat, lost, alike, textured, steady, visible, filled) = (0, 0, 0, 0, 0, 0, 0);
        for (var cell = 0; cell < Cells.Count; cell++)
        {
            var structure = Cells.Structure(cells.Spread[cell], noise);
            var isFlat = structure < nothing;
            flat += isFlat ? 1 : 0;
            likeness[cell] = 1;
            if (scene.IsReady)
            {
                likeness[cell] = LikenessOf(cells, cell, scene, noise, light, isFlat);
                if (scene.IsTextured(cell))
                {
                    textured++;
                    lost += isFlat ? 1 : 0;
                    alike += likeness[cell] > 0.5 ? 1 : 0;
                }

                filled += likeness[cell] < 0.5 ? 1 : 0;
            }

            if (!isFlat && cellsBefore is not null)
            {
                visible++;
                steady += IsSteady(cells, cellsBefore, cell, noise) ? 1 : 0;
            }
        }

        return new PictureMeasures(
            brightness, noise, flat / (double)Cells.Count, textured == 0 ? 0 : lost / (double)textured, textured == 0 ? 1 : alike / (double)textured,
            scene.IsReady ? SharpnessOf(cells, scene, noise) : 1, visible == 0 ? 1 : steady / (double)visible, before is null ? 0 : SameShare(now, before), filled / (double)Cells.Count);
    }

    // Half of the cells are at rest, whoever walks about, and what differs in those is noise.
    private static double NoiseOf(GreyPicture now, GreyPicture before)
    {
        Span<double> squares = stackalloc double[Cells.Count];
        var a = now.Mean;
        var b = before.Mean;
        for (var cell = 0; cell < Cells.Count; cell++)
        {
            var corner = (cell / Cells.Across * Cells.Side * GreyPicture.Width) + (cell % Cells.Across * Cells.Side);
            var (sum, total) = (0, 0);
            for (var row = 0; row < Cells.Side; row++)
            {
                for (var x = 0; x < Cells.Side; x++)
                {
                    var difference = a[corner + (row * GreyPicture.Width) + x] - b[corner + (row * GreyPicture.Width) + x];
                    sum += difference;
                    total += difference * difference;
                }
            }

            // A lamp that flickers lifts the whole cell; that is no noise.
            squares[cell] = (total - (sum * (double)sum / Cells.Pixels)) / Cells.Pixels;
        }

        squares.Sort();
        return Math.Min(12, Math.Sqrt(squares[Cells.Count / 2] / 2));
    }

    private static double LikenessOf(Cells cells, int cell, SceneMemory scene, double noise, double light, bool isFlat)
    {
        if (scene.IsTextured(cell))
        {
            return isFlat ? 0 : Cells.Likeness(cells.Patch(cell), cells.Mean[cell], scene.Patch(cell), scene.Mean[cell], scene.Spread[cell], cells.Spread[cell], noise);
        }

        // A bare wall: somebody stands before it when there is something to see, or when it is much darker or brighter than the light explains.
        var expected = scene.Mean[cell] * light;
        return !isFlat && Cells.Structure(cells.Spread[cell], noise) > 6 ? 0 : Math.Abs(cells.Mean[cell] - expected) > 40 ? 0.4 : 1;
    }

    private static bool IsSteady(Cells now, Cells before, int cell, double noise)
    {
        double product = 0;
        var a = now.Patch(cell);
        var b = before.Patch(cell);
        for (var i = 0; i < a.Length; i++)
        {
            product += (a[i] - now.Mean[cell]) * (b[i] - before.Mean[cell]);
        }

        return product / Cells.Pixels / Math.Max(0.5, Cells.Structure(now.Spread[cell], noise) * Cells.Structure(before.Spread[cell], noise)) > 0.6;
    }

    // Fine lines against coarse ones, in the cells that have both: light and contrast fall out.
    private static double SharpnessOf(Cells cells, SceneMemory scene, double noise)
    {
        double now = 0, usual = 0, nowCoarse = 0, usualCoarse = 0;
        for (var cell = 0; cell < Cells.Count; cell++)
        {
            if (!scene.IsTextured(cell))
            {
                continue;
            }

            var patch = cells.Patch(cell);
            var known = scene.Patch(cell);
            for (var row = 1; row < Cells.Side - 1; row++)
            {
                for (var at = (row * Cells.Side) + 1; at < ((row + 1) * Cells.Side) - 1; at++)
                {
                    double fine = (4 * patch[at]) - patch[at - 1] - patch[at + 1] - patch[at - Cells.Side] - patch[at + Cells.Side];
                    // The noise of five pixels stands in it: 16 + 4 times its variance.
                    now += (fine * fine) - (20 * noise * noise);
                    double usualFine = (4 * known[at]) - known[at - 1] - known[at + 1] - known[at - Cells.Side] - known[at + Cells.Side];
                    usual += usualFine * usualFine;
                }
            }

            var structure = Cells.Structure(cells.Spread[cell], noise);
            nowCoarse += structure * structure;
            usualCoarse += scene.Spread[cell] * scene.Spread[cell];
        }

        return usual <= 0 || nowCoarse <= 0 ? 1 : Math.Sqrt(Math.Max(0, now) / nowCoarse / (usual / usualCoarse));
    }

    private static double SameShare(GreyPicture now, GreyPicture before)
    {
        var same = 0;
        for (var cell = 0; cell < Cells.Count; cell++)
        {
            var corner = (cell / Cells.Across * Cells.Side * GreyPicture.Width) + (cell % Cells.Across * Cells.Side);
            var isSame = true;
            for (var row = 0; row < Cells.Side && isSame; row++)
            {
                var at = corner + (row * GreyPicture.Width);
                isSame = now.Points.Slice(at, Cells.Side).SequenceEqual(before.Points.Slice(at, Cells.Side)) && now.Mean.Slice(at, Cells.Side).SequenceEqual(before.Mean.Slice(at, Cells.Side));
            }

            same += isSame ? 1 : 0;
        }

        return same / (double)Cells.Count;
    }
}
