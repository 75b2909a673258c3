namespace MotCua.Edge.Devices.Climate;

/// <summary>A sensor of temperature and humidity. Called by one loop.</summary>
public interface IClimateSensor : IDisposable
{
    /// <summary>Measures now; may take 100 ms.</summary>
    /// <exception cref="IOException">The sensor does not answer; the message names it.</exception>
    /// <exception cref="InvalidDataException">It answers with what cannot be: a wrong checksum, a temperature of no room.</exception>
    ClimateReading Measure();
}
