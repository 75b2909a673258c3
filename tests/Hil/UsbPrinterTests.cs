using System.Text;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.Kernel;
using MotCua.Edge.Devices.Printing;
using MotCua.Edge.Devices.Printing.EscPos;
using MotCua.Edge.Devices.Virtual.Printer;
using MotCua.Hil.Rig;
using Xunit;

namespace MotCua.Hil;

/// <summary>A USB line printer of the kernel's gadget, plugged into a host controller that is a program too: <c>/dev/usb/lp0</c> is as real as any.</summary>
/// <remarks>Source: Documentation/usb/gadget_printer.rst and gadget_configfs.rst.</remarks>
public sealed class UsbPrinterTests : IDisposable
{
    private const string Gadget = "/sys/kernel/config/usb_gadget/printer";
    private const string Line = "/dev/usb/lp0";

    public UsbPrinterTests()
    {
        Machine.MustBeVirtual();
        if (!Directory.Exists(Gadget))
        {
            Directory.CreateDirectory(Gadget);
            File.WriteAllText($"{Gadget}/idVendor", "0x0525");
            File.WriteAllText($"{Gadget}/idProduct", "0xa4a8");
            Directory.CreateDirectory($"{Gadget}/functions/printer.0");
            Directory.CreateDirectory($"{Gadget}/configs/c.1");
            File.CreateSymbolicLink($"{Gadget}/configs/c.1/printer.0", $"{Gadget}/functions/printer.0");
        }

        Plug(true);
    }

    public void Dispose() => Plug(false);

    [Fact]
    public async Task A_ticket_reaches_the_printer_whole_and_its_answer_comes_back()
    {
        using var printer = CharacterLine.UsbPrinter("/dev/g_printer0", TimeProvider.System);
        using var line = CharacterLine.UsbPrinter(Line, TimeProvider.System);
        var ticket = Enumerable.Range(0, 20_000).Select(i => (byte)(i * 31)).ToArray();
        var taking = TakeAsync(printer, ticket.Length);
        await line.WriteAsync(ticket, Machine.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(ticket, await taking);
        await printer.WriteAsync(Encoding.ASCII.GetBytes("paper"), Machine.Patience, TestContext.Current.CancellationToken);
        Assert.Equal("paper", Encoding.ASCII.GetString(await TakeAsync(line, 5)));
    }

    [Fact]
    public async Task A_printer_that_was_unplugged_prints_again_when_it_is_back()
    {
        using var line = CharacterLine.UsbPrinter(Line, TimeProvider.System);
        using (var printer = CharacterLine.UsbPrinter("/dev/g_printer0", TimeProvider.System))
        {
            await line.WriteAsync(new byte[] { 1 }, Machine.Patience, TestContext.Current.CancellationToken);
            Assert.Equal(new byte[] { 1 }, await TakeAsync(printer, 1));
        }

        Plug(false);
        var failure = await Assert.ThrowsAsync<BusException>(async () => await line.WriteAsync(new byte[] { 2 }, Machine.Patience, TestContext.Current.CancellationToken));
        Assert.Contains(Line, failure.Message, StringComparison.Ordinal);
        Plug(true);
        using var again = CharacterLine.UsbPrinter("/dev/g_printer0", TimeProvider.System);
        await line.WriteAsync(new byte[] { 3 }, Machine.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(new byte[] { 3 }, await TakeAsync(again, 1));
    }

    [Fact]
    public async Task A_ticket_falls_out_of_a_printer_behind_usb_dot_for_dot_and_its_conditions_are_told()
    {
        using var gadget = CharacterLine.UsbPrinter("/dev/g_printer0", TimeProvider.System);
        using var far = new VirtualPrinter(576, TimeProvider.System);
        using var end = new CancellationTokenSource();
        var carrying = Task.WhenAll(CarryAsync(gadget, far, end.Token), CarryAsync(far, gadget, end.Token));
        using var printer = new EscPosPrinter(CharacterLine.UsbPrinter(Line, TimeProvider.System), TimeProvider.System, patience: Machine.Patience);
        far.Condition = PrinterCondition.PaperNearEnd;
        Assert.Equal(PrinterCondition.PaperNearEnd, await printer.AskAsync(TestContext.Current.CancellationToken));
        far.Condition = PrinterCondition.None;
        // Fonts are not in this machine; dots are dots.
        var ticket = new Raster(576);
        for (var y = 0; y < 900; y++)
        {
            ticket.Box(y * 7 % 500, y, 1 + y % 60, 1);
        }

        await printer.PrintAsync(ticket, TestContext.Current.CancellationToken);
        var paper = Assert.Single(far.Papers).Dots;
        Assert.Equal(ticket.Height, paper.Height);
        Assert.All(Enumerable.Range(0, 900), y => Assert.True(ticket.Row(y).SequenceEqual(paper.Row(y))));
        Assert.Empty(far.Violations);
        await end.CancelAsync();
        await carrying;
    }

    private static async Task CarryAsync(IByteLine from, IByteLine to, CancellationToken stop)
    {
        var buffer = new byte[8192];
        try
        {
            while (true)
            {
                var read = await from.ReadAsync(buffer, TimeSpan.FromSeconds(1), stop);
                if (read > 0)
                {
                    await to.WriteAsync(buffer.AsMemory(0, read), Machine.Patience, stop);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test has seen what it wanted.
        }
    }

    private static async Task<byte[]> TakeAsync(CharacterLine from, int count)
    {
        var (taken, buffer) = (new List<byte>(), new byte[8192]);
        while (taken.Count < count)
        {
            var read = await from.ReadAsync(buffer, Machine.Patience, TestContext.Current.CancellationToken);
            Assert.True(read > 0, $"Only {taken.Count} of {count} bytes came.");
            taken.AddRange(buffer[..read]);
        }

        return [.. taken];
    }

    private static void Plug(bool there)
    {
        var port = $"{Gadget}/UDC";
        if (File.ReadAllText(port).Trim().Length > 0 != there)
        {
            File.WriteAllText(port, there ? "dummy_udc.0\n" : "\n");
        }

        Machine.Until(() => File.Exists(Line) == there);
    }
}
