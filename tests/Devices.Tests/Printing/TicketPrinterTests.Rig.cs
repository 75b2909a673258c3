using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Printing;
using Xunit;

namespace MotCua.Devices.Tests.Printing;

/// <content>How time passes for the loop, and what it answered.</content>
public sealed partial class TicketPrinterTests
{
    private void Give(params string[] numbers)
    {
        foreach (var number in numbers)
        {
            printer.Print(new PrintJob(number, 1, time.GetTimestamp() + TimeSpan.FromSeconds(60).Ticks, () => Slips.Bare with { Number = number }));
        }

        restUntil = 0;
    }

    private async Task RunAsync(double seconds, double strideMs = 10)
    {
        for (var left = seconds * 1000; left > 0; left -= strideMs)
        {
            while (step is null && time.GetTimestamp() >= restUntil)
            {
                step = printer.StepAsync(TestContext.Current.CancellationToken).AsTask();
                await TakeAsync();
            }

            time.Advance(TimeSpan.FromMilliseconds(strideMs));
            await TakeAsync();
        }
    }

    private async Task TakeAsync()
    {
        while (step is { IsCompleted: false } && !far.IsWaitedFor)
        {
            await Task.Yield();
        }

        if (step is { IsCompleted: true } ended)
        {
            restUntil = time.GetTimestamp() + (await ended).Ticks;
            step = null;
        }
    }

    private sealed class Receipts : IPrintReceipts
    {
        public List<(string Number, int Millimetres)> Done { get; } = [];

        public List<(string Number, string Why)> Not { get; } = [];

        public void Printed(PrintJob job, DeviceId printer, int millimetres) => Done.Add((job.Number, millimetres));

        public void NotPrinted(PrintJob job, DeviceId printer, FaultCode why) => Not.Add((job.Number, why.Value));
    }
}
