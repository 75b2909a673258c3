using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Neighbours.Wire;

namespace MotCua.Edge.Devices.Neighbours;

/// <summary>What of a printer's own words a clerk must hear: what stops printing first, and only that is a failure.</summary>
/// <remarks>
/// A keyword ends in <c>-error</c>, <c>-warning</c> or <c>-report</c>, or its severity is not told (RFC 8011, 5.4.12). <c>media-empty-report</c> of an idle printer is its
/// second tray: it prints on, and a clerk who is told «hết giấy» finds the first one full. The bits of SNMP name two that are like it (RFC 2790, hrPrinterDetectedErrorState):
/// inputTrayEmpty, which is some tray, and serviceRequested.
/// </remarks>
internal static class PrinterTrouble
{
    private const int Stopped = 5;
    private const string Error = "-error";

    // In the order of what to do first. "Stops" is told when it prints no more, "Else" while it prints on; the bits, too, are those that stop it and the others.
    private static readonly (FaultCode Stops, FaultCode Else, string[] Reasons, int[] Stopping, int[] Others)[] Table =
    [
        (NeighbourFaults.PaperJam, NeighbourFaults.PaperJam, ["media-jam"], [5], []),
        (NeighbourFaults.DoorOpen, NeighbourFaults.DoorOpen, ["door-open", "cover-open", "interlock-open", "input-tray-missing"], [4], [8]),
        (NeighbourFaults.PaperOut, NeighbourFaults.PaperLow, ["media-empty", "media-needed"], [1], [13]),
        (NeighbourFaults.TonerOut, NeighbourFaults.TonerLow, ["toner-empty", "marker-supply-empty", "developer-empty"], [3], [10]),
        (NeighbourFaults.PrinterStopped, NeighbourFaults.PrinterAttention, ["paused", "shutdown", "offline", "stopped-partly", "output-area-full", "marker-waste-full", "fuser-over-temp"], [6], [7, 12]),
        (NeighbourFaults.PaperLow, NeighbourFaults.PaperLow, ["media-low"], [], [0]),
        (NeighbourFaults.TonerLow, NeighbourFaults.TonerLow, ["toner-low", "marker-supply-low"], [], [2]),
    ];

    private static readonly HashSet<FaultCode> NeverStop = [NeighbourFaults.PaperLow, NeighbourFaults.TonerLow];

    public static Finding Of(PrinterReport report)
    {
        var isStopped = report.State == Stopped;
        var said = string.Join(", ", report.Reasons);
        foreach (var (stops, _, words, _, _) in Table)
        {
            if (!NeverStop.Contains(stops) && words.Any(word => report.Reasons.Any(reason => reason == word + Error || (isStopped && reason == word))))
            {
                return Finding.Trouble(stops, DeviceState.Failed, said);
            }
        }

        if (isStopped)
        {
            return Finding.Trouble(NeighbourFaults.PrinterStopped, DeviceState.Failed, said.Length > 0 ? said : "printer-state stopped");
        }

        var plain = report.Reasons.Select(Plain).ToHashSet(StringComparer.Ordinal);
        foreach (var (_, other, words, _, _) in Table)
        {
            if (words.Any(plain.Contains))
            {
                return Finding.Trouble(other, DeviceState.Degraded, said);
            }
        }

        return Finding.Well;
    }

    /// <param name="errors">The octets of hrPrinterDetectedErrorState; fewer than two leave the rest clear. The first bit is the highest of the first octet.</param>
    /// <param name="tonerPercent">Of the first supply; null when the printer does not say.</param>
    public static Finding Of(ReadOnlySpan<byte> errors, int? tonerPercent)
    {
        var said = $"hrPrinterDetectedErrorState {Convert.ToHexString(errors[..Math.Min(errors.Length, 4)])}";
        foreach (var (stops, _, _, stopping, _) in Table)
        {
            if (IsAnySet(errors, stopping))
            {
                return Finding.Trouble(stops, DeviceState.Failed, said);
            }
        }

        if (tonerPercent == 0)
        {
            return Finding.Trouble(NeighbourFaults.TonerOut, DeviceState.Failed, "mực 0 %");
        }

        foreach (var (_, other, _, _, others) in Table)
        {
            if (IsAnySet(errors, others))
            {
                return Finding.Trouble(other, DeviceState.Degraded, said);
            }
        }

        return tonerPercent <= 5 ? Finding.Trouble(NeighbourFaults.TonerLow, DeviceState.Degraded, $"mực {tonerPercent} %") : Finding.Well;
    }

    private static bool IsAnySet(ReadOnlySpan<byte> errors, int[] bits)
    {
        foreach (var bit in bits)
        {
            if (bit / 8 < errors.Length && (errors[bit / 8] & (0x80 >> (bit % 8))) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static string Plain(string reason)
    {
        foreach (var suffix in (string[])["-report", "-warning", Error])
        {
            if (reason.EndsWith(suffix, StringComparison.Ordinal))
            {
                return reason[..^suffix.Length];
            }
        }

        return reason;
    }
}
