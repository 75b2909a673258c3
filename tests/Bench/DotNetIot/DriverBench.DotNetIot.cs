using System.Device.I2c;
using Iot.Device.CharacterLcd;
using MotCua.Edge.Devices.Buses.DotNetIot;
using MotCua.Edge.Devices.Virtual;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Mqtt.MqttNet;

namespace MotCua.Bench;

/// <content>Compiled with <c>-p:UseNuGetDrivers=true</c> only.</content>
internal static partial class DriverBench
{
    private const int Cells = 20;

    static partial void AddNuGetLinks(List<(string Name, Func<IMqttLink> Make)> links) => links.Add(("MQTTnet", () => new MqttNetLink()));

    // The LCD binding in its cheapest shape, four bits straight to the backpack, with our virtual glass at the end of the wire.
    static partial void AddNuGetBoards(List<Row> rows)
    {
        var bus = new VirtualI2cBus(TimeProvider.System);
        var glass = new VirtualHd44780(strict: false);
        bus.Attach(0x27, new VirtualPcf8574(glass));
        using var backpack = new PortI2cDevice(bus.Open(0x27), new I2cConnectionSettings(1, 0x27));
        using var lcd = new Lcd2004(backpack, uses8Bit: false);
        Fill(lcd, '#');
        var full = Cost(bus, () => Fill(lcd, '='));
        var three = Cost(bus, () => WriteAt(lcd, 3, "222"));
        if (!glass.Glass.Lines[0].StartsWith("===222===", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The binding shows '{glass.Glass.Lines[0]}'.");
        }

        rows.Add(new Row("dotnet/iot CharacterLcd, full redraw on the wire", Math.Round(full.Wire.TotalMilliseconds, 1), "ms", null, null, $"{full.Transactions} transactions, {full.Bytes} bytes"));
        rows.Add(new Row("dotnet/iot CharacterLcd, three digits on the wire", Math.Round(three.Wire.TotalMilliseconds, 1), "ms", null, null, $"{three.Transactions} transactions, {three.Bytes} bytes"));
    }

    private static WireCount Cost(VirtualI2cBus bus, Action work)
    {
        var before = bus.Count;
        work();
        return bus.Count - before;
    }

    private static void Fill(Lcd2004 lcd, char ink)
    {
        for (var row = 0; row < 4; row++)
        {
            lcd.SetCursorPosition(0, row);
            lcd.Write(new string(ink, Cells));
        }
    }

    private static void WriteAt(Lcd2004 lcd, int column, string text)
    {
        lcd.SetCursorPosition(column, 0);
        lcd.Write(text);
    }
}
