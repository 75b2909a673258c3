namespace MotCua.Edge.Devices.Virtual;

/// <summary>A chip on a virtual I2C bus. The bus calls it from one transaction at a time; moments are bus time, at the acknowledge bit of the byte.</summary>
public interface IVirtualI2cChip
{
    /// <summary>The master wrote a byte.</summary>
    void Write(byte value, TimeSpan at);

    /// <summary>The master reads a byte.</summary>
    byte Read(TimeSpan at);

    /// <summary>Stop condition.</summary>
    void Stop();

    /// <summary>Power came (back): every register is as the datasheet says after power-on.</summary>
    void PowerOn(TimeSpan at);
}
