using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Climate;

public sealed class VirtualSht3xTests
{
    private readonly VirtualSht3x chip = new();
    private readonly VirtualI2cBus bus = new(new ManualTime());

    public VirtualSht3xTests() => bus.Attach(0x44, chip);

    [Fact]
    public void A_single_shot_answers_both_words_with_the_checksums_of_the_datasheet()
    {
        chip.TemperatureC = (0xBEEF / 65535.0 * 175) - 45; // The datasheet's own example: 0xBEEF has the checksum 0x92.
        chip.HumidityPercent = 100;
        Assert.Equal([0xBE, 0xEF, 0x92, 0xFF, 0xFF, 0xAC], Measure());
    }

    [Fact]
    public void Without_a_measurement_the_line_stays_high()
    {
        var answer = new byte[3];
        using var device = bus.Open(0x44);
        device.WriteRead([], answer);
        Assert.Equal([0xFF, 0xFF, 0xFF], answer);
        Measure();
        device.Write([0x30, 0xA2]);
        device.WriteRead([], answer);
        Assert.Equal([0xFF, 0xFF, 0xFF], answer);
    }

    [Fact]
    public void A_bad_contact_garbles_the_answer_and_not_the_checksum()
    {
        var good = Measure();
        chip.Garbled = true;
        var bad = Measure();
        Assert.Equal((good[2], good[5]), (bad[2], bad[5]));
        Assert.NotEqual(good[1], bad[1]);
    }

    private byte[] Measure()
    {
        using var device = bus.Open(0x44);
        device.Write([0x24, 0x00]);
        var answer = new byte[6];
        device.WriteRead([], answer);
        return answer;
    }
}
