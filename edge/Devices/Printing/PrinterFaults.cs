using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Printing;

/// <summary>What a printer's condition means for people: its state, and the fault that the catalogue explains.</summary>
public static class PrinterFaults
{
    public static FaultCode PaperOut { get; } = new("printer.paper-out");
    public static FaultCode PaperNearEnd { get; } = new("printer.paper-near-end");
    public static FaultCode CoverOpen { get; } = new("printer.cover-open");
    public static FaultCode Cutter { get; } = new("printer.cutter");
    public static FaultCode Overheated { get; } = new("printer.overheated");
    public static FaultCode Broken { get; } = new("printer.broken");
    public static FaultCode Offline { get; } = new("printer.offline");
    public static FaultCode Rubbish { get; } = new("printer.rubbish");
    public static FaultCode NoFont { get; } = new("printer.no-font");

    /// <summary>More tickets wait than the printer's bound, or one waited too long.</summary>
    public static FaultCode TooSlow { get; } = new("printer.too-slow");

    // The gravest first: what a person has to do before anything else can help.
    private static readonly (PrinterCondition Condition, DeviceState State, FaultCode Fault)[] Table =
    [
        (PrinterCondition.Broken, DeviceState.Failed, Broken),
        (PrinterCondition.CoverOpen, DeviceState.Failed, CoverOpen),
        (PrinterCondition.PaperOut, DeviceState.Failed, PaperOut),
        (PrinterCondition.Cutter, DeviceState.Failed, Cutter),
        (PrinterCondition.Overheated, DeviceState.Degraded, Overheated),
        (PrinterCondition.Offline, DeviceState.Failed, Offline),
        (PrinterCondition.PaperNearEnd, DeviceState.Degraded, PaperNearEnd),
    ];

    public static (DeviceState State, FaultCode? Fault) Of(PrinterCondition condition)
    {
        foreach (var row in Table)
        {
            if ((condition & row.Condition) != PrinterCondition.None)
            {
                return (row.State, row.Fault);
            }
        }

        return (DeviceState.Ready, null);
    }

    public static FaultCode Of(Exception failure) => failure switch
    {
        PrinterRubbishException => Rubbish,
        PrinterStoppedException stopped => Of(stopped.Condition).Fault ?? Offline,
        _ => FaultCode.NotAnswering,
    };
}
