namespace MotCua.Edge.Devices.Boards.Segments;

/// <summary>HT16K33 and TM1637 hold the segments in the opposite order of the MAX7219: A in bit 0 to G in bit 6, the point in bit 7 at both.</summary>
internal static class SegmentOrder
{
    public static byte AFirst(byte segments)
    {
        var turned = segments & 0x80;
        for (var bit = 0; bit < 7; bit++)
        {
            turned |= (segments >> bit & 1) << (6 - bit);
        }

        return (byte)turned;
    }
}
