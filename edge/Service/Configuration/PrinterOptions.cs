using System.Collections.Immutable;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Configuration;

/// <summary>Where the printer hangs.</summary>
public abstract record PrinterPort
{
    private PrinterPort()
    {
    }

    /// <param name="Path">Such as <c>/dev/usb/lp0</c>.</param>
    public sealed record Usb(string Path) : PrinterPort;

    public sealed record Tcp(string Host, int Port) : PrinterPort;

    /// <param name="Path">Such as <c>/dev/ttyUSB0</c>.</param>
    /// <param name="Baud">300 to 4,000,000.</param>
    /// <param name="HardwareFlow">RTS/CTS; without it a printer that is slower than the line loses dots.</param>
    public sealed record Serial(string Path, int Baud, bool HardwareFlow = false) : PrinterPort;
}

/// <summary>The ticket printer as <c>devices.printer</c> says it.</summary>
/// <param name="Dots">Width of the head: 384 (58 mm) or 576 (80 mm).</param>
/// <param name="Answers">False: the printer is known never to say anything back.</param>
/// <param name="FollowUrl">What stands before a ticket's token in its QR code, ending in '/' or '='; null for no code.</param>
/// <param name="Logo">Absolute path of a PBM picture; null for none.</param>
/// <param name="Footer">Below everything; null for nothing.</param>
/// <param name="Checklists">Papers that a service needs, a line each.</param>
public sealed record PrinterOptions(
    DeviceId Id, PrinterPort Port, int Dots, bool Answers, string? FollowUrl, string? Logo, string? Footer, ImmutableDictionary<ServiceCode, ImmutableArray<string>> Checklists)
{
    /// <summary>Line of the file at which the printer stands, from 1.</summary>
    public int FileLine { get; init; }

    /// <summary>Line of the file at which the logo stands, from 1.</summary>
    public int LogoLine { get; init; }
}
