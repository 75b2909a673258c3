namespace MotCua.Edge.Devices.Virtual;

/// <summary>A chip, or a chain of chips, on a virtual SPI bus.</summary>
public interface IVirtualSpiChip
{
    /// <summary>Chip select rose after these bytes were clocked in.</summary>
    void Latch(ReadOnlySpan<byte> shifted);

    /// <summary>The supply dips: every register is as after power-on.</summary>
    void BrownOut();
}
