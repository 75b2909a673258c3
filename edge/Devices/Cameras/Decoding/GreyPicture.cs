namespace MotCua.Edge.Devices.Cameras.Decoding;

/// <summary>A tiny grey picture of what a camera sees: too coarse to know anybody on it, and kept in memory only.</summary>
/// <remarks>
/// Twice the same moment: <see cref="Mean"/> averages what lies under each pixel, so it shows the scene without the sensor's noise;
/// <see cref="Points"/> takes one pixel of each place as it is, so its noise tells a live picture from a frozen one.
/// </remarks>
public sealed class GreyPicture
{
    public const int Width = 128;
    public const int Height = 72;
    public const int Pixels = Width * Height;

    /// <summary>What the decoder hands out for one picture.</summary>
    public const int Bytes = 2 * Pixels;

    private readonly byte[] bytes;

    /// <param name="bytes">The averaged picture, then the pointwise one, row by row; kept, not copied.</param>
    public GreyPicture(byte[] bytes) => this.bytes = bytes.Length == Bytes ? bytes : throw new ArgumentException($"A picture has {Bytes} bytes, not {bytes.Length}.", nameof(bytes));

    public ReadOnlySpan<byte> Mean => bytes.AsSpan(0, Pixels);

    public ReadOnlySpan<byte> Points => bytes.AsSpan(Pixels);
}
