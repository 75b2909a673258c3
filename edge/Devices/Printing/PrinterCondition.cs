namespace MotCua.Edge.Devices.Printing;

/// <summary>What a printer says of itself.</summary>
[Flags]
public enum PrinterCondition
{
    /// <summary>Ready.</summary>
    None = 0,

    /// <summary>It prints still; the roll is nearly empty.</summary>
    PaperNearEnd = 1,

    PaperOut = 2,
    CoverOpen = 4,

    /// <summary>The cutter is blocked.</summary>
    Cutter = 8,

    /// <summary>The head is too hot and rests; it goes on by itself.</summary>
    Overheated = 16,

    /// <summary>An error that only switching off or repair ends.</summary>
    Broken = 32,

    /// <summary>It takes nothing, for a reason that it does not name: its own button, a jam, a self-test.</summary>
    Offline = 64,
}

/// <summary>A printer that answers, but not as an ESC/POS printer does.</summary>
/// <param name="received">What came, of which the first 8 bytes are told.</param>
public sealed class PrinterRubbishException(string name, ReadOnlySpan<byte> received)
    : IOException($"{name}: ngoài chuẩn ESC/POS, nhận «{Convert.ToHexString(received[..Math.Min(received.Length, 8)])}»; kiểm tra tốc độ cổng nối tiếp và loại máy in; máy in không biết trả lời thì đặt status: none");

/// <summary>A printer that takes bytes and says nothing.</summary>
public sealed class PrinterSilentException(string name)
    : IOException($"{name}: máy in không trả lời; kiểm tra máy in đã bật, đúng cổng và tốc độ; máy in không biết trả lời thì đặt status: none");

/// <summary>A printer that says how it is, and not that a ticket is done. Some know DLE EOT and do not know GS r.</summary>
public sealed class PrinterUndoneException(string name, TimeSpan waited)
    : IOException($"{name}: máy in không báo in xong trong {waited.TotalSeconds:0} s (lệnh GS r); phiếu vẫn ra đủ thì đặt status: none, nếu không thì tắt bật lại máy in");

/// <summary>A print that the printer itself gave up.</summary>
public sealed class PrinterStoppedException(string name, PrinterCondition condition) : IOException($"{name}: {condition}")
{
    public PrinterCondition Condition { get; } = condition;
}
