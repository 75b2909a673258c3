using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Printing;
using MotCua.Edge.Devices.Printing.EscPos;
using MotCua.Edge.Devices.Printing.Fonts;
using MotCua.Edge.Devices.Printing.Slip;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Loop;
using MotCua.Edge.Printing;

namespace MotCua.Edge.Assembly;

/// <summary>Puts the printer of a centre together; nothing of it is loaded where none is configured.</summary>
internal static class PrinterParts
{
    private const string BadLogo = "printer.no-logo";

    public static TicketPrinting? Assemble(EdgeCentre centre, IHardware hardware, BoardFeed boards, Announcer announcer)
    {
        if (centre.Options.Printer is not { } wired)
        {
            return null;
        }

        if (LogoProblem(wired, out var logo) is { } problem)
        {
            centre.Devices.Fault("edge", BadLogo, problem.ToString(), present: true);
        }

        var (glyphs, time) = (new FreeTypeGlyphs(), centre.Time);
        var slips = new SlipMaker(centre.Options, centre.Outlook, () => centre.Procedures);
        var paperless = new Paperless(boards, announcer, SpeechParts.Scripts(centre.Options.Speech), time);
        return new TicketPrinting(
            receipts => new TicketPrinter(
                wired.Id, new EscPosPrinter(hardware.OpenPrinter(wired), time, wired.Answers), new SlipPainter(glyphs, wired.Dots, logo), time, centre.Devices, receipts,
                failure => PrinterLines.Explain(wired, failure)),
            glyphs, slips, paperless, centre.Loop, centre.Identity.Clock, time);
    }

    /// <summary>What is wrong with the logo's file; null when it can be printed or there is none.</summary>
    public static ConfigurationError? LogoProblem(PrinterOptions wired, out Raster? logo)
    {
        logo = null;
        if (wired.Logo is not { } file)
        {
            return null;
        }

        try
        {
            logo = LogoFile.Load(file, wired.Dots);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new ConfigurationError(wired.LogoLine, "devices.printer.logo", $"{file}: {e.Message}", "tệp PBM (P4) đọc được");
        }
    }
}
