namespace MotCua.Edge.Devices.Virtual;

/// <summary>The registers of one MAX7219. Not thread-safe: the chip around it holds the lock.</summary>
/// <remarks>Source: MAX7219 datasheet, tables 1 to 10 and "Initial Power-Up".</remarks>
internal sealed class Max7219Core(Action<string> violate)
{
    private const int DigitCount = 8;
    private const int NormalOperation = 0xC;

    // Registers that decide what is seen and hold anything, or too little, after power-on.
    private static readonly int[] Needed = [0x1, 0x2, 0x3, 0x4, 0x5, 0x6, 0x7, 0x8, 0x9, 0xA, 0xB];

    private readonly byte[] digits = new byte[DigitCount];
    private readonly HashSet<int> written = [];
    private byte decodeMode;
    private byte scanLimit;

    /// <summary>Duty step, 0 (1/32) to 15 (31/32).</summary>
    public int Intensity { get; private set; }

    public bool On { get; private set; }

    public bool Test { get; private set; }

    public void PowerOn()
    {
        Array.Clear(digits);
        written.Clear();
        decodeMode = 0;
        Intensity = 0;
        scanLimit = 0;
        On = false;
        Test = false;
    }

    public void Scramble(Random random)
    {
        random.NextBytes(digits);
        decodeMode = (byte)random.Next(256);
        Intensity = random.Next(16);
        scanLimit = (byte)random.Next(8);
        On = random.Next(2) == 0;
        Test = random.Next(2) == 0;
    }

    public void Set(int register, byte value)
    {
        written.Add(register);
        switch (register)
        {
            case >= 0x1 and <= 0x8:
                digits[register - 1] = value;
                break;
            case 0x9:
                decodeMode = value;
                break;
            case 0xA:
                Intensity = value & 0x0F;
                break;
            case 0xB:
                scanLimit = (byte)(value & 0x07);
                break;
            case NormalOperation:
                SwitchOn((value & 1) != 0);
                break;
            case 0xF:
                Test = (value & 1) != 0;
                break;
            case 0x0:
                break;
            default:
                violate($"register {register:X}h does not exist");
                break;
        }
    }

    /// <summary>Segments of a digit, DP A B C D E F G from the highest bit, or a row of dots, the left one highest.</summary>
    public byte Lit(int digit)
    {
        // Display test overrides shutdown (datasheet, "Display-Test Register").
        if (Test)
        {
            return 0xFF;
        }

        if (!On || digit > scanLimit)
        {
            return 0;
        }

        var raw = digits[digit];
        return (decodeMode & (1 << digit)) == 0 ? raw : (byte)((raw & 0x80) | SegmentReading.CodeB[raw & 0x0F]);
    }

    private void SwitchOn(bool on)
    {
        if (on && !On && Needed.FirstOrDefault(register => !written.Contains(register)) is var missing and not 0)
        {
            On = true;
            violate($"switched on before register {missing:X}h was written");
        }

        On = on;
    }
}
