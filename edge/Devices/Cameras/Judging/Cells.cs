using MotCua.Edge.Devices.Cameras.Decoding;

namespace MotCua.Edge.Devices.Cameras.Judging;

/// <summary>A picture cut into 16×9 cells of 8×8 pixels: how bright each is, and how much there is to see in it.</summary>
internal sealed class Cells
{
    public const int Across = 16;
    public const int Down = 9;
    public const int Count = Across * Down;
    public const int Side = 8;
    public const int Pixels = Side * Side;

    private readonly byte[] patches;

    private Cells(byte[] patches, float[] mean, float[] spread) => (this.patches, Mean, Spread) = (patches, mean, spread);

    /// <summary>Of each cell, 0 to 255.</summary>
    public float[] Mean { get; }

    /// <summary>Standard deviation inside each cell, noise included.</summary>
    public float[] Spread { get; }

    /// <summary>Of the whole picture.</summary>
    public double Brightness => Mean.Average();

    /// <summary>The pixels of a cell.</summary>
    public ReadOnlySpan<byte> Patch(int cell) => patches.AsSpan(cell * Pixels, Pixels);

    /// <param name="picture">128×72, row by row.</param>
    public static Cells Of(ReadOnlySpan<byte> picture)
    {
        var cut = new byte[GreyPicture.Pixels];
        var (mean, spread) = (new float[Count], new float[Count]);
        for (var cell = 0; cell < Count; cell++)
        {
            var corner = (cell / Across * Side * GreyPicture.Width) + (cell % Across * Side);
            var patch = cut.AsSpan(cell * Pixels, Pixels);
            var (sum, squares) = (0, 0);
            for (var row = 0; row < Side; row++)
            {
                picture.Slice(corner + (row * GreyPicture.Width), Side).CopyTo(patch[(row * Side)..]);
            }

            foreach (var pixel in patch)
            {
                sum += pixel;
                squares += pixel * pixel;
            }

            mean[cell] = sum / (float)Pixels;
            spread[cell] = MathF.Sqrt(MathF.Max(0, (squares / (float)Pixels) - (mean[cell] * mean[cell])));
        }

        return new Cells(cut, mean, spread);
    }

    /// <summary>How alike two patches are whatever their brightness and contrast: 1 the same, 0 nothing in common.</summary>
    /// <param name="noise">Standard deviation of what differs from picture to picture; taken out of both, so that a noisy night is not unlike its day.</param>
    public static double Likeness(ReadOnlySpan<byte> now, float nowMean, ReadOnlySpan<float> before, float beforeMean, double beforeSpread, double nowSpread, double noise)
    {
        double product = 0;
        for (var i = 0; i < now.Length; i++)
        {
            product += (now[i] - nowMean) * (before[i] - beforeMean);
        }

        // Where only noise is left, the measure says nothing; a floor keeps it from saying anything.
        var (a, b) = (Structure(nowSpread, noise), beforeSpread);
        return product / Pixels / Math.Max(0.5, a * b);
    }

    /// <summary>What of a spread is the scene and not the noise.</summary>
    public static double Structure(double spread, double noise) => Math.Sqrt(Math.Max(0, (spread * spread) - (noise * noise)));
}
