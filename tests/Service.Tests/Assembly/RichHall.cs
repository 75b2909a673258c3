using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Assembly.Tests;

/// <summary>A centre with every chip that the product drives.</summary>
internal static class RichHall
{
    public const string Yaml = """
        centre: pt-viet-tri
        name: Phường Việt Trì
        drivers: virtual
        clock: battery
        services:
          - { code: chung-thuc, name: Chứng thực, series: A }
          - { code: ho-tich, name: Hộ tịch, series: H }
        counters:
          - { number: 1, services: [chung-thuc, ho-tich] }
          - { number: 2, services: [ho-tich] }
        devices:
          expanders:
            - { id: mo-rong-1, chip: mcp23017, i2c: 0x20, interrupt: 4 }
          buttons:
            - { id: lay-so, line: 5, press: ticket chung-thuc }
            - { id: lay-so-2, line: mo-rong-1/A0, lamp: mo-rong-1/A7, press: ticket ho-tich }
            - { id: quay-1-tiep, line: mo-rong-1/A1, press: next 1 }
            - { id: quay-2-tiep, line: mo-rong-1/9, lamp: mo-rong-1/B7, press: next 2 }
          boards:
            - { id: hall-lcd, chip: hd44780, i2c: 0x27, letters: glyphs }
            - { id: hall-sign, chip: max7219, spi: 0 }
            - { id: hall-matrix, chip: max7219-matrix, spi: 1, columns: 8, rows: 1 }
            - { id: quay-1-so, chip: tm1637, clk: 20, dio: 21, counter: 1 }
            - { id: quay-2-so, chip: ht16k33, i2c: 0x70, digits: 4, counter: 2, brightness: 80, night: { from: "18:00", to: "06:30", brightness: 10 } }
            - { id: quay-2-oled, chip: ssd1306, i2c: 0x3C, counter: 2, blink: 0s }
        """;

    public static WiredLine OnExpander(int offset) => new(offset, new DeviceId("mo-rong-1"));
}
