using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Virtual;

/// <summary>What each virtual chip refuses: a driver that did this would show rubbish on a real one.</summary>
public sealed class StrictChipTests
{
    private readonly ManualTime time = new();

    [Theory]
    [InlineData("display on before the oscillator", new byte[] { 0x81 })]
    [InlineData("before all of the memory was written", new byte[] { 0x21 }, new byte[] { 0x81 })]
    [InlineData("only an address is followed by data", new byte[] { 0x21, 0x81 })]
    [InlineData("not for display", new byte[] { 0x90 })]
    public void Ht16k33(string refusal, params byte[][] transactions) => Refused(new VirtualHt16k33(strict: true), 0x70, refusal, transactions);

    [Theory]
    [InlineData("before the charge pump", new byte[] { 0x00, 0xAF })]
    [InlineData("before all of the memory was written", new byte[] { 0x00, 0x8D, 0x14, 0xAF })]
    [InlineData("before horizontal addressing", new byte[] { 0x40, 0x12 })]
    [InlineData("without its arguments", new byte[] { 0x00, 0x81 })]
    [InlineData("columns 9 to 3", new byte[] { 0x00, 0x21, 9, 3 })]
    [InlineData("pages 0 to 8", new byte[] { 0x00, 0x22, 0, 8 })]
    [InlineData("lower six bits", new byte[] { 0x55, 0xAF })]
    [InlineData("does not exist", new byte[] { 0x00, 0xFF })]
    [InlineData("does not fit", new byte[] { 0x00, 0xA8, 31 })]
    public void Ssd1306(string refusal, params byte[][] transactions) => Refused(new VirtualSsd1306(strict: true), 0x3C, refusal, transactions);

    [Theory]
    [InlineData("does not exist", new byte[] { 0x16, 1 })]
    [InlineData("stands still", new byte[] { 0x0A, 0x20 })]
    [InlineData("GPA7 or GPB7", new byte[] { 0x04, 0x80 }, new byte[] { 0x00, 0x80 })]
    public void Mcp23017(string refusal, params byte[][] transactions) => Refused(new VirtualMcp23017(time, new Random(1), strict: true), 0x20, refusal, transactions);

    [Theory]
    [InlineData("only 2 of the seven", new byte[] { 0x00, 0x00, 0x30 })]
    [InlineData("is no time", new byte[] { 0x00, 0x00, 0x00, 0x00, 0x01, 0x31, 0x02, 0x26 })]
    [InlineData("is no time", new byte[] { 0x00, 0x6A, 0x00, 0x00, 0x01, 0x01, 0x02, 0x26 })]
    [InlineData("does not exist", new byte[] { 0x13 })]
    public void Ds3231(string refusal, params byte[][] transactions) => Refused(new VirtualDs3231(time, strict: true), 0x68, refusal, transactions);

    [Theory]
    [InlineData("switched on before register 1h", new byte[] { 0x0C, 1 })]
    [InlineData("register Dh does not exist", new byte[] { 0x0D, 1 })]
    [InlineData("middle of a word", new byte[] { 0x0C })]
    public void Max7219(string refusal, params byte[][] transfers) => Refused(new VirtualMax7219(strict: true), refusal, transfers);

    [Theory]
    [InlineData("after 2 bytes; 4 modules take 8", new byte[] { 0x0A, 1 })]
    [InlineData("switched on before register 1h", new byte[] { 0x0C, 1, 0, 0, 0, 0, 0, 0 })]
    public void Max7219_chain(string refusal, params byte[][] transfers) => Refused(new VirtualMax7219Chain(4, 1, strict: true), refusal, transfers);

    [Fact]
    public void The_word_sent_first_comes_to_rest_in_the_last_module()
    {
        var chain = new VirtualMax7219Chain(4, 1);
        var bus = new VirtualSpiBus(time);
        bus.Attach(0, chain);
        var device = bus.Open(0);
        foreach (var (register, value) in new (byte, byte)[] { (0x0B, 7), (0x0A, 15), (0x0C, 1) })
        {
            device.Write([register, value, register, value, register, value, register, value]);
        }

        device.Write([0x01, 0x80, 0, 0, 0, 0, 0x02, 0x01]);
        Assert.Equal((true, true), (chain.Glass[0, 0], chain.Glass[31, 1]));
        Assert.Equal(2, chain.Glass.Dots.Count(lit => lit));
    }

    [Theory]
    [InlineData("not for display", 0x00)]
    [InlineData("not for display", 0xC6)]
    [InlineData("before all digits were written", 0x88)]
    public void Tm1637(string refusal, byte command)
    {
        var (port, clock, data) = TwoLines(new VirtualTm1637(strict: true));
        data.Set(false);
        clock.Set(false);
        var refused = Assert.Throws<InvalidOperationException>(() => Bits(clock, data, command, 8));
        Assert.Contains(refusal, refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, port.Lines.Count(line => line.Consumer is not null));
    }

    [Fact]
    public void A_tm1637_refuses_data_that_moves_while_the_clock_is_high()
    {
        var (_, clock, data) = TwoLines(new VirtualTm1637(strict: true));
        data.Set(false);
        clock.Set(false);
        Bits(clock, data, 0x01, 3);
        clock.Set(true);
        Assert.Contains("middle of a byte", Assert.Throws<InvalidOperationException>(() => data.Set(true)).Message, StringComparison.Ordinal);
    }

    private (VirtualGpioPort Port, IGpioOpenDrain Clock, IGpioOpenDrain Data) TwoLines(VirtualTm1637 chip)
    {
        var port = new VirtualGpioPort(time, new Random(1));
        port.Attach(5, 6, chip);
        return (port, port.RequestOpenDrain(new OpenDrainLine(5, PullUp: true, "test")), port.RequestOpenDrain(new OpenDrainLine(6, PullUp: true, "test")));
    }

    private static void Bits(IGpioOpenDrain clock, IGpioOpenDrain data, byte value, int count)
    {
        for (var bit = 0; bit < count; bit++)
        {
            data.Set((value >> bit & 1) != 0);
            clock.Set(true);
            clock.Set(false);
        }
    }

    private void Refused(IVirtualI2cChip chip, int address, string refusal, byte[][] transactions)
    {
        var bus = new VirtualI2cBus(time);
        bus.Attach(address, chip);
        var device = bus.Open(address);
        foreach (var transaction in transactions[..^1])
        {
            device.Write(transaction);
        }

        Assert.Contains(refusal, Assert.Throws<InvalidOperationException>(() => device.Write(transactions[^1])).Message, StringComparison.Ordinal);
    }

    private void Refused(IVirtualSpiChip chip, string refusal, byte[][] transfers)
    {
        var bus = new VirtualSpiBus(time);
        bus.Attach(0, chip);
        Assert.Contains(refusal, Assert.Throws<InvalidOperationException>(() => bus.Open(0).Write(transfers[^1])).Message, StringComparison.Ordinal);
    }
}
