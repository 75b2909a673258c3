namespace MotCua.Edge.Devices.Boards.Max7219;

/// <summary>Register addresses, the high byte of a word. Source: MAX7219 datasheet, table 2.</summary>
internal static class Max7219Registers
{
    public const byte NoOp = 0x0;

    /// <summary>DIG0; the other seven follow.</summary>
    public const byte FirstDigit = 0x1;
    public const byte DecodeMode = 0x9;
    public const byte Intensity = 0xA;
    public const byte ScanLimit = 0xB;
    public const byte Shutdown = 0xC;
    public const byte DisplayTest = 0xF;

    public const byte NormalOperation = 1;
    public const byte AllDigits = 7;
    public const int Brightest = 15;
}
