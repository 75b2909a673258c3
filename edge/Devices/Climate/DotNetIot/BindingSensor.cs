using System.Device.I2c;

namespace MotCua.Edge.Devices.Climate.DotNetIot;

/// <summary>Any binding of Iot.Device.Bindings that measures climate, behind our port. Compiled with <c>-p:UseNuGetDrivers=true</c> only.</summary>
/// <remarks>
/// Bindings talk to their chip when they are made and sleep on their caller's thread (an SHT3x 20 ms a command), so one is made at the first measurement, on
/// the loop that owns the sensor, and anew after a failure: what it set up may be gone with the chip's power.
/// </remarks>
/// <param name="open">The device at the sensor's address; disposed by the binding.</param>
/// <param name="bind">Makes the binding.</param>
/// <param name="read">Reads it.</param>
public sealed class BindingSensor<T>(Func<I2cDevice> open, Func<I2cDevice, T> bind, Func<T, ClimateReading> read) : IClimateSensor
    where T : class, IDisposable
{
    private T? binding;

    /// <inheritdoc/>
    public ClimateReading Measure()
    {
        try
        {
            return read(binding ??= Bind());
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            Dispose();
            throw;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or NotSupportedException or TimeoutException or OverflowException)
        {
            Dispose();
            throw new IOException($"{typeof(T).Name}: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        binding?.Dispose();
        binding = null;
    }

    private T Bind()
    {
        var device = open();
        try
        {
            return bind(device);
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }
}
