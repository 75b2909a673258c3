using MotCua.Edge.Devices.Health;

namespace MotCua.Fleet.Days;

/// <summary>What breaks in a centre, how often and for how long. Paper runs out every few days; a loudspeaker holds for weeks.</summary>
internal sealed record DeviceTrouble(string Device, string Kind, DeviceState State, string Fault, double DaysBetween, double Minutes, string Detail)
{
    public const string Printer = "may-in";

    public static DeviceTrouble[] Kinds { get; } =
    [
        new(Printer, "printer", DeviceState.Degraded, "printer.paper-out", 2.5, 12, "Cảm biến giấy: hết."),
        new(Printer, "printer", DeviceState.Degraded, "printer.cover-open", 6, 2, "Nắp mở."),
        new("bang-so", "max7219", DeviceState.Absent, "device.not-answering", 14, 25, "SPI 0: không trả lời."),
        new("speaker", "speaker", DeviceState.Failed, "speech.speaker-failed", 21, 20, "ALSA: broken pipe."),
        new("nut-1", "button", DeviceState.Degraded, "button.stuck", 25, 6, "Dây ở mức thấp quá 20 giây."),
        new("tv-sanh", "tv", DeviceState.Absent, "tv.away", 7, 18, "Trang không trả lời."),
        new("internet", "internet", DeviceState.Failed, "neighbour.internet-lost", 9, 14, "DNS: không trả lời."),
        new("may-in-a4", "office-printer", DeviceState.Degraded, "neighbour.toner-low", 12, 240, "IPP: toner-low."),
        new("may-quay-1", "pc", DeviceState.Failed, "neighbour.pc-silent", 8, 15, "tcp 445: không trả lời."),
    ];
}
