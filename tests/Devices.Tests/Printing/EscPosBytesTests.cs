using System.Text;
using MotCua.Edge.Devices.Printing;
using MotCua.Edge.Devices.Printing.EscPos;
using MotCua.Edge.Devices.Virtual.Printer;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Printing;

public sealed class EscPosBytesTests
{
    [Fact]
    public void A_ticket_begins_with_a_reset_holds_bands_of_less_than_4_KB_and_ends_with_cut_and_question()
    {
        var paper = new Raster(576);
        paper.Box(0, 0, 576, 60);
        paper.Grow(100);
        var bytes = EscPosBytes.Ticket(paper);
        Assert.Equal("1B401D61001D763000480030" + "00", Convert.ToHexString(bytes, 0, 13));
        Assert.All(bytes.AsSpan(13, 72 * 48).ToArray(), b => Assert.Equal(0xFF, b));
        Assert.Equal("1D76300048000C00", Convert.ToHexString(bytes, 13 + (72 * 48), 8));
        // The white rows below cost a byte each.
        Assert.Equal("1D76300001002800", Convert.ToHexString(bytes, 13 + (72 * 60) + 8, 8));
        Assert.Equal("1D564218" + "1D7201", Convert.ToHexString(bytes.AsSpan(bytes.Length - 7)));
    }

    [Theory]
    [InlineData(0x04)]
    [InlineData(0x05)]
    [InlineData(0x14)]
    public async Task Dots_that_look_like_a_real_time_command_gain_a_dot_and_are_none(byte second)
    {
        var paper = new Raster(64);
        Dots(paper, 0, 0x10);
        Dots(paper, 8, second);
        paper.Set(63, 0);
        var time = new ManualTime();
        using var far = new VirtualPrinter(64, time, strict: true);
        using var printer = new EscPosPrinter(far, time);
        await VirtualRig.PassAsync(time, printer.PrintAsync(paper, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal([0x11, second, 0, 0, 0, 0, 0, 1], Assert.Single(far.Papers).Dots.Row(0).ToArray());
    }

    [Theory]
    [InlineData("", "1D76300001000100FF", "dots before ESC @")]
    [InlineData("1B40", "1D763000490001", "a band of 584 dots on a head of 576")]
    [InlineData("1B40", "1D7630004800FF00", "a band of 18360 bytes")]
    [InlineData("1B40", "1D76300000000100", "GS v 0 with mode 0, 0 bytes, 1 rows")]
    [InlineData("1B40", "1B21", "unknown command 1B21")]
    [InlineData("1B40", "41", "unknown command 41")]
    [InlineData("1B40", "100409", "DLE EOT 9")]
    [InlineData("1B40", "1D7202", "GS r 2")]
    [InlineData("1B40", "1D76300002000100AA100401", "a real-time command among the dots of a band")]
    public async Task A_strict_printer_sees_what_a_real_one_would_take_wrongly(string before, string bad, string violation)
    {
        using var far = new VirtualPrinter(576, new ManualTime());
        await SendAsync(far, before);
        Assert.Empty(far.Violations);
        await SendAsync(far, bad.Length == 14 ? bad + "00" : bad);
        Assert.Equal(violation, far.Violations[0]);
    }

    [Fact]
    public async Task Paper_without_an_end_is_seen()
    {
        using var far = new VirtualPrinter(8, new ManualTime());
        await SendAsync(far, "1B40");
        for (var i = 0; i < 26; i++)
        {
            await SendAsync(far, "1D76300001006400" + new string('0', 200));
        }

        Assert.Contains("more than 2400 rows without a cut", far.Violations);
    }

    [Fact]
    public async Task A_strict_printer_that_throws_names_the_command()
    {
        using var far = new VirtualPrinter(576, new ManualTime(), strict: true);
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => SendAsync(far, Convert.ToHexString(Encoding.ASCII.GetBytes("A105"))));
        Assert.Contains("unknown command 41", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x12, ReplyKind.RealTime)]
    [InlineData(0x7E, ReplyKind.RealTime)]
    [InlineData(0x10, ReplyKind.Automatic)]
    [InlineData(0x1C, ReplyKind.Automatic)]
    [InlineData(0x00, ReplyKind.InLine)]
    [InlineData(0x0F, ReplyKind.InLine)]
    [InlineData(0x11, ReplyKind.Flow)]
    [InlineData(0x13, ReplyKind.Flow)]
    [InlineData(0xFF, ReplyKind.Rubbish)]
    [InlineData(0xA5, ReplyKind.Rubbish)]
    internal void The_fixed_bits_of_an_answer_tell_its_kind(byte reply, ReplyKind kind) => Assert.Equal(kind, EscPosReplies.KindOf(reply));

    private static async Task SendAsync(VirtualPrinter far, string hex) =>
        await far.WriteAsync(Convert.FromHexString(hex), TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

    private static void Dots(Raster paper, int left, byte bits)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            if ((bits & (0x80 >> bit)) != 0)
            {
                paper.Set(left + bit, 0);
            }
        }
    }
}
