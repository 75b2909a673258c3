using System.Runtime.InteropServices;

namespace MotCua.Edge.Devices.Boards.Hd44780;

/// <summary>Collects the bytes that a PCF8574 backpack puts on the HD44780's pins, for one I2C transaction.</summary>
/// <remarks>
/// The usual wiring: P0=RS, P1=RW, P2=E, P3=backlight, P4–P7=D4–D7.
/// <code>
///  RS  ──┐ settle ┌───────────────   one byte only when RS changes: tAS, 40 ns before E rises
///  D   ══╪════════╪═ nibble ══════   may come together with E: tDSW counts back from E's fall
///  E   ──┘        └─▔▔▔▔▔▔▔▔▔▁▁▁▁▁   PW_EH 450 ns; a byte takes 90 µs at 100 kHz
///                   byte 1   byte 2  nothing else may move in byte 2: tH and tAH, 10 ns
/// </code>
/// Source: HD44780U datasheet, "Bus Timing Characteristics" and figure 25. From one instruction to the next E there is a byte at
/// least, longer than its 37 µs even with a slow oscillator (53 µs); only clear, home and the start need a <see cref="Rest"/>.
/// </remarks>
internal sealed class BackpackWire(int busHz)
{
    private const byte RegisterSelect = 0x01;
    private const byte Enable = 0x04;
    private const byte Backlight = 0x08;
    private const int BitsPerByte = 9;

    private readonly List<byte> bytes = new(512);
    private byte? register;

    public ReadOnlySpan<byte> Bytes => CollectionsMarshal.AsSpan(bytes);

    /// <summary>Starts a transaction on pins that stand as the last one left them.</summary>
    public void Begin() => bytes.Clear();

    /// <summary>Starts a transaction on pins that nobody knows.</summary>
    public void BeginUnknown()
    {
        bytes.Clear();
        register = null;
    }

    public void Instruction(byte code)
    {
        Select(0);
        Nibble(code >> 4);
        Nibble(code);
    }

    /// <summary>The high half of an instruction alone, for a chip that may still listen with eight bits.</summary>
    public void HalfInstruction(int nibble)
    {
        Select(0);
        Nibble(nibble);
    }

    public void Data(byte code)
    {
        Select(RegisterSelect);
        Nibble(code >> 4);
        Nibble(code);
    }

    /// <summary>Lets time pass on the wire by repeating a byte that moves no pin; nobody sleeps and no other transaction comes between.</summary>
    public void Rest(TimeSpan atLeast)
    {
        Select(0);
        var bits = (long)Math.Ceiling(atLeast.TotalSeconds * busHz);
        for (var wait = 0L; wait < bits; wait += BitsPerByte)
        {
            bytes.Add(Backlight);
        }
    }

    private void Select(byte wanted)
    {
        if (register != wanted)
        {
            register = wanted;
            bytes.Add((byte)(wanted | Backlight));
        }
    }

    private void Nibble(int nibble)
    {
        var pins = (byte)(((nibble & 0x0F) << 4) | Backlight | register.GetValueOrDefault());
        bytes.Add((byte)(pins | Enable));
        bytes.Add(pins);
    }
}
