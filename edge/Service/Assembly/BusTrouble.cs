using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Boards.Tm1637;
using MotCua.Edge.Devices.Buses.Kernel;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Assembly;

/// <summary>What a bus says, in the words of the person who wired the box: the line and field of the configuration, what is wrong, and what to try.</summary>
/// <remarks>The kernel's words stand at the end; details of faults are cut after 200 characters.</remarks>
internal sealed class BusTrouble(CentreOptions options)
{
    private const string Look = "xem «edge devices»";

    public IOException OfLine(int offset, BusException e) => new($"{FieldOfLine(offset)}: " + e.Failure switch
    {
        BusFailure.NoDevice => $"không có chip GPIO «{options.Buses.Gpio}»; sửa buses.gpio, {Look}",
        BusFailure.NoSuchLine => $"chip {e.Device} không có chân {offset}; sửa số chân",
        BusFailure.InUse => $"chân {offset} đang do «{e.Holder ?? "chương trình khác"}» giữ; tắt nó hoặc dùng chân khác",
        BusFailure.NotPermitted => "không được phép mở chip GPIO; thêm người dùng vào nhóm gpio rồi khởi động lại dịch vụ",
        BusFailure.Gone => $"chip {e.Device} đã bị rút hoặc chân {offset} không báo được cạnh",
        _ => $"chân {offset} lỗi",
    } + $" ({e.Message})", e);

    public IOException OfAddress(int address, BusException e)
    {
        var (field, device) = AtAddress(address);
        return new($"{field}: " + e.Failure switch
        {
            BusFailure.NoDevice => $"không có /dev/i2c-{options.Buses.I2c}; bật I2C (dtparam=i2c_arm=on) hoặc sửa buses.i2c",
            BusFailure.InUse => $"địa chỉ 0x{address:X2} do trình điều khiển «{e.Holder ?? "kernel"}» của hệ điều hành giữ; bỏ dtoverlay đó hoặc đổi địa chỉ",
            BusFailure.NotPermitted => "không được phép mở bus I2C; thêm người dùng vào nhóm i2c rồi khởi động lại dịch vụ",
            BusFailure.NotAnswering => $"{device} 0x{address:X2} không trả lời; kiểm tra nguồn, dây SDA/SCL và địa chỉ, {Look}",
            BusFailure.TimedOut => "bus I2C bị kẹt; rút từng thiết bị để tìm thiết bị giữ dây",
            _ => "bus I2C lỗi",
        } + $" ({e.Message})", e);
    }

    public IOException OfChipSelect(int chipSelect, BusException e) => new($"{AtChipSelect(chipSelect)}: " + e.Failure switch
    {
        BusFailure.NoDevice => $"không có /dev/spidev{options.Buses.Spi}.{chipSelect}; bật SPI (dtparam=spi=on) hoặc sửa buses.spi",
        BusFailure.InUse => $"chip SPI {chipSelect} đang do chương trình khác giữ; tắt nó",
        BusFailure.NotPermitted => "không được phép mở bus SPI; thêm người dùng vào nhóm spi rồi khởi động lại dịch vụ",
        _ => "bus SPI lỗi",
    } + $" ({e.Message})", e);

    /// <summary>Of a TM1637, whose lines are there while its chip is not.</summary>
    public IOException OfTwoWires(BoardOptions board, TwoWireException e)
    {
        var path = $"devices.boards[{options.Boards.IndexOf(board)}]";
        return new($"{Field(board.Id, $"{path}.{(e.HeldLow is "CLK" ? "clk" : "dio")}")}: " + (e.HeldLow is { } pin
            ? $"dây {pin} (chân {(pin == "CLK" ? board.Address : board.DataLine)}) bị giữ ở mức thấp; kiểm tra chập dây và nguồn bảng"
            : $"bảng không trả lời trên chân {board.Address} (CLK) và {board.DataLine} (DIO); kiểm tra nguồn, và CLK, DIO có bị đảo không") + $" ({e.Message})", e);
    }

    private string FieldOfLine(int offset)
    {
        var wired = new WiredLine(offset);
        for (var i = 0; i < options.Buttons.Length; i++)
        {
            var button = options.Buttons[i];
            if (button.Line == wired || button.Lamp == wired)
            {
                return Field(button.Id, $"devices.buttons[{i}].{(button.Line == wired ? "line" : "lamp")}");
            }
        }

        for (var i = 0; i < options.Boards.Length; i++)
        {
            var board = options.Boards[i];
            if (board.Chip == BoardChip.Tm1637 && (board.Address == offset || board.DataLine == offset))
            {
                return Field(board.Id, $"devices.boards[{i}].{(board.Address == offset ? "clk" : "dio")}");
            }
        }

        for (var i = 0; i < options.Expanders.Length; i++)
        {
            if (options.Expanders[i].Interrupt == offset)
            {
                return Field(options.Expanders[i].Id, $"devices.expanders[{i}].interrupt");
            }
        }

        return "devices.buttons";
    }

    private (string Field, string Device) AtAddress(int address)
    {
        for (var i = 0; i < options.Boards.Length; i++)
        {
            if (options.Boards[i] is { Chip: BoardChip.Hd44780 or BoardChip.Ht16k33 or BoardChip.Ssd1306 } board && board.Address == address)
            {
                return (Field(board.Id, $"devices.boards[{i}].i2c"), "bảng");
            }
        }

        for (var i = 0; i < options.Expanders.Length; i++)
        {
            if (options.Expanders[i].Address == address)
            {
                return (Field(options.Expanders[i].Id, $"devices.expanders[{i}].i2c"), "bộ mở rộng chân");
            }
        }

        return options.Climate?.Address == address ? ("devices.climate.i2c", "cảm biến")
            : options.Clock == ClockSource.Ds3231 && address == CentreFile.ClockAddress ? ("clock", "đồng hồ DS3231")
            : ("devices.boards", "thiết bị");
    }

    private string AtChipSelect(int chipSelect)
    {
        for (var i = 0; i < options.Boards.Length; i++)
        {
            if (options.Boards[i] is { Chip: BoardChip.Max7219 or BoardChip.Max7219Matrix } board && board.Address == chipSelect)
            {
                return Field(board.Id, $"devices.boards[{i}].spi");
            }
        }

        return "devices.boards";
    }

    private string Field(DeviceId device, string path) => options.FileLines.TryGetValue(device, out var line) ? $"dòng {line}, {path}" : path;
}
