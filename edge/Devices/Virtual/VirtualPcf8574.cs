namespace MotCua.Edge.Devices.Virtual;

/// <summary>A PCF8574 port expander with an HD44780 soldered behind it: eight quasi-bidirectional pins, all high after power-on.</summary>
/// <remarks>Source: PCF8574 datasheet, "Quasi-bidirectional I/Os". A pin that is written high is a weak pull-up, which the LCD can pull low.</remarks>
public sealed class VirtualPcf8574(VirtualHd44780 lcd) : IVirtualI2cChip
{
    private const byte PowerOnPins = 0xFF;
    private byte pins = PowerOnPins;

    public void Write(byte value, TimeSpan at)
    {
        pins = value;
        lcd.Pins(value, at);
    }

    public byte Read(TimeSpan at) => (byte)(pins & lcd.Driven(at));

    public void Stop() => lcd.Settled();

    public void PowerOn(TimeSpan at)
    {
        pins = PowerOnPins;
        lcd.PowerOn(at);
    }
}
