using MotCua.Edge.Devices.Printing.Fonts;

namespace MotCua.Edge.Devices.Printing.Slip;

/// <summary>A piece of a ticket, from top to bottom.</summary>
internal abstract record SlipPart
{
    /// <summary>White above it, in dots.</summary>
    public int Above { get; init; }
}

/// <param name="Size">Height of the letters' box, in dots.</param>
internal sealed record SlipText(string Text, FontFace Face, int Size, bool Centred = true) : SlipPart
{
    /// <summary>False: made smaller until it fits one line.</summary>
    public bool Wraps { get; init; } = true;
}

/// <summary>A label on the left and what it says on the right; below it where there is no room beside.</summary>
internal sealed record SlipPair(string Label, string Value, int Size) : SlipPart;

/// <summary>A line across the paper.</summary>
internal sealed record SlipRule : SlipPart;

internal sealed record SlipCode(string Text) : SlipPart;

/// <summary>The centre's own picture, in the middle.</summary>
internal sealed record SlipPicture(Raster Dots) : SlipPart;
