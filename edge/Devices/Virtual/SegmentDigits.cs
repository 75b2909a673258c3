using System.Collections.Immutable;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>What people see on a virtual eight-digit sign at a moment.</summary>
/// <param name="Segments">Lit segments, left to right, bits DP A B C D E F G from the highest; all zero while the chip is shut down.</param>
/// <param name="Text">The same as people read it, eight characters; '?' for a shape that is none.</param>
/// <param name="Intensity">Duty step, 0 (1/32) to 15 (31/32).</param>
/// <param name="On">Not shut down.</param>
/// <param name="DisplayTest">All segments are lit, whatever the digits hold.</param>
public sealed record SegmentDigits(ImmutableArray<byte> Segments, string Text, int Intensity, bool On, bool DisplayTest);
