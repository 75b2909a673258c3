using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Neighbours;

/// <summary>The faults of neighbours. What to do about each stands in the fault catalogue, in the words of a clerk.</summary>
public static class NeighbourFaults
{
    public static FaultCode PcSilent { get; } = new("neighbour.pc-silent");
    public static FaultCode PrinterSilent { get; } = new("neighbour.printer-silent");
    public static FaultCode RouterSilent { get; } = new("neighbour.router-silent");
    public static FaultCode InternetLost { get; } = new("neighbour.internet-lost");
    public static FaultCode PortalSilent { get; } = new("neighbour.portal-silent");
    public static FaultCode RecorderSilent { get; } = new("neighbour.recorder-silent");
    public static FaultCode OtherSilent { get; } = new("neighbour.silent");
    public static FaultCode BadAnswer { get; } = new("neighbour.bad-answer");
    public static FaultCode PingForbidden { get; } = new("neighbour.ping-forbidden");
    public static FaultCode CertificateEnds { get; } = new("neighbour.certificate-ends");
    public static FaultCode CertificateBad { get; } = new("neighbour.certificate-bad");
    public static FaultCode PaperOut { get; } = new("neighbour.paper-out");
    public static FaultCode PaperLow { get; } = new("neighbour.paper-low");
    public static FaultCode TonerOut { get; } = new("neighbour.toner-out");
    public static FaultCode TonerLow { get; } = new("neighbour.toner-low");
    public static FaultCode PaperJam { get; } = new("neighbour.paper-jam");
    public static FaultCode DoorOpen { get; } = new("neighbour.door-open");
    public static FaultCode PrinterStopped { get; } = new("neighbour.printer-stopped");

    /// <summary>It prints on and wants to be looked at.</summary>
    public static FaultCode PrinterAttention { get; } = new("neighbour.printer-attention");

    public static FaultCode Silence(NeighbourKind kind) => kind switch
    {
        NeighbourKind.Pc => PcSilent,
        NeighbourKind.OfficePrinter => PrinterSilent,
        NeighbourKind.Router => RouterSilent,
        NeighbourKind.Internet => InternetLost,
        NeighbourKind.Portal => PortalSilent,
        NeighbourKind.CameraRecorder => RecorderSilent,
        _ => OtherSilent,
    };
}
