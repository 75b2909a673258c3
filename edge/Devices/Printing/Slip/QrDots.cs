using QRCoder;

namespace MotCua.Edge.Devices.Printing.Slip;

/// <summary>A QR code in dots, with its quiet zone.</summary>
internal static class QrDots
{
    /// <summary>Half a millimetre: cameras of old phones read it from a hand's distance.</summary>
    private const int SmallestModule = 4;

    private const int LargestModule = 8;

    /// <param name="width">Room for it, in dots; a long text may take more.</param>
    public static Raster Of(string text, int width)
    {
        using var generator = new QRCodeGenerator();
        // Level M: a crease or a smear of 15 % is still read.
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var side = code.ModuleMatrix.Count;
        var module = Math.Clamp(width / side, SmallestModule, LargestModule);
        var dots = new Raster((side * module + 7) / 8 * 8);
        dots.Grow(side * module);
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                if (code.ModuleMatrix[y][x])
                {
                    dots.Box(x * module, y * module, module, module);
                }
            }
        }

        return dots;
    }
}
