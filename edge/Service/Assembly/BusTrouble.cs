using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Buses.Kernel;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Assembly;

/// <summary>What a bus says, in the words of the person who wired the box: the line and field of the configuration, what is wrong, and what to try.</summary>
/// <remarks>The kernel's words stand at the end; details of faults are cut after 200 characters.</remarks>
internal sealed class BusTrouble(CentreOptions options)
{
    private const string Look = "xem «MotCua.Edge devices»";

    public IOException OfLine(int offset, BusException e) => new($"{FieldOfLine(offset)}: " + e.Failure switch
    {
        BusFailure.NoDevice => $"không có chip GPIO «{options.Buses.Gpio}»; sửa buses.gpio, {Look}",
        BusFailure.NoSuchLine => $"chip {e.Device} không có chân {offset}; sửa số chân",
        BusFailure.InUse => $"chân {offset} đang do «{e.Holder ?? "chương trình khác"}» giữ; tắt nó hoặc dùng chân khác",
        BusFailure.NotPermitted => "không được phép mở chip GPIO; thêm người dùng vào nhóm gpio rồi khởi động lại dịch vụ",
        BusFailure.Gone => $"chip {e.Device} đã bị rút hoặc chân {offset} không báo được cạnh",
        _ => $"chân {offset} lỗi",
    } + $" ({e.Message})", e);

    public IOException OfAddress(int address, BusException e) => new($"{FieldOfBoard(address, spi: false)}: " + e.Failure switch
    {
        BusFailure.NoDevice => $"không có /dev/i2c-{options.Buses.I2c}; bật I2C (dtparam=i2c_arm=on) hoặc sửa buses.i2c",
        BusFailure.InUse => $"địa chỉ 0x{address:X2} do trình điều khiển «{e.Holder ?? "kernel"}» của hệ điều hành giữ; bỏ dtoverlay đó hoặc đổi địa chỉ",
        BusFailure.NotPermitted => "không được phép mở bus I2C; thêm người dùng vào nhóm i2c rồi khởi động lại dịch vụ",
        BusFailure.NotAnswering => $"bảng 0x{address:X2} không trả lời; kiểm tra nguồn, dây SDA/SCL và địa chỉ, {Look}",
        BusFailure.TimedOut => "bus I2C bị kẹt; rút từng bảng để tìm bảng giữ dây",
        _ => "bus I2C lỗi",
    } + $" ({e.Message})", e);

    public IOException OfChipSelect(int chipSelect, BusException e) => new($"{FieldOfBoard(chipSelect, spi: true)}: " + e.Failure switch
    {
        BusFailure.NoDevice => $"không có /dev/spidev{options.Buses.Spi}.{chipSelect}; bật SPI (dtparam=spi=on) hoặc sửa buses.spi",
        BusFailure.InUse => $"chip SPI {chipSelect} đang do chương trình khác giữ; tắt nó",
        BusFailure.NotPermitted => "không được phép mở bus SPI; thêm người dùng vào nhóm spi rồi khởi động lại dịch vụ",
        _ => "bus SPI lỗi",
    } + $" ({e.Message})", e);

    private string FieldOfLine(int offset)
    {
        for (var i = 0; i < options.Buttons.Length; i++)
        {
            var button = options.Buttons[i];
            if (button.Line == offset || button.Lamp == offset)
            {
                return Field(button.Id, $"devices.buttons[{i}].{(button.Line == offset ? "line" : "lamp")}");
            }
        }

        return "devices.buttons";
    }

    private string FieldOfBoard(int address, bool spi)
    {
        for (var i = 0; i < options.Boards.Length; i++)
        {
            var board = options.Boards[i];
            if (board.Address == address && board.Chip == BoardChip.Max7219 == spi)
            {
                return Field(board.Id, $"devices.boards[{i}].{(spi ? "spi" : "i2c")}");
            }
        }

        return "devices.boards";
    }

    private string Field(DeviceId device, string path) => options.FileLines.TryGetValue(device, out var line) ? $"dòng {line}, {path}" : path;
}
