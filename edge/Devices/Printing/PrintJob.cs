using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Printing.Slip;

namespace MotCua.Edge.Devices.Printing;

/// <summary>A ticket to print. It is durable: what the paper says has happened.</summary>
/// <param name="Number">As called: <c>A105</c>.</param>
/// <param name="Copy">1 for the original.</param>
/// <param name="NotAfter">Monotonic moment after which nobody waits for the paper any more.</param>
/// <param name="Slip">What it says, asked when its turn comes: the forecast is one of that moment.</param>
public record PrintJob(string Number, int Copy, long NotAfter, Func<TicketSlip> Slip);

/// <summary>Where the printer answers for each ticket, once. Called from its loop, or from whoever handed the ticket in; returns at once and never throws.</summary>
public interface IPrintReceipts
{
    /// <summary>All of it is on paper and cut off.</summary>
    /// <param name="millimetres">Paper used.</param>
    void Printed(PrintJob job, DeviceId printer, int millimetres);

    /// <summary>It is not, or nobody knows. It is not printed again by itself.</summary>
    void NotPrinted(PrintJob job, DeviceId printer, FaultCode why);
}
