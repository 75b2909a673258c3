namespace MotCua.Edge.Devices.Climate;

/// <summary>The CRC-8 behind each word of a Sensirion sensor: polynomial 0x31, start 0xFF.</summary>
/// <remarks>Source: SHT3x datasheet, 4.12, whose example is 0xBEEF → 0x92.</remarks>
internal static class SensirionCrc
{
    private const byte Polynomial = 0x31;

    public static byte Of(ReadOnlySpan<byte> word)
    {
        byte crc = 0xFF;
        foreach (var value in word)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (byte)((crc & 0x80) != 0 ? (crc << 1) ^ Polynomial : crc << 1);
            }
        }

        return crc;
    }
}
