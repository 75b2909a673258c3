namespace MotCua.Edge.Devices.Boards.Segments;

/// <summary>What a seven-segment sign shows at a moment: layout, blink and brightness, the same for every chip.</summary>
/// <param name="digits">4, 6 or 8.</param>
/// <param name="brightest">The chip's highest step.</param>
internal sealed class SignFace(TimeProvider time, int digits, int brightest, BoardLight light, BlinkOptions blinkOptions)
{
    private readonly BoardLight light = light.Checked();
    private readonly CallBlink blink = new(time, blinkOptions);

    public TimeSpan? Again => blink.Again;

    public byte Brightness => light.Step(time, brightest);

    /// <returns>A segment byte a digit, left to right, bits as in <see cref="SegmentFont"/>.</returns>
    public byte[] Segments(BoardView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        blink.See(view);
        return SignLayout.Segments(view, digits, !view.Calls.IsDefaultOrEmpty && blink.IsDark(view.Calls[0].CallId));
    }
}
