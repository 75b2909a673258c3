using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;

namespace MotCua.Devices.Tests.Virtual;

/// <summary>A virtual backpack driven by hand, pin by pin, without the driver.</summary>
internal sealed class BackpackBench
{
    public const byte Rs = 0x01;
    public const byte Rw = 0x02;
    public const byte E = 0x04;

    private readonly II2cDevice device;

    public BackpackBench(bool strict = false)
    {
        Lcd = new VirtualHd44780(strict);
        Bus = new VirtualI2cBus(Time);
        Socket = Bus.Attach(0x27, new VirtualPcf8574(Lcd));
        device = Bus.Open(0x27);
    }

    public ManualTime Time { get; } = new();

    public VirtualHd44780 Lcd { get; }

    public VirtualI2cBus Bus { get; }

    public I2cSocket Socket { get; }

    /// <summary>One transaction for each byte, as a naive driver does.</summary>
    public void Pins(params byte[] bytes)
    {
        foreach (var value in bytes)
        {
            device.Write([value]);
        }
    }

    public byte Read(params byte[] pins)
    {
        Span<byte> answer = stackalloc byte[1];
        device.WriteRead(pins, answer);
        return answer[0];
    }

    public void Nibble(int nibble, byte control = 0) =>
        Pins((byte)(nibble << 4 | control), (byte)(nibble << 4 | control | E), (byte)(nibble << 4 | control));

    public void Instruction(byte code)
    {
        Nibble(code >> 4);
        Nibble(code & 0x0F);
    }

    public void Text(string text)
    {
        foreach (var letter in text)
        {
            Nibble(letter >> 4, Rs);
            Nibble(letter & 0x0F, Rs);
        }
    }

    public void Pass(double ms) => Time.Advance(TimeSpan.FromMilliseconds(ms));

    /// <summary>Figure 24 of the datasheet, with its pauses, then entry mode and display on.</summary>
    public void Start()
    {
        Pass(50);
        Nibble(3);
        Pass(5);
        Nibble(3);
        Pass(1);
        Nibble(3);
        Nibble(2);
        Instruction(0x28);
        Instruction(0x08);
        Instruction(0x01);
        Pass(10);
        Instruction(0x06);
        Instruction(0x0C);
    }
}
