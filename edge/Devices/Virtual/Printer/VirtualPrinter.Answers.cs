using MotCua.Edge.Devices.Printing;

namespace MotCua.Edge.Devices.Virtual.Printer;

/// <content>What it obeys at once, and what it says.</content>
public sealed partial class VirtualPrinter
{
    private const int MostAnswers = 256;
    private const byte Dle = 0x10;

    /// <summary>What a serial line at the wrong rate makes of an answer.</summary>
    private const byte WrongRate = 0xA5;

    private RealTime realTime;

    // The piece that is being taken holds a real-time command and nothing else.
    private bool alone;

    // DLE EOT n and DLE ENQ n, wherever they stand; a DLE that begins none of them goes the way of all bytes.
    private bool Obeyed(byte value)
    {
        switch (realTime, value)
        {
            case (RealTime.None, Dle):
                realTime = RealTime.Dle;
                return true;
            case (RealTime.Dle, 0x04):
                realTime = RealTime.Ask;
                return true;
            case (RealTime.Dle, 0x05):
                realTime = RealTime.Recover;
                return true;
            case (RealTime.Dle, _):
                received.Enqueue(Dle);
                realTime = value == Dle ? RealTime.Dle : RealTime.None;
                return value == Dle;
            case (RealTime.Ask, _):
                realTime = RealTime.None;
                WarnOfBand();
                Say(Status(value));
                return true;
            case (RealTime.Recover, _):
                realTime = RealTime.None;
                WarnOfBand();
                if (condition.HasFlag(PrinterCondition.Cutter))
                {
                    received.Clear();
                }

                return true;
            default:
                return false;
        }
    }

    private void WarnOfBand()
    {
        // Asked by itself after a transfer that broke off, it harms nothing.
        if (decoder.InBand && received.Count == 0 && !alone)
        {
            violations.Add("a real-time command among the dots of a band");
        }
    }

    private byte Status(byte about) => (byte)(0x12 | about switch
    {
        1 => CanPrint ? 0 : 0x08,
        2 => If(PrinterCondition.CoverOpen, 0x04) | If(PrinterCondition.PaperOut, 0x20) | If(PrinterCondition.Cutter, 0x40) | If(PrinterCondition.Broken, 0x40) | If(PrinterCondition.Overheated, 0x40),
        3 => If(PrinterCondition.Cutter, 0x08) | If(PrinterCondition.Broken, 0x20) | If(PrinterCondition.Overheated, 0x40),
        4 => If(PrinterCondition.PaperNearEnd, 0x0C) | If(PrinterCondition.PaperOut, 0x60),
        _ => Unknown(about),
    });

    private int If(PrinterCondition what, int bits) => condition.HasFlag(what) ? bits : 0;

    private int Unknown(byte about)
    {
        violations.Add($"DLE EOT {about}");
        return 0;
    }

    private void Answer(byte about)
    {
        if (about != 1)
        {
            violations.Add($"GS r {about}");
        }

        if (NeverDone)
        {
            return;
        }

        Say((byte)(If(PrinterCondition.PaperNearEnd, 0x03) | If(PrinterCondition.PaperOut, 0x0C)));
    }

    private void Say(byte answer)
    {
        if (!Silent && answers.Count < MostAnswers)
        {
            answers.Enqueue(Rubbish ? WrongRate : answer);
            Wake();
        }
    }

    private enum RealTime
    {
        None,
        Dle,
        Ask,
        Recover,
    }
}
