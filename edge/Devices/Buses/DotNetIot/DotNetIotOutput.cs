using System.Device.Gpio;

namespace MotCua.Edge.Devices.Buses.DotNetIot;

/// <summary>A requested output line of System.Device.Gpio.</summary>
internal sealed class DotNetIotOutput(GpioController chip, OutputLine line, string place) : IGpioOutput
{
    private bool disposed;

    public void Set(bool active)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        try
        {
            chip.Write(line.Offset, active != line.ActiveLow);
        }
        catch (Exception e) when (DriverFailures.Explains(e))
        {
            throw DriverFailures.At(place, e);
        }
    }

    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            DotNetIotGpioPort.Close(chip, line.Offset);
        }
    }
}
