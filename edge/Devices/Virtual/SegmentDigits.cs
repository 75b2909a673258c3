using System.Collections.Immutable;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>What people see on a virtual seven-segment sign at a moment.</summary>
/// <param name="Segments">Lit segments, left to right, bits DP A B C D E F G from the highest; all zero while the chip is shut down.</param>
/// <param name="Text">The same as people read it, a character a digit; '?' for a shape that is none.</param>
/// <param name="Intensity">The chip's step of brightness, from 0.</param>
/// <param name="On">Not shut down.</param>
/// <param name="DisplayTest">All segments are lit, whatever the digits hold.</param>
public sealed record SegmentDigits(ImmutableArray<byte> Segments, string Text, int Intensity, bool On, bool DisplayTest)
{
    internal static SegmentDigits Of(ImmutableArray<byte> segments, int intensity, bool on, bool displayTest = false) =>
        new(segments, string.Concat(segments.Select(SegmentReading.Read)), intensity, on, displayTest);

    /// <summary>A chip that holds the segments in the opposite order, A in bit 0.</summary>
    internal static byte FromAFirst(byte raw)
    {
        var turned = raw & 0x80;
        for (var bit = 0; bit < 7; bit++)
        {
            turned |= (raw >> bit & 1) << (6 - bit);
        }

        return (byte)turned;
    }
}
