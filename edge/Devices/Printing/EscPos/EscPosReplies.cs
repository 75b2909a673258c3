namespace MotCua.Edge.Devices.Printing.EscPos;

/// <summary>What a byte from a printer is; fixed bits tell the kinds apart.</summary>
internal enum ReplyKind
{
    /// <summary>Of no kind: another device, or a wrong rate.</summary>
    Rubbish,

    /// <summary>Answer to DLE EOT: 0xx1xx10.</summary>
    RealTime,

    /// <summary>First of the four bytes of an automatic status: 0xx1xx00.</summary>
    Automatic,

    /// <summary>Answer to GS r: 0xx0xxxx.</summary>
    InLine,

    /// <summary>XON or XOFF of a serial printer.</summary>
    Flow,
}

/// <summary>Reads what printers say of themselves.</summary>
/// <remarks>Source: Epson, ESC/POS command reference, tables of DLE EOT, GS a and GS r.</remarks>
internal static class EscPosReplies
{
    public static ReplyKind KindOf(byte reply) => reply switch
    {
        0x11 or 0x13 => ReplyKind.Flow,
        _ when (reply & 0x93) == 0x12 => ReplyKind.RealTime,
        _ when (reply & 0x93) == 0x10 => ReplyKind.Automatic,
        _ when (reply & 0x90) == 0 => ReplyKind.InLine,
        _ => ReplyKind.Rubbish,
    };

    /// <param name="about">What was asked with DLE EOT: 1 printer, 2 why offline, 3 error, 4 paper.</param>
    public static PrinterCondition Read(int about, byte reply) => about switch
    {
        1 => If(reply, 0x08, PrinterCondition.Offline),
        2 => If(reply, 0x04, PrinterCondition.CoverOpen) | If(reply, 0x20, PrinterCondition.PaperOut),
        3 => If(reply, 0x08, PrinterCondition.Cutter) | If(reply, 0x20, PrinterCondition.Broken) | If(reply, 0x40, PrinterCondition.Overheated),
        4 => If(reply, 0x0C, PrinterCondition.PaperNearEnd) | If(reply, 0x60, PrinterCondition.PaperOut),
        _ => throw new ArgumentOutOfRangeException(nameof(about), about, "1 to 4."),
    };

    private static PrinterCondition If(byte reply, byte bits, PrinterCondition meaning) => (reply & bits) != 0 ? meaning : PrinterCondition.None;
}
