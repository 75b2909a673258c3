namespace MotCua.Edge.Devices.Boards.Tm1637;

/// <summary>The two lines of a TM1637 are there, and the chip is not, or a line cannot rise.</summary>
/// <param name="heldLow">The pin that somebody holds low, <c>CLK</c> or <c>DIO</c>; null when both rise and the chip does not answer.</param>
public sealed class TwoWireException(string message, string? heldLow) : IOException(message)
{
    public string? HeldLow { get; } = heldLow;
}
