using MotCua.Edge.Assembly;
using MotCua.Edge.Devices.Printing;
using MotCua.Edge.Devices.Virtual.Pictures;
using MotCua.Edge.Devices.Virtual.Printer;

namespace MotCua.Edge.Pages;

/// <summary>The simulated printer: its papers and knobs.</summary>
/// <param name="Knobs">What is wrong with it now, by the name of the knob.</param>
/// <param name="Violations">Illegal sequences it has seen; zero for a correct driver.</param>
/// <param name="Papers">The newest ones, oldest first.</param>
public sealed record LabPrinter(string Id, IReadOnlyDictionary<string, bool> Knobs, int Violations, IReadOnlyList<LabPaper> Papers)
{
    private static readonly (string Knob, PrinterCondition Condition)[] Conditions =
    [
        ("paper-out", PrinterCondition.PaperOut), ("near-end", PrinterCondition.PaperNearEnd), ("cover-open", PrinterCondition.CoverOpen),
        ("cutter", PrinterCondition.Cutter), ("overheated", PrinterCondition.Overheated), ("broken", PrinterCondition.Broken), ("offline", PrinterCondition.Offline),
    ];

    internal static LabPrinter? Of(EdgeCentre centre, VirtualHardware box)
    {
        if (box.Printer is not { } printer || centre.Options.Printer is not { } wired)
        {
            return null;
        }

        var (knobs, condition) = (new SortedDictionary<string, bool>(StringComparer.Ordinal), printer.Condition);
        foreach (var (knob, meaning) in Conditions)
        {
            knobs[knob] = condition.HasFlag(meaning);
        }

        (knobs["unplugged"], knobs["rubbish"], knobs["silent"], knobs["slow"]) = (printer.Unplugged, printer.Rubbish, printer.Silent, printer.Slow);
        return new LabPrinter(
            wired.Id.Value, knobs, printer.Violations.Length,
            [.. printer.Papers.Select(paper => new LabPaper(paper.Number, paper.At, paper.Dots.Width, paper.Dots.Height, $"/lab/printer/{paper.Number}.png"))]);
    }

    internal static bool Break(VirtualPrinter printer, LabFault fault)
    {
        switch (fault.Fault)
        {
            case "unplugged":
                printer.Unplugged = fault.On;
                return true;
            case "rubbish":
                printer.Rubbish = fault.On;
                return true;
            case "silent":
                printer.Silent = fault.On;
                return true;
            case "slow":
                printer.Slow = fault.On;
                return true;
        }

        foreach (var (knob, meaning) in Conditions)
        {
            if (knob == fault.Fault)
            {
                printer.Condition = fault.On ? printer.Condition | meaning : printer.Condition & ~meaning;
                return true;
            }
        }

        return false;
    }

    internal static IResult Picture(VirtualHardware box, string file)
    {
        foreach (var paper in box.Printer?.Papers ?? [])
        {
            if (file == $"{paper.Number}.png")
            {
                return Results.Bytes(PngFile.WriteDots(paper.Dots), "image/png");
            }
        }

        return LabApi.Unknown(file);
    }
}

/// <param name="At">When it fell out.</param>
/// <param name="Width">In dots.</param>
/// <param name="Height">In dots.</param>
/// <param name="Url">Its picture, PNG.</param>
public sealed record LabPaper(long Id, DateTimeOffset At, int Width, int Height, string Url);
