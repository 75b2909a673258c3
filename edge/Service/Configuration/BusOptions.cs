namespace MotCua.Edge.Configuration;

/// <summary>Which buses of a real box the devices hang on; the defaults are those of a Raspberry Pi's header.</summary>
/// <param name="Gpio">Name of the chip's device, or its label, which stays when numbers move (Raspberry Pi 5: <c>pinctrl-rp1</c>).</param>
/// <param name="GpioFilter">The kernel tells no level of a button that lasted shorter, 0 to 10 ms. Zero: every edge is told and counted.</param>
/// <param name="I2c">Number of the bus.</param>
/// <param name="Spi">Number of the bus.</param>
/// <param name="SpiHertz">Clock, 10,000 to 10,000,000 Hz; long cables in a hall need a slow one.</param>
public sealed record BusOptions(string Gpio, TimeSpan GpioFilter, int I2c, int Spi, int SpiHertz)
{
    public static BusOptions Default { get; } = new("gpiochip0", TimeSpan.Zero, 1, 0, 1_000_000);
}
