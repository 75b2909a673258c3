namespace MotCua.Edge.Devices.Virtual;

/// <summary>How people read the shapes of a seven-segment sign. Stands apart from the driver's font, so that a wrong font is seen.</summary>
/// <remarks>The S of a series letter reads as 5: it is the same shape.</remarks>
internal static class SegmentReading
{
    public static char Read(byte segments) => (segments & 0x7F) switch
    {
        0x00 => ' ',
        0x01 => '-',
        0x7E => '0',
        0x30 => '1',
        0x6D => '2',
        0x79 => '3',
        0x33 => '4',
        0x5B => '5',
        0x5F => '6',
        0x70 => '7',
        0x7F => '8',
        0x7B => '9',
        0x77 => 'A',
        0x4E => 'C',
        0x4F => 'E',
        0x47 => 'F',
        0x37 => 'H',
        0x57 => 'K',
        0x0E => 'L',
        0x76 => 'M',
        0x67 => 'P',
        0x49 => 'X',
        _ => '?',
    };

    /// <summary>Code B font of the chip's own decoder, 0 to 15, without the point (MAX7219 datasheet, table 5).</summary>
    public static ReadOnlySpan<byte> CodeB => [0x7E, 0x30, 0x6D, 0x79, 0x33, 0x5B, 0x5F, 0x70, 0x7F, 0x7B, 0x01, 0x4F, 0x37, 0x0E, 0x67, 0x00];
}
