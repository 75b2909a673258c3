using MotCua.Devices.Tests.Boards.Contract;
using MotCua.Edge.Devices.Boards.Tm1637;
using Xunit;

namespace MotCua.Devices.Tests.Boards;

public sealed class Tm1637BoardTests
{
    [Fact]
    public void A_wire_that_rises_slowly_is_waited_for()
    {
        var rig = new Tm1637Rig(6);
        rig.Port.WireAt(Tm1637Rig.Clock).SlowRise = 40;
        rig.Port.WireAt(Tm1637Rig.Data).SlowRise = 25;
        rig.Board.Show(Views.Of(1, "A105 3"), fromScratch: true);
        Assert.Equal("A105 3", rig.Chip.Digits.Text);
    }

    [Theory]
    [InlineData(Tm1637Rig.Clock, "CLK")]
    [InlineData(Tm1637Rig.Data, "DIO")]
    public void A_short_circuit_is_an_io_error_that_names_the_line_and_heals(int line, string pin)
    {
        var rig = new Tm1637Rig(4, strict: false);
        rig.Port.WireAt(line).Shorted = true;
        var failed = Assert.Throws<TwoWireException>(() => rig.Board.Show(Views.Of(1, "A105 3"), fromScratch: true));
        Assert.Contains(pin, failed.Message, StringComparison.Ordinal);
        rig.Port.WireAt(line).Shorted = false;
        rig.Board.Show(Views.Of(1, "A105 3"), fromScratch: false);
        Assert.Equal("A105", rig.Chip.Digits.Text);
    }

    [Fact]
    public void An_unplugged_sign_is_an_io_error_and_is_drawn_anew()
    {
        var rig = new Tm1637Rig(4);
        rig.Board.Show(Views.Of(1, "A105 3"), fromScratch: true);
        rig.Chip.Unplugged = true;
        Assert.Throws<TwoWireException>(() => rig.Board.Show(Views.Of(1, "A106 3"), fromScratch: false));
        rig.Chip.Unplugged = false;
        rig.Board.Show(Views.Of(1, "A106 3"), fromScratch: false);
        Assert.Equal("A106", rig.Chip.Digits.Text);
    }

    [Fact]
    public void Lines_that_another_program_holds_are_an_io_error_and_are_asked_for_again()
    {
        var rig = new Tm1637Rig(4);
        rig.Port.HoldByOther(Tm1637Rig.Data, held: true);
        for (var time = 0; time < 2; time++)
        {
            Assert.Throws<IOException>(() => rig.Board.Show(Views.Of(1, "A105 3"), fromScratch: true));
        }

        rig.Port.HoldByOther(Tm1637Rig.Data, held: false);
        rig.Board.Show(Views.Of(1, "A105 3"), fromScratch: true);
        Assert.Equal("A105", rig.Chip.Digits.Text);
    }

    [Fact]
    public void A_gpio_chip_that_was_gone_is_asked_for_its_lines_again()
    {
        var rig = new Tm1637Rig(4);
        rig.Board.Show(Views.Of(1, "A105 3"), fromScratch: true);
        rig.Port.Unplugged = true;
        Assert.Throws<IOException>(() => rig.Board.Show(Views.Of(1, "A106 3"), fromScratch: false));
        rig.Port.Unplugged = false;
        rig.Board.Show(Views.Of(1, "A106 3"), fromScratch: false);
        Assert.Equal("A106", rig.Chip.Digits.Text);
    }

    [Fact]
    public void A_ticket_longer_than_four_digits_loses_its_letter()
    {
        var rig = new Tm1637Rig(6);
        rig.Board.Show(Views.Of(1, "A1005 12"), fromScratch: true);
        Assert.Equal("100512", rig.Chip.Digits.Text);
    }
}
