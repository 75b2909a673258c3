using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Printing;
using MotCua.Edge.Devices.Printing.EscPos;
using MotCua.Edge.Devices.Stepping;
using Xunit;

namespace MotCua.Devices.Tests.Printing;

/// <summary>What printers do that answer late.</summary>
public sealed class EscPosPrinterTests : IDisposable
{
    private readonly VirtualRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task The_late_word_of_a_ticket_that_was_given_up_is_not_taken_for_that_of_the_next_one()
    {
        var stop = TestContext.Current.CancellationToken;
        var late = new LateLine(rig.Line, rig.Time, TimeSpan.Zero);
        using var printer = new EscPosPrinter(late, rig.Time);
        await rig.PassAsync(printer.AskAsync(stop).AsTask());
        late.Next = EscPosPrinter.DoneLimit + TimeSpan.FromSeconds(3);
        var ticket = Slips.Paint(Slips.Bare, PrinterRig.Width);
        await Assert.ThrowsAsync<PrinterUndoneException>(() => rig.PassAsync(printer.PrintAsync(ticket, stop).AsTask()));
        late.Next = TimeSpan.FromSeconds(1);
        await rig.PassAsync(printer.PrintAsync(ticket, stop).AsTask());
        Assert.Equal(late.Asked, late.Told);
    }

    [Fact]
    public async Task A_printer_that_does_not_know_how_to_say_done_is_told_at_its_first_word()
    {
        rig.Far.NeverDone = true;
        using var printer = new EscPosPrinter(rig.Line, rig.Time);
        var e = await Assert.ThrowsAsync<PrinterUndoneException>(() => rig.PassAsync(printer.AskAsync(TestContext.Current.CancellationToken).AsTask()));
        Assert.Contains("status: none", e.Message, StringComparison.Ordinal);
    }

    /// <summary>A line that keeps back what the printer says in line with its work.</summary>
    private sealed class LateLine(IByteLine line, TimeProvider time, TimeSpan next) : IByteLine
    {
        private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

        private readonly Queue<(byte Value, long Due)> held = new();
        private readonly Queue<byte> prompt = new();

        /// <summary>How late the next such answer is.</summary>
        public TimeSpan Next { get; set; } = next;

        /// <summary>Such answers so far.</summary>
        public int Asked { get; private set; }

        /// <summary>Of them, those that were let through.</summary>
        public int Told { get; private set; }

        public string Name => line.Name;

        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan atMost, CancellationToken stop) => line.WriteAsync(bytes, atMost, stop);

        public async ValueTask<int> ReadAsync(Memory<byte> buffer, TimeSpan atMost, CancellationToken stop)
        {
            for (var begun = time.GetTimestamp(); ;)
            {
                var count = await line.ReadAsync(buffer, TimeSpan.Zero, stop);
                for (var i = 0; i < count; i++)
                {
                    Keep(buffer.Span[i]);
                }

                if (prompt.TryDequeue(out buffer.Span[0]))
                {
                    return 1;
                }

                if (held.TryPeek(out var first) && time.GetTimestamp() >= first.Due)
                {
                    buffer.Span[0] = held.Dequeue().Value;
                    Told++;
                    return 1;
                }

                if (time.GetElapsedTime(begun) >= atMost)
                {
                    return 0;
                }

                await Task.Delay(Look, time, stop);
            }
        }

        public void Close() => line.Close();

        public void Dispose()
        {
            // The line is its owner's.
        }

        private void Keep(byte said)
        {
            if (EscPosReplies.KindOf(said) == ReplyKind.InLine)
            {
                Asked++;
                held.Enqueue((said, time.After(Next)));
            }
            else
            {
                prompt.Enqueue(said);
            }
        }
    }
}
