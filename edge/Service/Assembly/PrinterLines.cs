using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.Kernel;

namespace MotCua.Edge.Assembly;

/// <summary>The line to a real printer; what fails is told in the words of the person who plugged it in.</summary>
internal static class PrinterLines
{
    public static IByteLine Open(PrinterOptions wired, TimeProvider time) => new Told(
        wired.Port switch
        {
            PrinterPort.Usb usb => CharacterLine.UsbPrinter(usb.Path, time),
            PrinterPort.Serial serial => CharacterLine.Serial(serial.Path, new SerialSettings(serial.Baud, serial.HardwareFlow), time),
            PrinterPort.Tcp tcp => new TcpLine(tcp.Host, tcp.Port, time),
            _ => throw new System.Diagnostics.UnreachableException(wired.Port.GetType().Name),
        },
        wired);

    private static IOException Explain(PrinterOptions wired, IOException e) => new($"dòng {wired.FileLine}, devices.printer.port: " + (wired.Port, (e as BusException)?.Failure) switch
    {
        (PrinterPort.Tcp tcp, _) => $"không nối được máy in {tcp.Host}:{tcp.Port}; kiểm tra dây mạng, địa chỉ và máy in đã bật",
        (PrinterPort.Usb usb, BusFailure.NoDevice or BusFailure.Gone) => $"không thấy {usb.Path}; kiểm tra dây USB và máy in đã bật",
        (PrinterPort.Serial serial, BusFailure.NoDevice or BusFailure.Gone) => $"không thấy {serial.Path}; kiểm tra dây nối tiếp",
        (_, BusFailure.NotPermitted) => "không được phép mở cổng; thêm người dùng vào nhóm lp và dialout rồi khởi động lại dịch vụ",
        (_, BusFailure.InUse) => "cổng đang do chương trình khác giữ; tắt nó (thường là cups)",
        (_, BusFailure.TimedOut) => "máy in không nhận dữ liệu; kiểm tra giấy, nắp và đèn báo",
        _ => "lỗi đường truyền tới máy in",
    } + $" ({e.Message})", e);

    private sealed class Told(IByteLine line, PrinterOptions wired) : IByteLine
    {
        public string Name => line.Name;

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan atMost, CancellationToken stop)
        {
            try
            {
                await line.WriteAsync(bytes, atMost, stop);
            }
            catch (IOException e)
            {
                throw Explain(wired, e);
            }
        }

        public async ValueTask<int> ReadAsync(Memory<byte> buffer, TimeSpan atMost, CancellationToken stop)
        {
            try
            {
                return await line.ReadAsync(buffer, atMost, stop);
            }
            catch (IOException e)
            {
                throw Explain(wired, e);
            }
        }

        public void Close() => line.Close();

        public void Dispose() => line.Dispose();
    }
}
