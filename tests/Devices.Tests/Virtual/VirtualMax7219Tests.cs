using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Virtual;

public sealed class VirtualMax7219Tests
{
    private readonly VirtualMax7219 chip = new();
    private readonly VirtualSpiBus bus = new(new ManualTime());
    private readonly SpiSocket socket;
    private readonly ISpiDevice device;

    public VirtualMax7219Tests()
    {
        socket = bus.Attach(0, chip);
        device = bus.Open(0);
    }

    [Fact]
    public void After_power_on_the_sign_is_shut_down_at_its_darkest()
    {
        device.Write([0x01, 0x7F]);
        Assert.True(chip.Digits is { On: false, Intensity: 0, Text: "        " });
    }

    [Fact]
    public void Digits_beyond_the_scan_limit_stay_dark()
    {
        On(scanLimit: 1);
        device.Write([0x01, 0x30]);
        device.Write([0x02, 0x6D]);
        device.Write([0x03, 0x79]);
        Assert.Equal("      21", chip.Digits.Text);
    }

    [Fact]
    public void The_decoder_shows_code_b_where_it_is_switched_on()
    {
        On();
        device.Write([0x09, 0x01]);
        device.Write([0x01, 0x8C]);
        device.Write([0x02, 0x0C]);
        Assert.Equal((byte)0xB7, chip.Digits.Segments[7]);
        Assert.Equal('H', chip.Digits.Text[7]);
        Assert.Equal((byte)0x0C, chip.Digits.Segments[6]);
    }

    [Fact]
    public void Display_test_lights_everything_even_while_shut_down()
    {
        device.Write([0x0F, 0x01]);
        Assert.All(chip.Digits.Segments, lit => Assert.Equal(0xFF, lit));
        Assert.True(chip.Digits.DisplayTest);
    }

    [Fact]
    public void Intensity_is_four_bits_and_a_no_op_does_nothing()
    {
        On();
        device.Write([0x0A, 0xF7]);
        var before = chip.Digits;
        device.Write([0x00, 0xFF]);
        Assert.Equal(7, chip.Digits.Intensity);
        Assert.Equal(before.Segments, chip.Digits.Segments);
    }

    [Fact]
    public void The_last_word_of_a_transfer_is_latched_and_half_a_word_is_not()
    {
        On();
        device.Write([0x01, 0x30, 0x01, 0x6D]);
        Assert.Equal("       2", chip.Digits.Text);
        device.Write([0x01]);
        Assert.Equal("       2", chip.Digits.Text);
    }

    [Fact]
    public void Words_to_an_unplugged_sign_vanish_without_an_error_and_power_on_follows()
    {
        On();
        device.Write([0x01, 0x30]);
        socket.Unplugged = true;
        device.Write([0x01, 0x6D]);
        Assert.False(chip.Digits.On);
        socket.Unplugged = false;
        Assert.False(chip.Digits.On);
    }

    [Fact]
    public void Lost_words_are_not_taken_and_nobody_is_told()
    {
        On();
        socket.LoseTransfers(1);
        device.Write([0x01, 0x30]);
        device.Write([0x02, 0x30]);
        Assert.Equal("      1 ", chip.Digits.Text);
    }

    [Fact]
    public void A_brown_out_darkens_the_sign()
    {
        On();
        chip.BrownOut();
        Assert.False(chip.Digits.On);
    }

    [Fact]
    public void A_bus_that_is_gone_is_an_error()
    {
        bus.Gone = true;
        Assert.Equal("spidev0.0: No such device.", Assert.Throws<IOException>(() => device.Write([0x01, 0x30])).Message);
    }

    [Fact]
    public void A_word_takes_sixteen_bit_times()
    {
        device.Write([0x01, 0x30]);
        Assert.Equal(new WireCount(1, 2, TimeSpan.FromMicroseconds(16)), bus.Count);
        socket.Slow = 3;
        device.Write([0x01, 0x30]);
        Assert.Equal(TimeSpan.FromMicroseconds(64), bus.Count.Wire);
    }

    private void On(byte scanLimit = 7)
    {
        device.Write([0x0B, scanLimit]);
        device.Write([0x0C, 0x01]);
    }
}
