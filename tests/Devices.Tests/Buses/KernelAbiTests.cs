using System.Runtime.CompilerServices;
using MotCua.Edge.Devices.Buses.Kernel;
using Xunit;

namespace MotCua.Devices.Tests.Buses;

/// <summary>Sizes, offsets and request numbers against the kernel's headers (include/uapi/linux/gpio.h, i2c-dev.h, spi/spidev.h, asm-generic/termbits.h), as a C compiler prints them.</summary>
/// <remarks>The numbers hold on x86-64, arm64 and 32-bit ARM alike: all three use asm-generic/ioctl.h, and the structs are padded by hand. Only i2c-dev's hold a pointer.</remarks>
public sealed class KernelAbiTests
{
    [Fact]
    public void Requests_have_the_numbers_of_the_headers()
    {
        Assert.Equal(0x8044B401u, GpioAbi.GetChipInfo);
        Assert.Equal(0xC100B405u, GpioAbi.GetLineInfo);
        Assert.Equal(0xC250B407u, GpioAbi.GetLine);
        Assert.Equal(0xC010B40Eu, GpioAbi.GetValues);
        Assert.Equal(0xC010B40Fu, GpioAbi.SetValues);
        Assert.Equal(0x40206B00u, DeviceFile.Request<SpiDevice.Transfer>(1, (byte)'k', 0));
        Assert.Equal(0x40016B01u, DeviceFile.Request<byte>(1, (byte)'k', 1));
        Assert.Equal(0x40046B04u, DeviceFile.Request<uint>(1, (byte)'k', 4));
        Assert.Equal(0x802C542Au, DeviceFile.Request<SerialSettings.Termios2>(2, (byte)'T', 0x2A));
        Assert.Equal(0x402C542Bu, DeviceFile.Request<SerialSettings.Termios2>(1, (byte)'T', 0x2B));
    }

    [Fact]
    public void A_line_request_lies_in_memory_as_the_kernel_reads_it()
    {
        var request = default(GpioAbi.LineRequest);
        Assert.Equal(592, Unsafe.SizeOf<GpioAbi.LineRequest>());
        Assert.Equal(256, Offset(ref request, ref request.Consumer));
        Assert.Equal(288, Offset(ref request, ref request.Config));
        Assert.Equal(288 + 8, Offset(ref request, ref request.Config.AttributeCount));
        Assert.Equal(288 + 32, Offset(ref request, ref request.Config.Attributes));
        Assert.Equal(560, Offset(ref request, ref request.LineCount));
        Assert.Equal(564, Offset(ref request, ref request.EventBufferSize));
        Assert.Equal(588, Offset(ref request, ref request.Descriptor));
        var attribute = default(GpioAbi.ConfigAttribute);
        Assert.Equal((24, 8, 16), (Unsafe.SizeOf<GpioAbi.ConfigAttribute>(), Offset(ref attribute, ref attribute.Attribute.Value), Offset(ref attribute, ref attribute.Mask)));
    }

    [Fact]
    public void What_the_kernel_tells_of_lines_lies_where_it_is_read()
    {
        var info = default(GpioAbi.LineInfo);
        Assert.Equal(256, Unsafe.SizeOf<GpioAbi.LineInfo>());
        Assert.Equal((32, 64, 72), (Offset(ref info, ref info.Consumer), Offset(ref info, ref info.Offset), Offset(ref info, ref info.Flags)));
        var change = default(GpioAbi.LineEvent);
        Assert.Equal(48, Unsafe.SizeOf<GpioAbi.LineEvent>());
        Assert.Equal((8, 12, 20), (Offset(ref change, ref change.Id), Offset(ref change, ref change.Offset), Offset(ref change, ref change.LineSequence)));
        var chip = default(GpioAbi.ChipInfo);
        Assert.Equal((68, 64), (Unsafe.SizeOf<GpioAbi.ChipInfo>(), Offset(ref chip, ref chip.Lines)));
    }

    [Fact]
    public void Messages_of_I2C_and_SPI_and_settings_of_a_serial_port_lie_where_the_kernel_reads_them()
    {
        var pointer = Unsafe.SizeOf<nint>();
        var message = default(I2cAbi.Message);
        Assert.Equal((8 + pointer, 8), (Unsafe.SizeOf<I2cAbi.Message>(), Offset(ref message, ref message.Buffer)));
        var call = default(I2cAbi.SmbusCall);
        Assert.Equal((4, 8), (Offset(ref call, ref call.Size), Offset(ref call, ref call.Data)));
        var transfer = default(SpiDevice.Transfer);
        Assert.Equal((16, 24, 26), (Offset(ref transfer, ref transfer.Length), Offset(ref transfer, ref transfer.DelayMicroseconds), Offset(ref transfer, ref transfer.BitsPerWord)));
        var termios = default(SerialSettings.Termios2);
        Assert.Equal((17, 36, 40), (Offset(ref termios, ref termios.Characters), Offset(ref termios, ref termios.InputBaud), Offset(ref termios, ref termios.OutputBaud)));
    }

    [Theory]
    [InlineData("motcua-edge", "motcua-edge")]
    [InlineData("", "")]
    [InlineData("a-name-that-is-longer-than-the-kernel-keeps", "a-name-that-is-longer-than-the-")]
    [InlineData("ăăăăăăăăăăăăăăăă", "ăăăăăăăăăăăăăăă")]
    public void A_name_is_cut_where_the_kernel_would_and_never_within_a_letter(string name, string kept) => Assert.Equal(kept, GpioAbi.Name.Of(name).ToString());

    [Fact]
    public void The_systems_clock_is_the_one_that_stamps_edges() => Assert.True(new KernelStamps(TimeProvider.System).IsSameClock);

    [Fact]
    public void Stamps_are_carried_over_to_any_other_clock_in_their_order()
    {
        var time = new Testing.ManualTime();
        var stamps = new KernelStamps(time);
        var now = (ulong)LibC.Monotonic();
        Assert.False(stamps.IsSameClock);
        Assert.InRange(stamps.ToProvider(now) - time.GetTimestamp(), 0, TimeSpan.TicksPerMinute);
        Assert.Equal(TimeSpan.TicksPerSecond, stamps.ToProvider(now + 1_000_000_000) - stamps.ToProvider(now));
    }

    private static int Offset<TWhole, TPart>(ref TWhole whole, ref TPart part) =>
        (int)Unsafe.ByteOffset(ref Unsafe.As<TWhole, byte>(ref whole), ref Unsafe.As<TPart, byte>(ref part));
}
