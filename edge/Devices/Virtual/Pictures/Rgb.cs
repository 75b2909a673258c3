namespace MotCua.Edge.Devices.Virtual.Pictures;

/// <summary>A colour of a picture.</summary>
public readonly record struct Rgb(byte R, byte G, byte B)
{
    /// <summary>This colour with another one over it.</summary>
    /// <param name="part">How much of the other one covers, 0 to 1.</param>
    public Rgb Under(Rgb over, double part) => new(Mix(R, over.R, part), Mix(G, over.G, part), Mix(B, over.B, part));

    private static byte Mix(byte under, byte over, double part) => (byte)Math.Round(under + (over - under) * Math.Clamp(part, 0, 1));
}
