namespace MotCua.Edge.Devices.Virtual;

/// <summary>What a virtual bus has carried so far. Two counts subtract, so that a bench counts one operation.</summary>
/// <param name="Transactions">I2C: start to stop. SPI: chip select down to up.</param>
/// <param name="Bytes">Bytes of the payload, without the I2C address.</param>
/// <param name="Wire">Time on the wire at the bus clock, with start, address, acknowledge and stop bits.</param>
public readonly record struct WireCount(long Transactions, long Bytes, TimeSpan Wire)
{
    public static WireCount operator -(WireCount later, WireCount earlier) =>
        new(later.Transactions - earlier.Transactions, later.Bytes - earlier.Bytes, later.Wire - earlier.Wire);

    public static WireCount Subtract(WireCount later, WireCount earlier) => later - earlier;
}
