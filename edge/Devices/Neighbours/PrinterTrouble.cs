using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Neighbours.Wire;

namespace MotCua.Edge.Devices.Neighbours;

/// <summary>What of a printer's own words a clerk must hear: the gravest, with what stops printing first.</summary>
internal static class PrinterTrouble
{
    private const int Stopped = 5;

    // RFC 8011, 5.4.12, without the suffix for severity; and the bits of hrPrinterDetectedErrorState (RFC 2790), the first being the highest of the first byte.
    private static readonly (FaultCode Fault, DeviceState State, string[] Reasons, int[] Bits)[] Table =
    [
        (NeighbourFaults.PaperJam, DeviceState.Failed, ["media-jam"], [5]),
        (NeighbourFaults.DoorOpen, DeviceState.Failed, ["door-open", "cover-open", "interlock-open", "input-tray-missing"], [4, 8]),
        (NeighbourFaults.PaperOut, DeviceState.Failed, ["media-empty", "media-needed"], [1, 13]),
        (NeighbourFaults.TonerOut, DeviceState.Failed, ["toner-empty", "marker-supply-empty", "developer-empty"], [3, 10]),
        (NeighbourFaults.PrinterStopped, DeviceState.Failed, ["paused", "shutdown", "offline", "stopped-partly", "output-area-full", "marker-waste-full", "fuser-over-temp"], [6, 7, 12]),
        (NeighbourFaults.PaperLow, DeviceState.Degraded, ["media-low"], [0]),
        (NeighbourFaults.TonerLow, DeviceState.Degraded, ["toner-low", "marker-supply-low"], [2]),
    ];

    public static Finding Of(PrinterReport report)
    {
        var reasons = report.Reasons.Select(Plain).ToHashSet(StringComparer.Ordinal);
        var said = string.Join(", ", report.Reasons);
        foreach (var (fault, state, words, _) in Table)
        {
            if (words.Any(reasons.Contains))
            {
                return Finding.Trouble(fault, state, said);
            }
        }

        return report.State == Stopped ? Finding.Trouble(NeighbourFaults.PrinterStopped, DeviceState.Failed, said.Length > 0 ? said : "printer-state stopped") : Finding.Well;
    }

    /// <param name="errors">The octets of hrPrinterDetectedErrorState; fewer than two leave the rest clear.</param>
    /// <param name="tonerPercent">Of the first supply; null when the printer does not say.</param>
    public static Finding Of(ReadOnlySpan<byte> errors, int? tonerPercent)
    {
        foreach (var (fault, state, _, bits) in Table)
        {
            foreach (var bit in bits)
            {
                if (bit / 8 < errors.Length && (errors[bit / 8] & (0x80 >> (bit % 8))) != 0)
                {
                    return Finding.Trouble(fault, state, $"hrPrinterDetectedErrorState {Convert.ToHexString(errors[..Math.Min(errors.Length, 4)])}");
                }
            }
        }

        return tonerPercent switch
        {
            0 => Finding.Trouble(NeighbourFaults.TonerOut, DeviceState.Failed, "mực 0 %"),
            <= 5 => Finding.Trouble(NeighbourFaults.TonerLow, DeviceState.Degraded, $"mực {tonerPercent} %"),
            _ => Finding.Well,
        };
    }

    private static string Plain(string reason)
    {
        foreach (var suffix in (string[])["-report", "-warning", "-error"])
        {
            if (reason.EndsWith(suffix, StringComparison.Ordinal))
            {
                return reason[..^suffix.Length];
            }
        }

        return reason;
    }
}
