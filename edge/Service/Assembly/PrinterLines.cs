using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.Kernel;
using MotCua.Edge.Devices.Printing;
using MotCua.Edge.Devices.Printing.Fonts;

namespace MotCua.Edge.Assembly;

/// <summary>The line to a real printer, and what fails with any printer in the words of the person who plugged it in.</summary>
internal static class PrinterLines
{
    public static IByteLine Open(PrinterOptions wired, TimeProvider time) => wired.Port switch
    {
        PrinterPort.Usb usb => CharacterLine.UsbPrinter(usb.Path, time),
        PrinterPort.Serial serial => CharacterLine.Serial(serial.Path, new SerialSettings(serial.Baud, serial.HardwareFlow), time),
        PrinterPort.Tcp tcp => new TcpLine(tcp.Host, tcp.Port, time),
        _ => throw new System.Diagnostics.UnreachableException(wired.Port.GetType().Name),
    };

    /// <summary>A failure with the line and field of the configuration that it may come from, and what to try.</summary>
    public static string Explain(PrinterOptions wired, IOException failure) => failure switch
    {
        // What the printer says of itself, and a box without letters, are no matter of the configuration.
        PrinterStoppedException or FontMissingException => failure.Message,
        PrinterRubbishException => $"dòng {wired.FileLine}, devices.printer.port: {failure.Message}",
        PrinterSilentException or PrinterUndoneException => $"dòng {wired.FileLine}, devices.printer.status: {failure.Message}",
        _ => $"dòng {wired.FileLine}, devices.printer.port: {OfLine(wired, (failure as BusException)?.Failure)} ({failure.Message})",
    };

    private static string OfLine(PrinterOptions wired, BusFailure? failure) => (wired.Port, failure) switch
    {
        (_, BusFailure.TimedOut) => "máy in không nhận dữ liệu; kiểm tra giấy, nắp và đèn báo",
        (PrinterPort.Tcp tcp, _) => $"không nối được máy in {tcp.Host}:{tcp.Port}; kiểm tra dây mạng, địa chỉ và máy in đã bật",
        (PrinterPort.Usb usb, BusFailure.NoDevice or BusFailure.Gone) => $"không thấy {usb.Path}; kiểm tra dây USB và máy in đã bật",
        (PrinterPort.Serial serial, BusFailure.NoDevice or BusFailure.Gone) => $"không thấy {serial.Path}; kiểm tra dây nối tiếp",
        (_, BusFailure.NotPermitted) => "không được phép mở cổng; thêm người dùng vào nhóm lp và dialout rồi khởi động lại dịch vụ",
        (_, BusFailure.InUse) => "cổng đang do chương trình khác giữ; tắt nó (thường là cups)",
        _ => "lỗi đường truyền tới máy in",
    };
}
